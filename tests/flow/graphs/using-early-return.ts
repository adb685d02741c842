/* expected
b0
  call before()
  call open()
  assign h <- open()
  on throw -> thrown
  if h.ok -> b1
  if !h.ok -> b3
b1
  call h.read()
  return h.read()
  on throw -> b2
  -> b4
b2
  dispose h
  on throw -> thrown
  -> thrown
b3
  return null
  -> b4
b4
  dispose h
  on throw -> thrown
  -> end
unreachable: dispose h
*/
function unit() {
  before();
  using h = open();
  if (!h.ok) return null;
  return h.read();
}
