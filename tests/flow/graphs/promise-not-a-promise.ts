/* expected
b0
  closure (h) => {…}
  call thenable.then((h) => {…})
  on throw -> thrown
  -> end
*/
function unit() {
  thenable.then((h) => h.close());
}
