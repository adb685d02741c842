/* expected
b0
  call ok()
  on throw -> thrown
  if ok() -> b1
  if !ok() -> b2
b1
  value new Promise<string>((resolve, reject) => {…}) <- "yes"
  value ok() ? resolve("yes") : reject(bad()) <- resolve("yes")
  return new Promise<string>((resolve, reject) => {…})
  -> end
b2
  call bad()
  throw bad()
  on throw -> thrown
unreachable: value ok() ? resolve("yes") : reject(bad()) <- reject(bad())
*/
function unit() {
  return new Promise<string>((resolve, reject) => (ok() ? resolve("yes") : reject(bad())));
}
