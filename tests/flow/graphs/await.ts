/* expected
b0
  call open()
  await open()
  assign h <- await open()
  call h.ok()
  await h.ok()
  on throw -> thrown
  if await h.ok() -> b1
  if !await h.ok() -> b2
b1
  call h.read()
  await h.read()
  return await h.read()
  on throw -> thrown
  -> end
b2
  call h.write()
  return h.write()
  on throw -> thrown
  -> end
*/
async function unit() {
  const h = await open();
  if (await h.ok()) return await h.read();
  return h.write();
}
