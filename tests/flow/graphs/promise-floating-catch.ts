/* expected
b0
  call work(h)
  await work(h)
  call h.close()
  value work(h) .then(() => {…}) <- h.close()
  await work(h) .then(() => {…})
  value work(h) .then(() => {…}) .catch((error) => {…}) <- work(h) .then(() => {…})
  on throw -> b1
  -> b2
b1
  call log(error)
  recovered
  on throw -> b2
  -> b2
b2
  call after()
  on throw -> thrown
  -> end
unreachable: recovered
*/
function unit(h: Handle) {
  work(h)
    .then(() => h.close())
    .catch((error) => {
      log(error);
    });
  after();
}
