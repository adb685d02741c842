/* expected
b0
  if a != null -> b1
  if a == null -> b1
b1
  call (a?.b).c()
  on throw -> thrown
  -> end
*/
function unit(a?: A) {
  (a?.b).c();
}
