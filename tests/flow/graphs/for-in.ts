/* expected
b0
  call keys(o)
  on throw -> thrown
  -> b1
b1
  more -> b2
  done -> end
b2
  assign key <- ?
  if key -> b1
  if !key -> b3
b3
  call work(key)
  on throw -> thrown
  -> b1
*/
function unit(o: object) {
  for (const key in keys(o)) {
    if (key) continue;
    work(key);
  }
}
