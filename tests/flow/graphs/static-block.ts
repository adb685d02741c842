/* expected
b0
  call open()
  assign h <- open()
  value Registry.size = h.size <- h.size
  assign Registry.size <- h.size
  call h.close()
  on throw -> thrown
  -> end
unreachable: call h.close()
*/
class Registry {
  static {
    const h = open();
    try {
      Registry.size = h.size;
    } finally {
      h.close();
    }
  }
}
