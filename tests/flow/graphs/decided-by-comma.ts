/* expected
b0
  assign m <- ?
  -> b1
b1
  call next()
  value m = next() <- next()
  assign m <- next()
  on throw -> thrown
  if (m = next()), m -> b2
  if !((m = next()), m) -> b3
b2
  call use(m)
  on throw -> thrown
  -> b1
b3
  call log()
  call stop()
  on throw -> thrown
  if log(), stop() -> b4
  if !(log(), stop()) -> b5
b4
  return
  -> end
b5
  call done()
  on throw -> thrown
  -> end
*/
function unit() {
  let m;
  while (((m = next()), m)) use(m);
  if ((log(), stop())) return;
  done();
}
