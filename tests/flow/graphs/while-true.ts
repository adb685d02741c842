/* expected
b0
  call done()
  on throw -> thrown
  if done() -> b1
  if !done() -> b0
b1
  call work()
  on throw -> thrown
  -> b1
unreachable: call never()
*/
function unit() {
  while (true) {
    if (done()) break;
  }
  for (; 1; ) work();
  never();
}
