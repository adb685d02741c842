/* expected
b0
  assign i <- 0
  -> b1
b1
  call size()
  on throw -> thrown
  if i < size() -> b2
  if !(i < size()) -> end
b2
  if skip -> b5
  if !skip -> b3
b3
  if stop -> end
  if !stop -> b4
b4
  call work(i)
  on throw -> thrown
  -> b5
b5
  assign i <- ?
  -> b1
*/
function unit() {
  for (let i = 0; i < size(); i++) {
    if (skip) continue;
    if (stop) break;
    work(i);
  }
}
