/* expected
b0
  if !a -> b1
  if a -> b2
b1
  call open()
  value a || open() <- open()
  on throw -> thrown
  -> b3
b2
  value a || open() <- a
  -> b3
b3
  assign x <- a || open()
  if ready -> b4
  if !ready -> b5
b4
  call x.start()
  value ready && x.start() <- x.start()
  on throw -> thrown
  -> b6
b5
  value ready && x.start() <- ready
  -> b6
b6
  if ready && x.start() -> b7
  if !(ready && x.start()) -> b8
b7
  value ready && x.start() && x <- x
  -> b9
b8
  value ready && x.start() && x <- ready && x.start()
  -> b9
b9
  assign y <- ready && x.start() && x
  -> end
*/
function unit(a?: Handle) {
  const x = a || open();
  const y = ready && x.start() && x;
}
