/* expected
b0
  call h.work()
  await h.work()
  on throw -> b4
  -> b1
b1
  call h.close()
  await h.close()
  value h.close().catch(() => {…}) <- h.close()
  on throw -> b2
  -> b3
b2
  recovered
  -> b3
b3
  await h.close().catch(() => {…})
  on throw -> thrown
  -> end
b4
  call h.close()
  await h.close()
  value h.close().catch(() => {…}) <- h.close()
  on throw -> b5
  -> b6
b5
  recovered
  -> b6
b6
  await h.close().catch(() => {…})
  on throw -> thrown
  -> thrown
unreachable: recovered
unreachable: recovered
*/
async function unit(h: Handle) {
  try {
    await h.work();
  } finally {
    await h.close().catch(() => {});
  }
}
