/* expected
b0
  assign i <- 0
  assign i <- ?
  assign i <- ?
  call next()
  assign i <- ?
  assign list <- []
  value list.length = 0 <- 0
  assign list.length <- 0
  on throw -> thrown
  -> end
*/
function unit() {
  let i = 0;
  i++;
  --i;
  i += next();
  var again;
  let list = [];
  list.length = 0;
}
