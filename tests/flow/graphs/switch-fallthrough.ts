/* expected
b0
  case "a" -> b1
  -> b2
b1
  call a()
  on throw -> thrown
  -> b3
b2
  case "b" -> b3
  -> b4
b3
  call b()
  on throw -> thrown
  -> b6
b4
  call label()
  on throw -> thrown
  case label() -> b5
  -> b6
b5
  call c()
  return c()
  on throw -> thrown
  -> end
b6
  call after()
  on throw -> thrown
  -> end
*/
function unit(kind: string) {
  switch (kind) {
    case "a":
      a();
    case "b":
      b();
      break;
    case label():
      return c();
  }
  after();
}
