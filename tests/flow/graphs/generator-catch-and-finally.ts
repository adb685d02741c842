/* expected
b0
  iterate xs
  on throw -> thrown
  more -> b1
  done -> end
b1
  assign x <- .[] of xs
  yield x
  on throw -> b4
  -> b2
  -> b3
b2
  call cleanup(x)
  on throw -> thrown
  -> b0
b3
  call cleanup(x)
  on throw -> thrown
  -> abandoned
b4
  return
  recovered
  call cleanup(x)
  on throw -> thrown
  -> end
unreachable: recovered
unreachable: call cleanup(x)
*/
function* unit() {
  for (const x of xs) {
    try {
      yield x;
    } catch {
      return;
    } finally {
      cleanup(x);
    }
  }
}
