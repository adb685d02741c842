/* expected
b0
  if a -> b3
  if !a -> b1
b1
  if b -> b3
  if !b -> b2
b2
  call work()
  on throw -> thrown
  -> b3
b3
  call after()
  on throw -> thrown
  -> end
*/
function unit() {
  done: {
    if (a) break done;
    while (b) break done;
    work();
  }
  after();
}
