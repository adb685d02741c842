/* expected
b0
  if h != null -> b1
  if h == null -> b3
b1
  call h?.isOpen()
  on throw -> thrown
  if h?.isOpen() -> b2
  if !h?.isOpen() -> b3
b2
  call yes()
  on throw -> thrown
  -> b4
b3
  call no()
  on throw -> thrown
  -> b4
b4
  if h != null -> b5
  if h == null -> b6
b5
  if h?.ready -> end
  if !h?.ready -> b6
b6
  call not()
  on throw -> thrown
  -> end
*/
function unit(h?: Handle) {
  if (h?.isOpen()) yes();
  else no();
  if (!h?.ready) not();
}
