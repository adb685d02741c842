/* expected
b0
  call work()
  on throw -> thrown
  if work() -> b1
  if !work() -> b0
b1
  return 1
  -> end
*/
function unit() {
  for (;;) {
    if (work()) return 1;
  }
}
