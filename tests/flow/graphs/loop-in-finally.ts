/* expected
b0
  call work()
  return work()
  on throw -> b4
  -> b1
b1
  iterate handles
  on throw -> thrown
  more -> b2
  done -> end
b2
  assign h <- .[] of handles
  if h.open -> b3
  if !h.open -> end
b3
  call h.close()
  on throw -> thrown
  -> b1
b4
  iterate handles
  on throw -> thrown
  more -> b5
  done -> thrown
b5
  assign h <- .[] of handles
  if h.open -> b6
  if !h.open -> thrown
b6
  call h.close()
  on throw -> thrown
  -> b4
unreachable: iterate handles
unreachable: assign h <- .[] of handles
unreachable: call h.close()
*/
function unit() {
  try {
    return work();
  } finally {
    for (const h of handles) {
      if (!h.open) break;
      h.close();
    }
  }
}
