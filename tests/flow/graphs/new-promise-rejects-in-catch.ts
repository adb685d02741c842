/* expected
b0
  call read()
  value new Promise<string>((resolve, reject) => {…}) <- read()
  on throw -> b2
  -> b1
b1
  call cleanup()
  return new Promise<string>((resolve, reject) => {…})
  on throw -> thrown
  -> end
b2
  assign error <- ?
  call log(error)
  on throw -> b4
  -> b3
b3
  call cleanup()
  throw error
  on throw -> thrown
b4
  call cleanup()
  on throw -> thrown
  -> thrown
unreachable: recovered
*/
function unit() {
  return new Promise<string>((resolve, reject) => {
    try {
      resolve(read());
    } catch (error) {
      reject(error);
      log(error);
    } finally {
      cleanup();
    }
  });
}
