/* expected
b0
  if list != null -> b1
  if list == null -> b2
b1
  call index()
  call list?.[index()].open()
  on throw -> thrown
  -> b2
b2
  assign first <- list?.[index()].open()
  -> end
*/
function unit(list?: Handle[]) {
  const first = list?.[index()].open();
}
