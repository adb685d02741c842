/* expected
b0
  call entries()
  on throw -> thrown
  -> b1
b1
  iterate entries()
  on throw -> thrown
  more -> b2
  done -> b6
b2
  assign name <- .[].0 of entries()
  -> b3
  -> b4
b3
  call open()
  assign handle <- open()
  on throw -> thrown
  -> b5
b4
  assign handle <- .[].1.handle of entries()
  -> b5
b5
  call use(name, handle)
  on throw -> thrown
  -> b1
b6
  call entries()
  on throw -> thrown
  -> b7
b7
  iterate entries()
  on throw -> thrown
  more -> b8
  done -> end
b8
  assign slot.value <- .[] of entries()
  call use()
  on throw -> thrown
  -> b7
*/
function unit() {
  for (const [name, { handle = open() }] of entries()) use(name, handle);
  for (slot.value of entries()) use();
}
