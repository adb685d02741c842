/* expected
b0
  call open()
  assign h <- open()
  on throw -> thrown
  -> b1
b1
  call work(h)
  on throw -> b2
  -> b3
b2
  assign error <- ?
  call log(error)
  recovered
  on throw -> thrown
  -> b3
b3
  call h.close()
  on throw -> thrown
  -> end
*/
function unit() {
  const h = open();
  try {
    work(h);
  } catch (error) {
    log(error);
  }
  h.close();
}
