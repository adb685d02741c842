/* expected
b0
  call size()
  call more()
  call new Pool(size(), ...more())
  call new Pool(size(), ...more()).connect()
  call text()
  call new Pool(size(), ...more()).connect().query(text())
  call index()
  call new Pool(size(), ...more()).connect().query(text())[index()].value!.run()
  call make()
  call argument()
  call make()(argument())
  call make()(argument())()
  call key()
  call argument()
  call table[key()](argument())
  call super_.method()
  on throw -> thrown
  -> end
*/
function unit() {
  new Pool(size(), ...more()).connect().query(text())[index()].value!.run();
  make()(argument())();
  table[key()](argument());
  super_.method();
}
