/* expected
b0
  -> b1
  -> b2
b1
  call makeLog()
  assign log <- makeLog()
  on throw -> thrown
  -> b2
b2
  assign this.handle <- handle
  assign this.log <- log
  call handle.start()
  on throw -> thrown
  -> end
*/
class Session {
  constructor(
    private readonly handle: Handle,
    public log = makeLog(),
  ) {
    handle.start();
  }
}
