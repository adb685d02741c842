/* expected
b0
  closure () => {…}
  call later(() => {…})
  closure function named() {…}
  call mixin(Base)
  call computed()
  closure class extends mixin(Base) {…}
  assign k <- class extends mixin(Base) {…}
  call open()
  assign h <- open()
  on throw -> thrown
  -> end
*/
function unit() {
  later(() => h.close());
  function named() { return h; }
  const k = class extends mixin(Base) { static [computed()] = 1; };
  const h = open();
}
