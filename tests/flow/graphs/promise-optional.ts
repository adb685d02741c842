/* expected
b0
  if p != null -> b1
  if p == null -> b2
b1
  await p
  assign h <- p
  call h.close()
  value p?.then((h) => {…}) <- h.close()
  on throw -> thrown
  -> b2
b2
  await p?.then((h) => {…})
  on throw -> thrown
  -> end
*/
async function unit(p?: Promise<Handle>) {
  await p?.then((h) => h.close());
}
