/* expected
b0
  call work()
  on throw -> b2
  -> b1
b1
  call after()
  on throw -> thrown
  -> end
b2
  assign error <- ?
  call expected(error)
  on throw -> thrown
  if expected(error) -> b3
  if !expected(error) -> b4
b3
  return
  recovered
  -> end
b4
  throw error
  on throw -> thrown
unreachable: recovered
*/
function unit() {
  try {
    work();
  } catch (error) {
    if (expected(error)) return;
    throw error;
  }
  after();
}
