/* expected
b0
  call work(h)
  await work(h)
  call h.close()
  value work(h).then(() => {…}) <- h.close()
  on throw -> b1
  -> b1
b1
  call after()
  on throw -> thrown
  -> end
*/
function unit(h: Handle) {
  void work(h).then(() => h.close());
  after();
}
