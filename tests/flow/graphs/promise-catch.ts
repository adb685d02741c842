/* expected
b0
  call open()
  await open()
  value open().catch((error) => {…}) <- open()
  on throw -> b1
  -> b2
b1
  call log(error)
  value open().catch((error) => {…}) <- null
  recovered
  on throw -> thrown
  -> b2
b2
  await open().catch((error) => {…})
  assign h <- await open().catch((error) => {…})
  return h
  on throw -> thrown
  -> end
unreachable: recovered
*/
async function unit() {
  const h = await open().catch((error) => {
    log(error);
    return null;
  });
  return h;
}
