/* expected
b0
  call setTimeout(resolve, 10)
  return new Promise((resolve) => {…})
  on throw -> thrown
  -> end
*/
function unit() {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
