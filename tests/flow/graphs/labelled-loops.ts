/* expected
b0
  iterate as
  on throw -> thrown
  more -> b1
  done -> end
b1
  assign a <- .[] of as
  -> b2
b2
  iterate bs
  on throw -> thrown
  more -> b3
  done -> b6
b3
  assign b <- .[] of bs
  if b.skip -> b0
  if !b.skip -> b4
b4
  if b.stop -> end
  if !b.stop -> b5
b5
  if b.next -> b2
  if !b.next -> b6
b6
  call inner()
  on throw -> thrown
  -> b0
*/
function unit() {
  outer: for (const a of as) {
    for (const b of bs) {
      if (b.skip) continue outer;
      if (b.stop) break outer;
      if (b.next) continue;
      break;
    }
    inner();
  }
}
