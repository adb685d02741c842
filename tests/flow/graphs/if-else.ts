/* expected
b0
  if ok -> b1
  if !ok -> b2
b1
  call a()
  on throw -> thrown
  -> b5
b2
  if other -> b3
  if !other -> b4
b3
  call c()
  on throw -> thrown
  -> b5
b4
  call b()
  on throw -> thrown
  -> b5
b5
  call d()
  on throw -> thrown
  -> end
*/
function unit(ok: boolean) {
  if (ok) a();
  else if (!other) b();
  else c();
  d();
}
