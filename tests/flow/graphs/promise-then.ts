/* expected
b0
  call open()
  await open()
  assign h <- open()
  call use(h)
  value open().then((h) => {…}) <- use(h)
  await open().then((h) => {…})
  call after()
  on throw -> thrown
  -> end
*/
async function unit() {
  await open().then((h) => use(h));
  after();
}
