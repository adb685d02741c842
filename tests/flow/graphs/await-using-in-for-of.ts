/* expected
b0
  call handles()
  on throw -> thrown
  -> b1
b1
  await handles()
  iterate handles()
  on throw -> thrown
  more -> b2
  done -> end
b2
  assign h <- .[] of handles()
  call h.work()
  await h.work()
  on throw -> b4
  -> b3
b3
  dispose h (awaits)
  on throw -> thrown
  -> b1
b4
  dispose h (awaits)
  on throw -> thrown
  -> thrown
*/
async function unit() {
  for await (await using h of handles()) await h.work();
}
