/* expected
b0
  call more()
  on throw -> thrown
  if more() -> b1
  if !more() -> end
b1
  call work()
  return work()
  on throw -> b3
  -> b2
b2
  call again()
  on throw -> thrown
  if again() -> b0
  if !again() -> end
b3
  call again()
  on throw -> thrown
  if again() -> b0
  if !again() -> thrown
unreachable: call again()
*/
function unit() {
  while (more()) {
    try {
      return work();
    } finally {
      if (again()) continue;
    }
  }
}
