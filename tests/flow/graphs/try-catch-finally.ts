/* expected
b0
  call work()
  on throw -> b1
  -> b2
b1
  assign error <- ?
  call rescue(error)
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
*/
function unit() {
  try {
    work();
  } catch (error) {
    rescue(error);
  } finally {
    cleanup();
  }
}
