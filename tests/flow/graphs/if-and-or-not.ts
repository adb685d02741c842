/* expected
b0
  if a -> b1
  if !a -> b2
b1
  if b -> b2
  if !b -> b3
b2
  if c -> b3
  if !c -> b4
b3
  call yes()
  on throw -> thrown
  -> end
b4
  call no()
  on throw -> thrown
  -> end
*/
function unit(a: boolean, b: boolean, c: boolean) {
  if ((a && !b) || c) yes();
  else no();
}
