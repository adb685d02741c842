/* expected
b0
  call work()
  on throw -> b1
  -> end
b1
  assign error <- ?
  call rescue()
  on throw -> b3
  -> b2
b2
  call cleanup()
  return error
  recovered
  on throw -> thrown
  -> end
b3
  call cleanup()
  on throw -> thrown
  -> thrown
unreachable: recovered
*/
function unit() {
  try {
    work();
  } catch (error) {
    try {
      rescue();
    } finally {
      cleanup();
    }
    return error;
  }
}
