/* expected
b0
  if h == null -> b1
  if h != null -> b2
b1
  call open()
  value h ?? open() <- open()
  on throw -> thrown
  -> b3
b2
  value h ?? open() <- h
  -> b3
b3
  assign x <- h ?? open()
  return x
  -> end
*/
function unit(h?: Handle) {
  const x = h ?? open();
  return x;
}
