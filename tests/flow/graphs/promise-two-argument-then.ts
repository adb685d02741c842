/* expected
b0
  call work()
  await work()
  on throw -> b2
  -> b1
b1
  assign ok <- work()
  call first(ok)
  value work().then( (ok) => {…}, (error) => {…}, ) <- first(ok)
  on throw -> thrown
  -> b3
b2
  call second(error)
  value work().then( (ok) => {…}, (error) => {…}, ) <- second(error)
  recovered
  on throw -> thrown
  -> b3
b3
  await work().then( (ok) => {…}, (error) => {…}, )
  assign x <- await work().then( (ok) => {…}, (error) => {…}, )
  on throw -> thrown
  -> b4
b4
  call work()
  await work()
  value work().then(undefined, rescue) <- work()
  on throw -> b5
  -> b6
b5
  call rescue()
  recovered
  on throw -> thrown
  -> b6
b6
  await work().then(undefined, rescue)
  on throw -> thrown
  -> end
unreachable: recovered
unreachable: recovered
*/
async function unit() {
  const x = await work().then(
    (ok) => first(ok),
    (error) => second(error),
  );
  await work().then(undefined, rescue);
}
