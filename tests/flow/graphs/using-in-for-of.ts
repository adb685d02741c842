/* expected
b0
  call handles()
  on throw -> thrown
  -> b1
b1
  iterate handles()
  on throw -> thrown
  more -> b2
  done -> end
b2
  assign h <- .[] of handles()
  if h.skip -> b3
  if !h.skip -> b4
b3
  dispose h
  on throw -> thrown
  -> b1
b4
  if h.stop -> b5
  if !h.stop -> b6
b5
  dispose h
  on throw -> thrown
  -> end
b6
  if h.done -> b7
  if !h.done -> b8
b7
  return h.size
  dispose h
  on throw -> thrown
  -> end
b8
  call work(h)
  on throw -> b10
  -> b9
b9
  dispose h
  on throw -> thrown
  -> b1
b10
  dispose h
  on throw -> thrown
  -> thrown
*/
function unit() {
  for (using h of handles()) {
    if (h.skip) continue;
    if (h.stop) break;
    if (h.done) return h.size;
    work(h);
  }
}
