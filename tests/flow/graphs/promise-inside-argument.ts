/* expected
b0
  call a()
  await a()
  assign x <- a()
  call x.close()
  value a().then((x) => {…}) <- x.close()
  value .0 of [a().then((x) => {…}), b().catch(() => {…})] <- a().then((x) => {…})
  on throw -> thrown
  -> b1
b1
  call b()
  await b()
  value b().catch(() => {…}) <- b()
  on throw -> b2
  -> b3
b2
  value b().catch(() => {…}) <- null
  recovered
  -> b3
b3
  value .1 of [a().then((x) => {…}), b().catch(() => {…})] <- b().catch(() => {…})
  call Promise.all([a().then((x) => {…}), b().catch(() => {…})])
  await Promise.all([a().then((x) => {…}), b().catch(() => {…})])
  on throw -> thrown
  -> end
unreachable: recovered
*/
async function unit() {
  await Promise.all([a().then((x) => x.close()), b().catch(() => null)]);
}
