/* expected
b0
  call work()
  on throw -> b8
  -> b1
b1
  call a()
  on throw -> b5
  -> b2
b2
  call b()
  on throw -> b4
  -> b3
b3
  call c()
  on throw -> thrown
  -> end
b4
  call c()
  on throw -> thrown
  -> thrown
b5
  call b()
  on throw -> b7
  -> b6
b6
  call c()
  on throw -> thrown
  -> thrown
b7
  call c()
  on throw -> thrown
  -> thrown
b8
  call a()
  on throw -> b12
  -> b9
b9
  call b()
  on throw -> b11
  -> b10
b10
  call c()
  on throw -> thrown
  -> thrown
b11
  call c()
  on throw -> thrown
  -> thrown
b12
  call b()
  on throw -> b13
  -> b13
b13
  call c()
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
      try {
        b();
      } finally {
        c();
      }
    }
  }
}
