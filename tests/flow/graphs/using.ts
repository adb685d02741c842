/* expected
b0
  call open()
  assign a <- open()
  on throw -> thrown
  -> b1
b1
  call wrap(a)
  assign b <- wrap(a)
  on throw -> b6
  -> b2
b2
  call use(b)
  on throw -> b5
  -> b3
b3
  dispose b
  on throw -> b6
  -> b4
b4
  dispose a
  on throw -> thrown
  -> end
b5
  dispose b
  on throw -> b6
  -> b6
b6
  dispose a
  on throw -> thrown
  -> thrown
*/
function unit() {
  using a = open(), b = wrap(a);
  use(b);
}
