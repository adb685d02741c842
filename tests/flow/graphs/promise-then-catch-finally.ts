/* expected
b0
  call work(h)
  await work(h)
  assign x <- work(h)
  value work(h) .then((x) => {…}) <- x.size
  await work(h) .then((x) => {…})
  value work(h) .then((x) => {…}) .catch(() => {…}) <- work(h) .then((x) => {…})
  on throw -> b1
  -> b2
b1
  value work(h) .then((x) => {…}) .catch(() => {…}) <- 0
  recovered
  -> b2
b2
  await work(h) .then((x) => {…}) .catch(() => {…})
  value work(h) .then((x) => {…}) .catch(() => {…}) .finally(() => {…}) <- work(h) .then((x) => {…}) .catch(() => {…})
  on throw -> b4
  -> b3
b3
  call h.close()
  return work(h) .then((x) => {…}) .catch(() => {…}) .finally(() => {…})
  on throw -> thrown
  -> end
b4
  call h.close()
  on throw -> thrown
  -> thrown
unreachable: recovered
*/
function unit(h: Handle) {
  return work(h)
    .then((x) => x.size)
    .catch(() => 0)
    .finally(() => h.close());
}
