/* expected
b0
  call open(name)
  await open(name)
  call (await open(name)).read()
  return (await open(name)).read()
  on throw -> thrown
  -> end
*/
const unit = async (name: string) => (await open(name)).read();
