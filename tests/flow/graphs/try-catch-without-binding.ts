/* expected
b0
  call parse()
  return parse()
  on throw -> b1
  -> end
b1
  return null
  recovered
  -> end
unreachable: recovered
*/
function unit() {
  try {
    return parse();
  } catch {
    return null;
  }
}
