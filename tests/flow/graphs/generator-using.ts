/* expected
b0
  call open()
  assign h <- open()
  on throw -> thrown
  -> b1
b1
  await h
  iterate h
  on throw -> b5
  more -> b2
  done -> b4
b2
  assign row <- .[] of h
  yield row
  on throw -> b5
  -> b1
  -> b3
b3
  dispose h
  on throw -> thrown
  -> abandoned
b4
  dispose h
  on throw -> thrown
  -> end
b5
  dispose h
  on throw -> thrown
  -> thrown
*/
async function* unit() {
  using h = open();
  for await (const row of h) yield row;
}
