/* expected
b0
  call work()
  await work()
  await (async () => {…})()
  on throw -> thrown
  -> b1
b1
  call floating()
  await floating()
  on throw -> b2
  -> b2
b2
  call after()
  on throw -> thrown
  -> end
*/
async function unit() {
  await (async () => {
    await work();
  })();
  (async () => {
    await floating();
  })();
  after();
}
