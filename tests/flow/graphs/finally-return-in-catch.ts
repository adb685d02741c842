/* expected
b0
  call work()
  on throw -> b2
  -> b1
b1
  call cleanup()
  return 2
  on throw -> thrown
  -> end
b2
  return 1
  recovered
  call cleanup()
  on throw -> thrown
  -> end
unreachable: recovered
unreachable: call cleanup()
*/
function unit() {
  try {
    work();
  } catch {
    return 1;
  } finally {
    cleanup();
  }
  return 2;
}
