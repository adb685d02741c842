/* expected
b0
  if a != null -> b1
  if a == null -> b3
b1
  call one()
  call a?.b(one())
  on throw -> thrown
  if a?.b(one()).c != null -> b2
  if a?.b(one()).c == null -> b3
b2
  call two()
  call a?.b(one()).c?.d(two())
  on throw -> thrown
  -> b3
b3
  return a?.b(one()).c?.d(two())
  -> end
*/
function unit(a?: A) {
  return a?.b(one()).c?.d(two());
}
