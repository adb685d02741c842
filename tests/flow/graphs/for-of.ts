/* expected
b0
  iterate files
  on throw -> thrown
  more -> b1
  done -> b4
b1
  assign file <- .[] of files
  if file -> b2
  if !file -> b0
b2
  if stop -> b4
  if !stop -> b3
b3
  call file.close()
  on throw -> thrown
  -> b0
b4
  call after()
  on throw -> thrown
  -> end
*/
function unit(files: Handle[]) {
  for (const file of files) {
    if (!file) continue;
    if (stop) break;
    file.close();
  }
  after();
}
