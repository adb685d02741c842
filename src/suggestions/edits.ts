/** A change of the text of a file, in the positions of TypeScript. Rules turn it into a fix of ESLint. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
