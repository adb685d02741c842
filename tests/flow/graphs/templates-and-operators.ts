/* expected
b0
  call name()
  call left()
  call right()
  call value()
  call log(`a ${name()} b`, typeof left(), void right(), -value())
  call column()
  call sql`select ${column()} from ${table}`
  call first()
  call second()
  assign both <- (first(), second())
  call one()
  call two()
  call three()
  return one() + two() * three()
  on throw -> thrown
  -> end
*/
function unit() {
  log(`a ${name()} b`, typeof left(), void right(), -value());
  sql`select ${column()} from ${table}`;
  const both = (first(), second());
  return one() + two() * three();
}
