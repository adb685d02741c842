/* expected
b0
  call work(h)
  await work(h)
  value work(h).finally(() => {…}) <- work(h)
  on throw -> b2
  -> b1
b1
  call h.close()
  await work(h).finally(() => {…})
  call after()
  on throw -> thrown
  -> end
b2
  call h.close()
  on throw -> thrown
  -> thrown
*/
async function unit(h: Handle) {
  await work(h).finally(() => h.close());
  after();
}
