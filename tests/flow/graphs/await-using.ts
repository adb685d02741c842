/* expected
b0
  call open()
  await open()
  assign h <- await open()
  on throw -> thrown
  -> b1
b1
  call h.work()
  await h.work()
  on throw -> b3
  -> b2
b2
  dispose h (awaits)
  call after()
  on throw -> thrown
  -> end
b3
  dispose h (awaits)
  on throw -> thrown
  -> thrown
*/
async function unit() {
  {
    await using h = await open();
    await h.work();
  }
  after();
}
