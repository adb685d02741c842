/* expected
b0
  call work()
  await work()
  assign x <- work()
  call check(x)
  value work().then((x) => {…}) <- check(x)
  await work().then((x) => {…})
  on throw -> b1
  -> end
b1
  call rescue()
  recovered
  on throw -> thrown
  -> end
*/
async function unit() {
  try {
    await work().then((x) => check(x));
  } catch {
    rescue();
  }
}
