/* expected
b0
  case "a" -> b1
  -> b2
b1
  call a()
  on throw -> thrown
  -> end
b2
  case "b" -> b4
  -> b3
b3
  call other()
  on throw -> thrown
  -> b4
b4
  call b()
  on throw -> thrown
  -> end
*/
function unit(kind: string) {
  switch (kind) {
    case "a":
      a();
      break;
    default:
      other();
    case "b":
      b();
  }
}
