/* expected
b0
  call fail("always")
  on throw -> b1
b1
  call rescue()
  recovered
  on throw -> b3
  -> b2
b2
  call cleanup()
  on throw -> thrown
  -> end
b3
  call cleanup()
  on throw -> thrown
  -> thrown
unreachable: return fail("always")
unreachable: call cleanup()
*/
function unit() {
  try {
    return fail("always");
  } catch {
    rescue();
  } finally {
    cleanup();
  }
}
