/* expected
b0
  call open()
  assign h <- open()
  on throw -> thrown
  if h.ok -> b1
  if !h.ok -> b2
b1
  value new Promise<Handle>((resolve, reject) => {…}) <- h
  return new Promise<Handle>((resolve, reject) => {…})
  -> end
b2
  call new Error("no")
  call h.close()
  throw new Error("no")
  on throw -> thrown
*/
function unit() {
  return new Promise<Handle>((resolve, reject) => {
    const h = open();
    if (!h.ok) {
      reject(new Error("no"));
      h.close();
      return;
    }
    resolve(h);
  });
}
