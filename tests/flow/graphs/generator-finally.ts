/* expected
b0
  call open()
  assign h <- open()
  on throw -> thrown
  -> b1
b1
  call h.first()
  yield h.first()
  on throw -> b5
  -> b2
  -> b4
b2
  call h.rest()
  yield h.rest()
  on throw -> b5
  -> b3
  -> b4
b3
  call h.close()
  on throw -> thrown
  -> end
b4
  call h.close()
  on throw -> thrown
  -> abandoned
b5
  call h.close()
  on throw -> thrown
  -> thrown
*/
function* unit() {
  const h = open();
  try {
    yield h.first();
    yield* h.rest();
  } finally {
    h.close();
  }
}
