/* expected
b0
  if this.#handle == null -> b1
  if this.#handle != null -> b2
b1
  call open()
  value this.#handle ??= open() <- open()
  assign this.#handle <- open()
  on throw -> thrown
  -> b3
b2
  value this.#handle ??= open() <- this.#handle
  -> b3
b3
  return (this.#handle ??= open())
  -> end
*/
class Holder {
  get handle() {
    return (this.#handle ??= open());
  }
}
