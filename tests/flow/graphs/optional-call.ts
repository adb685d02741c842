/* expected
b0
  if h != null -> b1
  if h == null -> b2
b1
  call h?.close()
  on throw -> thrown
  -> b2
b2
  if h.flush != null -> b3
  if h.flush == null -> end
b3
  call now()
  call h.flush(now())
  on throw -> thrown
  -> end
*/
function unit(h?: Handle) {
  h?.close();
  h.flush?.(now());
}
