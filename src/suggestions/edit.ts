/** A piece of text that a suggestion puts somewhere, as offsets in the file. */
export interface Edit {
  readonly range: readonly [start: number, end: number];
  readonly text: string;
}
