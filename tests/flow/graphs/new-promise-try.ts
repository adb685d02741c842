/* expected
b0
  call bad()
  on throw -> b2
  -> b1
b1
  throw bad()
  on throw -> thrown
b2
  call unexpected()
  recovered
  await new Promise<void>((resolve, reject) => {…})
  call after()
  on throw -> thrown
  -> end
*/
async function unit() {
  await new Promise<void>((resolve, reject) => {
    try {
      reject(bad());
    } catch {
      unexpected();
    }
  });
  after();
}
