/* expected
b0
  if h -> b1
  if !h -> b4
b1
  if h.bad -> b2
  if !h.bad -> b3
b2
  call new Error("bad")
  throw new Error("bad")
  on throw -> thrown
b3
  return h
  -> end
b4
  return
  -> end
*/
function unit(h?: Handle) {
  if (!h) return;
  if (h.bad) throw new Error("bad");
  return h;
}
