/* expected
b0
  call options()
  on throw -> thrown
  -> b1
  -> b2
b1
  call open()
  assign handle <- open()
  on throw -> thrown
  -> b3
b2
  assign handle <- .handle of options()
  -> b3
b3
  call key()
  assign other <- .[] of options()
  assign a <- .nested.a of options()
  assign rest <- .nested of options()
  call list()
  assign first <- .0 of list()
  on throw -> thrown
  -> b4
  -> b5
b4
  call make()
  assign third <- make()
  on throw -> thrown
  -> b6
b5
  assign third <- .2 of list()
  -> b6
b6
  assign others <- list()
  -> end
*/
function unit() {
  const { handle = open(), [key()]: other, nested: { a, ...rest } } = options();
  const [first, , third = make(), ...others] = list();
}
