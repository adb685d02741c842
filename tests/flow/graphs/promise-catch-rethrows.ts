/* expected
b0
  call work()
  await work()
  value work().catch((error) => {…}) <- work()
  return work().catch((error) => {…})
  on throw -> b1
  -> end
b1
  call wrap(error)
  throw wrap(error)
  on throw -> thrown
unreachable: recovered
unreachable: recovered
*/
function unit() {
  return work().catch((error) => {
    throw wrap(error);
  });
}
