/* expected
b0
  value .h of { h, other: open(), ...rest(), [key()]: 1, method() {…}, get size() {…} } <- h
  call open()
  value .other of { h, other: open(), ...rest(), [key()]: 1, method() {…}, get size() {…} } <- open()
  call rest()
  value { h, other: open(), ...rest(), [key()]: 1, method() {…}, get size() {…} } <- rest()
  call key()
  value .[] of { h, other: open(), ...rest(), [key()]: 1, method() {…}, get size() {…} } <- 1
  closure method() {…}
  closure get size() {…}
  assign o <- { h, other: open(), ...rest(), [key()]: 1, method() {…}, get size() {…} }
  value .0 of [h, ...list(), , make()] <- h
  call list()
  value [h, ...list(), , make()] <- list()
  call make()
  value .3 of [h, ...list(), , make()] <- make()
  return [h, ...list(), , make()]
  on throw -> thrown
  -> end
*/
function unit(h: Handle) {
  const o = { h, other: open(), ...rest(), [key()]: 1, method() { h.close(); }, get size() { return h.size; } };
  return [h, ...list(), , make()];
}
