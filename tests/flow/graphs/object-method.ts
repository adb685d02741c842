/* expected
b0
  if this.handle != null -> b1
  if this.handle == null -> b2
b1
  call this.handle?.close()
  on throw -> thrown
  -> b2
b2
  value this.handle = undefined <- undefined
  assign this.handle <- undefined
  -> end
*/
const holder = {
  close() {
    this.handle?.close();
    this.handle = undefined;
  },
};
