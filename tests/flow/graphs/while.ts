/* expected
b0
  call more()
  on throw -> thrown
  if more() -> b1
  if !more() -> b4
b1
  if skip -> b0
  if !skip -> b2
b2
  if stop -> b4
  if !stop -> b3
b3
  call work()
  on throw -> thrown
  -> b0
b4
  call after()
  on throw -> thrown
  -> end
*/
function unit() {
  while (more()) {
    if (skip) continue;
    if (stop) break;
    work();
  }
  after();
}
