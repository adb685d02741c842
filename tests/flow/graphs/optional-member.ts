/* expected
b0
  if h != null -> b1
  if h == null -> b1
b1
  assign size <- h?.stat.size
  if h.owner != null -> b2
  if h.owner == null -> b2
b2
  assign own <- h.owner?.handle!.parent
  -> end
*/
function unit(h?: Handle) {
  const size = h?.stat.size;
  const own = h.owner?.handle!.parent;
}
