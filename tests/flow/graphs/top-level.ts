/* expected
b0
  call open()
  assign h <- open()
  on throw -> thrown
  if h -> b1
  if !h -> b2
b1
  call open()
  assign inner <- open()
  call measure()
  call close(h)
  on throw -> thrown
  -> end
b2
  call fail()
  on throw -> thrown
*/
import { open } from "node:fs";
export const h = open();
if (!h) fail();
namespace A.B {
  export const inner = open();
}
enum Size {
  small = measure(),
}
export default close(h);
