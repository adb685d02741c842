/* expected
b0
  call open()
  assign h <- open()
  on throw -> thrown
  -> b1
b1
  call work(h)
  on throw -> b3
  -> b2
b2
  call h.close()
  call after()
  on throw -> thrown
  -> end
b3
  call h.close()
  on throw -> thrown
  -> thrown
*/
function unit() {
  const h = open();
  try {
    work(h);
  } finally {
    h.close();
  }
  after();
}
