/* expected
b0
  call work()
  yield work()
  on throw -> b2
  -> b1
  -> abandoned
b1
  assign sent <- yield work()
  call use(sent)
  on throw -> b2
  -> end
b2
  call rescue()
  recovered
  on throw -> thrown
  -> end
*/
function* unit() {
  try {
    const sent = yield work();
    use(sent);
  } catch {
    rescue();
  }
}
