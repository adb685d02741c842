/* expected
b0
  call a()
  on throw -> thrown
  if a() -> end
  if !a() -> b1
b1
  call b()
  on throw -> thrown
  -> end
*/
function unit() {
  do {
    if (a()) break;
    b();
  } while (false);
}
