/* expected
b0
  call path()
  assign name <- path()
  call defaultMode()
  assign mode <- defaultMode()
  on throw -> thrown
  if name -> b1
  if !name -> b2
b1
  call open(name, mode)
  value ((name: string, mode = defaultMode()) => {…})(path()) <- open(name, mode)
  on throw -> thrown
  -> b2
b2
  assign h <- ((name: string, mode = defaultMode()) => {…})(path())
  call h.close()
  on throw -> thrown
  -> end
*/
function unit() {
  const h = ((name: string, mode = defaultMode()) => {
    if (!name) return;
    return open(name, mode);
  })(path());
  (function () {
    h.close();
  })();
}
