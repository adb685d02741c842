/* expected
b0
  assign a <- ?
  assign b <- ?
  call options()
  value { a, b: this.b, c: a = open(), d: [b] } = options() <- options()
  assign a <- .a of options()
  assign this.b <- .b of options()
  on throw -> thrown
  -> b1
  -> b2
b1
  call open()
  assign a <- open()
  on throw -> thrown
  -> b3
b2
  assign a <- .c of options()
  -> b3
b3
  assign b <- .d.0 of options()
  value .0 of [b, a] <- b
  value .1 of [b, a] <- a
  value [a, b = make(), ...this.rest] = [b, a] <- [b, a]
  assign a <- .0 of [b, a]
  -> b4
  -> b5
b4
  call make()
  assign b <- make()
  on throw -> thrown
  -> b6
b5
  assign b <- .1 of [b, a]
  -> b6
b6
  assign this.rest <- [b, a]
  call options()
  value { a = fresh() } = options() <- options()
  on throw -> thrown
  -> b7
  -> b8
b7
  call fresh()
  assign a <- fresh()
  on throw -> thrown
  -> end
b8
  assign a <- .a of options()
  -> end
*/
function unit() {
  let a, b;
  ({ a, b: this.b, c: a = open(), d: [b] } = options());
  [a, b = make(), ...this.rest] = [b, a];
  ({ a = fresh() } = options());
}
