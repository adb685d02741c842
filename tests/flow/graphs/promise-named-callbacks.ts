/* expected
b0
  call work()
  await work()
  call succeed(work())
  await work().then(succeed)
  value work().then(succeed).catch(rescue) <- work().then(succeed)
  on throw -> b1
  -> b2
b1
  call rescue()
  recovered
  on throw -> b4
  -> b2
b2
  await work().then(succeed).catch(rescue)
  value work().then(succeed).catch(rescue).finally(cleanup) <- work().then(succeed).catch(rescue)
  on throw -> b4
  -> b3
b3
  call cleanup()
  await work().then(succeed).catch(rescue).finally(cleanup)
  on throw -> thrown
  -> end
b4
  call cleanup()
  on throw -> thrown
  -> thrown
unreachable: recovered
*/
async function unit() {
  await work().then(succeed).catch(rescue).finally(cleanup);
}
