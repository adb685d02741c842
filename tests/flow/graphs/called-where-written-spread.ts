/* expected
b0
  call list()
  on throw -> thrown
  -> b1
  -> b2
b1
  call make()
  assign b <- make()
  on throw -> thrown
  -> b3
b2
  assign b <- ?
  -> b3
b3
  call use(a, b)
  value ((a, b = make()) => {…})(...list()) <- use(a, b)
  closure (h) => {…}
  call await_((h) => {…})
  on throw -> thrown
  -> end
*/
function unit() {
  ((a, b = make()) => use(a, b))(...list());
  await_((h) => h);
}
