/* expected
b0
  call work()
  return 1
  on throw -> b1
  -> end
b1
  return 1
  -> end
*/
function unit() {
  try {
    work();
  } finally {
    return 1;
  }
}
