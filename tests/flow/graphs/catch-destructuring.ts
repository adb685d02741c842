/* expected
b0
  call work()
  on throw -> b1
  -> end
b1
  assign code <- .code of ?
  -> b2
  -> b3
b2
  call none()
  assign cause <- none()
  on throw -> thrown
  -> b4
b3
  assign cause <- .cause of ?
  -> b4
b4
  call log(code, cause)
  recovered
  on throw -> thrown
  -> end
*/
function unit() {
  try {
    work();
  } catch ({ code, cause = none() }) {
    log(code, cause);
  }
}
