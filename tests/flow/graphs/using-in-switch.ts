/* expected
b0
  case 1 -> b1
  -> b6
b1
  call open()
  assign h <- open()
  on throw -> thrown
  if h.ok -> b2
  if !h.ok -> b3
b2
  dispose h
  on throw -> thrown
  -> end
b3
  call use(h)
  on throw -> b5
  -> b4
b4
  dispose h
  on throw -> thrown
  -> b6
b5
  dispose h
  on throw -> thrown
  -> thrown
b6
  call other()
  on throw -> thrown
  -> end
*/
function unit(kind: number) {
  switch (kind) {
    case 1: {
      using h = open();
      if (h.ok) break;
      use(h);
    }
    default:
      other();
  }
}
