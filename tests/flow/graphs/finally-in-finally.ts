/* expected
b0
  call work()
  on throw -> b4
  -> b1
b1
  call a()
  on throw -> b3
  -> b2
b2
  call b()
  on throw -> thrown
  -> end
b3
  call b()
  on throw -> thrown
  -> thrown
b4
  call a()
  on throw -> b6
  -> b5
b5
  call b()
  on throw -> thrown
  -> thrown
b6
  call b()
  on throw -> thrown
  -> thrown
*/
function unit() {
  try {
    work();
  } finally {
    try {
      a();
    } finally {
      b();
    }
  }
}
