/* expected
b0
  call new Error("no")
  throw new Error("no")
  on throw -> b1
b1
  call cleanup()
  on throw -> thrown
  -> thrown
unreachable: call cleanup()
*/
function unit() {
  try {
    throw new Error("no");
  } finally {
    cleanup();
  }
}
