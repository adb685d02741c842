/* expected
b0
  call work()
  on throw -> b2
  -> b1
b1
  call last()
  yield last()
  on throw -> thrown
  -> end
  -> abandoned
b2
  call last()
  yield last()
  on throw -> thrown
  -> thrown
  -> abandoned
*/
function* unit() {
  try {
    work();
  } finally {
    yield last();
  }
}
