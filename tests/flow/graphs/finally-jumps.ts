/* expected
b0
  iterate xs
  on throw -> thrown
  more -> b1
  done -> b8
b1
  assign x <- .[] of xs
  if x.skip -> b2
  if !x.skip -> b3
b2
  call cleanup(x)
  on throw -> thrown
  -> b0
b3
  if x.stop -> b4
  if !x.stop -> b5
b4
  call cleanup(x)
  on throw -> thrown
  -> b8
b5
  call work(x)
  on throw -> b7
  -> b6
b6
  call cleanup(x)
  on throw -> thrown
  -> b0
b7
  call cleanup(x)
  on throw -> thrown
  -> thrown
b8
  call after()
  on throw -> thrown
  -> end
*/
function unit() {
  for (const x of xs) {
    try {
      if (x.skip) continue;
      if (x.stop) break;
      work(x);
    } finally {
      cleanup(x);
    }
  }
  after();
}
