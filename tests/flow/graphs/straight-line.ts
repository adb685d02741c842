/* expected
b0
  call open()
  assign h <- open()
  call use(h, h.size)
  call h.close()
  on throw -> thrown
  -> end
*/
function unit() {
  const h = open();
  use(h, h.size);
  h.close();
}
