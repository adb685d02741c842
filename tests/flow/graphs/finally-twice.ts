/* expected
b0
  call work()
  return work()
  on throw -> b3
  -> b1
b1
  call inner()
  on throw -> b4
  -> b2
b2
  call outer()
  on throw -> thrown
  -> end
b3
  call inner()
  on throw -> b4
  -> b4
b4
  call outer()
  on throw -> thrown
  -> thrown
unreachable: call inner()
unreachable: call outer()
*/
function unit() {
  try {
    try {
      return work();
    } finally {
      inner();
    }
  } finally {
    outer();
  }
}
