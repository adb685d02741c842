/* expected
b0
  iterate xs
  on throw -> thrown
  more -> b1
  done -> end
b1
  assign x <- .[] of xs
  case 1 -> b0
  -> b2
b2
  case 2 -> b3
  -> b4
b3
  call behind()
  on throw -> thrown
  -> b0
b4
  return x
  -> end
*/
function unit() {
  for (const x of xs) {
    switch (x.kind) {
      case 1:
        continue;
      case 2:
        break;
      default:
        return x;
    }
    behind();
  }
}
