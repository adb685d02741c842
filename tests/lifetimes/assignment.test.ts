/** Programs in which two analyses find fault with one acquisition, and which rule reports it. */
import { verdicts } from "../support/verdicts.ts";

const lostByConstructor = (mark: string): string => `
import { closeSync, openSync } from "node:fs";
export class Log {
  readonly #file: number;
  constructor(header: string) {
    const file = openSync("log", "a");${mark}
    JSON.parse(header);
    this.#file = file;
  }
  close(): void {
    closeSync(this.#file);
  }
}`;

const neverReleased = (mark: string): string => `
import { closeSync, openSync } from "node:fs";
export class Log {
  #file: number | undefined;
  start(header: string): void {
    const file = openSync("log", "a");${mark}
    JSON.parse(header);
    this.#file = file;
  }
}`;

const lostBeforeItIsKept = (mark: string): string => `
import { closeSync, openSync } from "node:fs";
export class Log {
  #file: number | undefined;
  start(header: string): void {
    const file = openSync("log", "a");${mark}
    JSON.parse(header);
    this.#file = file;
  }
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}`;

verdicts("no-undisposed-field", "of two findings about one acquisition", {
  "equally sure: the field goes first": {
    leak: { "a constructor that throws": lostByConstructor(" //! leaksOnConstructorThrow") },
  },
  "the field is surer": {
    leak: { "a field that nobody releases": neverReleased(" //! noRelease") },
  },
  "only the function loses it": { fine: { "a method that throws": lostBeforeItIsKept("") } },
});

verdicts("no-unclosed-disposable", "of two findings about one acquisition", {
  "equally sure: the field goes first": {
    fine: { "a constructor that throws": lostByConstructor("") },
  },
  "the field is surer": { fine: { "a field that nobody releases": neverReleased("") } },
  "only the function loses it": {
    leak: { "a method that throws": lostBeforeItIsKept(" //! notReleasedOnThrow") },
  },
});
