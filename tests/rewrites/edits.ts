/**
 * Changes of a program's text that remember where each part came from, so that a report on the changed
 * program can be found again in the program as it was.
 */
import type ts from "typescript";

/** Text of the program as it was, from one position up to another. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** New text that stands for a part of the program: a report on it is one on that part. */
interface Words {
  readonly text: string;
  readonly of: Range;
}

/** The module specifier of the second file, whose name only the caller knows. */
export const secondFile: unique symbol = Symbol("second file");

/** A range is copied, with the edits inside it; a text stands for what its edit replaces. */
export type Piece = string | Range | Words | typeof secondFile;

export interface Edit extends Range {
  readonly pieces: readonly Piece[];
}

/** What a rewrite makes of a program: edits of its file, and what goes into a second one. */
export interface Rewritten {
  readonly edits: readonly Edit[];
  readonly second?: readonly Piece[];
}

interface Segment extends Range {
  readonly at: number;
  readonly length: number;
  /** Copied letter by letter: positions inside the segment are positions inside the range. */
  readonly copied: boolean;
}

export function replace(node: ts.Node | Range, ...pieces: readonly Piece[]): Edit {
  return { ...rangeOf(node), pieces };
}

export function insertAt(position: number, ...pieces: readonly Piece[]): Edit {
  return { from: position, to: position, pieces };
}

/** A node without the comments before it. */
export function rangeOf(node: ts.Node | Range): Range {
  return "kind" in node ? { from: node.getStart(), to: node.end } : node;
}

/** A text made of pieces of another one. */
export class Rendered {
  private readonly parts: string[] = [];
  private readonly segments: Segment[] = [];
  private length = 0;

  private readonly original: string;
  private readonly edits: readonly Edit[];
  private readonly second: string;

  private constructor(original: string, edits: readonly Edit[], second: string) {
    this.original = original;
    // What is only put in comes before what stands there; what replaces more comes before its parts.
    this.edits = [...edits].sort(
      (a, b) => a.from - b.from || Number(a.from < a.to) - Number(b.from < b.to) || b.to - a.to,
    );
    this.second = second;
  }

  /** The program with its edits. */
  static main(original: string, edits: readonly Edit[], second: string): Rendered {
    const rendered = new Rendered(original, edits, second);
    rendered.copy({ from: 0, to: original.length }, edits);
    return rendered;
  }

  /** The file that was made beside it. */
  static other(original: string, pieces: readonly Piece[], second: string): Rendered {
    const rendered = new Rendered(original, [], second);
    for (const piece of pieces) rendered.add(piece, { from: 0, to: 0 }, []);
    return rendered;
  }

  get text(): string {
    return this.parts.join("");
  }

  /** What a position of the text stands for in the program as it was. */
  originOf(position: number): Range {
    const segment = this.segments.findLast(({ at }) => at <= position);
    if (segment === undefined) return { from: 0, to: 0 };
    if (!segment.copied) return { from: segment.from, to: segment.to };
    const from = segment.from + position - segment.at;
    return { from, to: from };
  }

  private copy({ from, to }: Range, edits: readonly Edit[]): void {
    let at = from;
    for (const edit of this.edits) {
      if (!edits.includes(edit) || edit.from < at || edit.from < from || edit.to > to) continue;
      this.push(this.original.slice(at, edit.from), { from: at, to: edit.from }, true);
      const inner = edits.filter((other) => other !== edit);
      for (const piece of edit.pieces) this.add(piece, edit, inner);
      at = edit.to;
    }
    this.push(this.original.slice(at, to), { from: at, to }, true);
  }

  private add(piece: Piece, replaced: Range, edits: readonly Edit[]): void {
    if (piece === secondFile) this.push(JSON.stringify(this.second), replaced, false);
    else if (typeof piece === "string") this.push(piece, replaced, false);
    else if ("text" in piece) this.push(piece.text, piece.of, false);
    // Code that moves elsewhere is not replaced there by what stands in its old place.
    else
      this.copy(
        piece,
        edits.filter(({ from, to }) => from !== piece.from || to !== piece.to),
      );
  }

  private push(text: string, { from, to }: Range, copied: boolean): void {
    if (text === "") return;
    this.segments.push({ at: this.length, length: text.length, from, to, copied });
    this.parts.push(text);
    this.length += text.length;
  }
}
