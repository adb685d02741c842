/* expected
b0
  if h -> b1
  if !h -> b8
b1
  call h.next()
  on throw -> thrown
  if h.next() == null -> b2
  if h.next() != null -> b3
b2
  call fail("no next")
  on throw -> thrown
b3
  value h.next() ?? fail("no next") <- h.next()
  assign x <- h.next() ?? fail("no next")
  if !x.ok -> b4
  if x.ok -> b5
b4
  call fail("not ok")
  on throw -> thrown
b5
  value x.ok || fail("not ok") <- x.ok
  if x.done -> b6
  if !x.done -> b7
b6
  value x.done ? x : fail("not done") <- x
  return x.done ? x : fail("not done")
  -> end
b7
  call fail("not done")
  on throw -> thrown
b8
  call fail("no handle")
  on throw -> thrown
unreachable: call behind()
unreachable: value h.next() ?? fail("no next") <- fail("no next")
unreachable: value x.ok || fail("not ok") <- fail("not ok")
unreachable: value x.done ? x : fail("not done") <- fail("not done")
*/
function unit(h?: Handle) {
  if (!h) {
    fail("no handle");
    behind();
  }
  const x = h.next() ?? fail("no next");
  x.ok || fail("not ok");
  return x.done ? x : fail("not done");
}
