/* expected
b0
  call open()
  assign h <- open()
  on throw -> thrown
  -> b1
b1
  call h.more()
  on throw -> b5
  if h.more() -> b2
  if !h.more() -> b4
b2
  if h.stop -> b4
  if !h.stop -> b3
b3
  call work(h)
  call h.next()
  on throw -> b5
  -> b1
b4
  dispose h
  on throw -> thrown
  -> end
b5
  dispose h
  on throw -> thrown
  -> thrown
*/
function unit() {
  for (using h = open(); h.more(); h.next()) {
    if (h.stop) break;
    work(h);
  }
}
