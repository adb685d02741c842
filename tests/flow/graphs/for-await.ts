/* expected
b0
  await stream
  iterate stream
  on throw -> thrown
  more -> b1
  done -> end
b1
  assign chunk <- .[] of stream
  if stop -> b2
  if !stop -> b3
b2
  return chunk
  -> end
b3
  call write(chunk)
  on throw -> thrown
  -> b0
*/
async function unit(stream: AsyncIterable<Chunk>) {
  for await (const chunk of stream) {
    if (stop) return chunk;
    write(chunk);
  }
}
