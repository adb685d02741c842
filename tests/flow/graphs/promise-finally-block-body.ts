/* expected
b0
  call work(h)
  await work(h)
  value work(h).finally(async () => {…}) <- work(h)
  on throw -> b3
  if h.open -> b1
  if !h.open -> b2
b1
  call h.close()
  await h.close()
  on throw -> thrown
  -> b2
b2
  await work(h).finally(async () => {…})
  return await work(h).finally(async () => {…})
  on throw -> thrown
  -> end
b3
  if h.open -> b4
  if !h.open -> thrown
b4
  call h.close()
  await h.close()
  on throw -> thrown
  -> thrown
*/
async function unit(h: Handle) {
  return await work(h).finally(async () => {
    if (!h.open) return;
    await h.close();
  });
}
