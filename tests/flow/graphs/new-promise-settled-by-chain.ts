/* expected
b0
  call work()
  await work()
  value new Promise((resolve, reject) => {…}) <- work()
  return new Promise((resolve, reject) => {…})
  on throw -> b1
  -> end
b1
  throw
  on throw -> thrown
unreachable: recovered
unreachable: recovered
*/
function unit() {
  return new Promise((resolve, reject) => {
    work().then(resolve, reject);
  });
}
