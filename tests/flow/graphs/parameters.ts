/* expected
b0
  assign handle <- .handle of { handle, log = console }: Options
  -> b1
  -> b2
b1
  assign log <- console
  -> b3
b2
  assign log <- .log of { handle, log = console }: Options
  -> b3
b3
  -> b4
  -> b5
b4
  call size()
  assign count <- size()
  on throw -> thrown
  -> b5
b5
  -> b6
  -> b7
b6
  call list()
  assign first <- .0 of list()
  on throw -> thrown
  -> b8
b7
  assign first <- .0 of [first] = list()
  -> b8
b8
  call use(handle)
  on throw -> thrown
  -> end
*/
function unit({ handle, log = console }: Options, count = size(), [first] = list(), plain: number) {
  use(handle);
}
