/* expected
b0
  call h.work()
  on throw -> b1
  -> b1
b1
  call h.close()
  on throw -> thrown
  -> end
*/
function unit(h: Handle) {
  void new Promise<void>((resolve) => {
    h.work();
    resolve();
  });
  h.close();
}
