/* expected
b0
  call work(h)
  await work(h)
  assign x <- work(h)
  value work(h).then((x) => {…}) <- x.size
  return work(h).then((x) => {…})
  on throw -> b2
  -> b1
b1
  call h.close()
  on throw -> thrown
  -> end
b2
  call h.close()
  on throw -> thrown
  -> thrown
unreachable: call h.close()
*/
// Approximation: in JavaScript the callback runs behind the `finally`, and no `catch` sees it throw.
function unit(h: Handle) {
  try {
    return work(h).then((x) => x.size);
  } finally {
    h.close();
  }
}
