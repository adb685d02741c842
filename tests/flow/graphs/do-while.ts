/* expected
b0
  if skip -> b3
  if !skip -> b1
b1
  if stop -> end
  if !stop -> b2
b2
  call work()
  on throw -> thrown
  -> b3
b3
  call more()
  on throw -> thrown
  if more() -> b0
  if !more() -> end
*/
function unit() {
  do {
    if (skip) continue;
    if (stop) break;
    work();
  } while (more());
}
