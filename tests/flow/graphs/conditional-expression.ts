/* expected
b0
  if c -> b1
  if !c -> b2
b1
  call open()
  value c ? open() : (other && d) ? null : fallback() <- open()
  on throw -> thrown
  -> b7
b2
  if other -> b3
  if !other -> b5
b3
  if d -> b4
  if !d -> b5
b4
  value (other && d) ? null : fallback() <- null
  -> b6
b5
  call fallback()
  value (other && d) ? null : fallback() <- fallback()
  on throw -> thrown
  -> b6
b6
  value c ? open() : (other && d) ? null : fallback() <- (other && d) ? null : fallback()
  -> b7
b7
  assign h <- c ? open() : (other && d) ? null : fallback()
  call use(h)
  on throw -> thrown
  -> end
*/
function unit(c: boolean) {
  const h = c ? open() : (other && d) ? null : fallback();
  use(h);
}
