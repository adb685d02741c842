/* expected
b0
  if this.handle == null -> b1
  if this.handle != null -> b2
b1
  call open()
  value this.handle ??= open() <- open()
  assign this.handle <- open()
  on throw -> thrown
  -> b3
b2
  value this.handle ??= open() <- this.handle
  -> b3
b3
  call first()
  assign a <- first()
  on throw -> thrown
  if !a -> b4
  if a -> b5
b4
  call second()
  value a ||= second() <- second()
  assign a <- second()
  on throw -> thrown
  -> b6
b5
  value a ||= second() <- a
  -> b6
b6
  if a -> b7
  if !a -> b8
b7
  call third(a)
  value a &&= third(a) <- third(a)
  assign a <- third(a)
  on throw -> thrown
  -> end
b8
  value a &&= third(a) <- a
  -> end
*/
function unit(this: Holder) {
  this.handle ??= open();
  let a = first();
  a ||= second();
  a &&= third(a);
}
