/* expected
b0
  iterate xs
  on throw -> thrown
  more -> b1
  done -> b5
b1
  assign x <- .[] of xs
  if x -> b2
  if !x -> b4
b2
  call check(x)
  return x
  on throw -> b3
  -> end
b3
  recovered
  -> b0
b4
  call new Error("none")
  throw new Error("none")
  on throw -> thrown
b5
  return null
  -> end
unreachable: recovered
*/
function unit() {
  for (const x of xs) {
    if (!x) throw new Error("none");
    try {
      check(x);
    } catch {
      continue;
    }
    return x;
  }
  return null;
}
