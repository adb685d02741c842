/* expected
b0
  call a()
  on throw -> b4
  if a() -> b1
  if !a() -> b2
b1
  call one()
  return one()
  on throw -> b4
  -> b3
b2
  call two()
  return two()
  on throw -> b4
  -> b3
b3
  call cleanup()
  on throw -> thrown
  -> end
b4
  call cleanup()
  on throw -> thrown
  -> thrown
unreachable: call cleanup()
*/
function unit() {
  try {
    if (a()) return one();
    return two();
  } finally {
    cleanup();
  }
}
