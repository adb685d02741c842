/**
 * A class that keeps bitmaps, and closes the one it forgets under a condition.
 * @param condition an expression, in a method
 * @param mark what stands behind the line that makes the bitmap
 * @param field one more member of the class
 */
export function cachedBitmaps(condition: string, { mark = "", field = "" } = {}): string {
  return `
interface Image {
  readonly pixels: HTMLCanvasElement | ImageBitmap;
}
export class Images {
  private readonly images = new Map<number, Image>();
  ${field}
  async add(id: number, data: ImageData): Promise<void> {
    const pixels = await createImageBitmap(data); ${mark}
    this.remove(id);
    this.images.set(id, { pixels });
  }
  remove(id: number): void {
    const image = this.images.get(id);
    if (image === undefined) return;
    this.images.delete(id);
    if (${condition} && image.pixels instanceof ImageBitmap) image.pixels.close();
  }
}`;
}
