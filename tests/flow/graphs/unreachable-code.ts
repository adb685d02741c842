/* expected
b0
  return 1
  -> end
unreachable: call after()
*/
function unit() {
  return 1;
  after();
}
