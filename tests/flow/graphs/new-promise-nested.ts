/* expected
b0
  value new Promise((resolve) => {…}) <- a
  assign inner <- new Promise((resolve) => {…})
  value new Promise((resolve) => {…}) <- inner
  return new Promise((resolve) => {…})
  -> end
*/
function unit() {
  return new Promise((resolve) => {
    const inner = new Promise((resolve) => resolve(a));
    resolve(inner);
  });
}
