/* expected
b0
  call open()
  await open()
  assign h <- open()
  on throw -> thrown
  if h -> b1
  if !h -> b2
b1
  call h.close()
  await h.close()
  value open().then(async (h) => {…}) <- h.size
  on throw -> thrown
  -> b3
b2
  value open().then(async (h) => {…}) <- 0
  -> b3
b3
  await open().then(async (h) => {…})
  assign size <- await open().then(async (h) => {…})
  return size
  on throw -> thrown
  -> end
*/
async function unit() {
  const size = await open().then(async (h) => {
    if (!h) return 0;
    await h.close();
    return h.size;
  });
  return size;
}
