/* expected
b0
  call super(h)
  value this.handle = h <- h
  assign this.handle <- h
  on throw -> thrown
  -> end
*/
class Session extends Base {
  constructor(h: Handle) {
    super(h);
    this.handle = h;
  }
}
