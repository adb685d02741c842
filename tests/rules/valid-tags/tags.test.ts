import { rules } from "../../../src/rules/index.ts";
import { ruleTester, verdicts } from "../../support/verdicts.ts";

verdicts("valid-tags", "what the tags are for", {
  "@mustCall": {
    fine: {
      "on a class": `
/** @mustCall close */
export class Door { close(): void {} }`,
      "on a class, several names and a text": `
/** A door.
 *
 * @mustCall close, [Symbol.dispose] - one of them
 */
export class Door { close(): void {} [Symbol.dispose](): void {} }`,
      "on an interface and a type": `
/** @mustCall close */
export interface Door { close(): void }
/** @mustCall close */
export type Gate = { close(): void };`,
      "on functions": `
interface Door { close(): void }
declare const door: Door;
/** @mustCall close */
export function open(): Door { return door; }
/** @mustCall close */
export const openSoon = async (): Promise<Door> => door;
/** @mustCall () */
export const watch = (): (() => void) => () => {};
/** @mustCall close */
export function openMaybe(): Door | undefined { return door; }
export class House {
  /** @mustCall close */
  open(): Door { return door; }
}`,
      "on what a package declares": `
/** @mustCall close */
export class Door { close(): void {} }
export abstract class Base {
  /** @mustCall close */
  abstract open(): Door;
}
export interface Doors {
  /** @mustCall close */
  open(): Door;
  /** @mustCall close */
  openLater: () => Promise<Door>;
}`,
      "where the result is not known": `
declare const anything: any;
/** @mustCall close */
export function open() { return anything; }`,
    },
    leak: {
      "without a name": `
/** @mustCall */ //! nameless
export class Door { close(): void {} }`,
      "with a name that is only text": `
/**
 * @mustCall - it has to be closed //! nameless
 */
export class Door { close(): void {} }`,
      "of a member that is not there": `
/** @mustCall clsoe */ //! unknownMember
export class Door { close(): void {} }`,
      "of a member that the result does not have": `
interface Door { close(): void }
declare const door: Door;
/** @mustCall shut */ //! unknownMember
export const open = async (): Promise<Door> => door;`,
      "to be called itself, which it cannot": `
/** @mustCall () */ //! unknownMember
export class Door { close(): void {} }`,
      "on a parameter, a field, a constructor, a getter": `
interface Door { close(): void }
export class House {
  /** @mustCall close */ //! misplaced
  front: Door | undefined;
  /** @mustCall close */ //! misplaced
  constructor(
    /** @mustCall close */ //! misplaced
    door: Door,
  ) {
    this.front = door;
  }
  /** @mustCall close */ //! misplaced
  get back(): Door | undefined { return this.front; }
}`,
    },
  },
  "@owning and @notOwning": {
    fine: {
      "on parameters, by name": `
interface Door { close(): void }
/**
 * @param door is closed later
 * @owning door
 * @notOwning other - it is only looked at
 */
export function keep(door: Door, other: Door): void { console.log(door, other); }
export class House {
  /** @owning door */
  constructor(door: Door) { console.log(door); }
}`,
      "on parameters themselves": `
interface Door { close(): void }
export function keep(/** @owning */ door: Door, /** @notOwning it is only looked at */ other: Door): void { console.log(door, other); }
export const keepAll = (/** @owning */ ...doors: Door[]): void => { console.log(doors); };`,
      "on fields and results": `
interface Door { close(): void }
declare const door: Door;
export class House {
  /** @owning */
  front = door;
  /** @notOwning */
  private back?: Door;
  /** @notOwning */
  current(): Door { return this.back ?? this.front; }
}
/** @owning */
export function take(): Door { return door; }`,
    },
    leak: {
      "on a class, an interface, a variable": `
/** @owning */ //! misplaced
export class Door { close(): void {} }
/** @notOwning */ //! misplaced
export interface Gate { close(): void }
/** @owning */ //! misplaced
export const door = new Door();`,
      "on a constructor without a name": `
export class House {
  /** @owning */ //! misplaced
  constructor(door: object) { console.log(door); }
}`,
      "of a parameter that is not there": `
/** @owning dor */ //! unknownParameter
export function keep(door: object): void { console.log(door); }`,
      "of no parameter at all": `
/** @owning the caller closes it */ //! unknownParameter
export function take(): object { return {}; }`,
      "both of one thing": `
/**
 * @owning door
 * @notOwning door //! contradictory
 */
export function keep(door: object): void { console.log(door); }`,
    },
  },
  "a tag that is nearly one": {
    leak: {
      "in another case": `
/** @mustcall close */ //! misspelt
export class Door { close(): void {} }`,
      "with a typing error": `
export function keep(/** @ownning */ door: object): void { console.log(door); } //! misspelt`,
      "in another form": `
export function keep(/** @owned */ door: object, /** @notOwned */ other: object): void { console.log(door, other); } //! misspelt misspelt`,
    },
    fine: {
      "that belongs to other tools": `
/**
 * @owner team
 * @callback Listener
 * @must read this
 * @override
 * @returns nothing
 */
export function keep(): void {}`,
    },
  },
  "a comment that stands on nothing": {
    leak: {
      "at the end of a file": `
export const answer = 42;
/** @mustCall close */ //! misplaced`,
      "before a statement": `
declare const door: { close(): void };
/** @owning */ //! misplaced
door.close();`,
      "inside an expression": `
export const list = [/** @owning */ 1]; //! misplaced`,
    },
    fine: {
      "that is no doc comment": `
// @owning
/* @mustCall close */
export const answer = 42;`,
      "that is text": `
export const code = "/** @owning */";
export const more = \`
/** @mustCall */
class Door {}
\`;`,
    },
  },
});

const message = (code: string, text: string) => ({
  code,
  errors: [{ message: text } as never],
});

ruleTester.run("valid-tags: what it says", rules["valid-tags"], {
  valid: [],
  invalid: [
    {
      code: "/** @mustcall close */\nexport class Door { close(): void {} }",
      errors: [
        {
          message: "'@mustcall' says nothing. Write '@mustCall'.",
          suggestions: [
            {
              desc: "Write '@mustCall'.",
              output: "/** @mustCall close */\nexport class Door { close(): void {} }",
            },
          ],
        },
      ],
    } as never,
    message(
      "/** @owning */\nexport class Door { close(): void {} }",
      "'@owning' says nothing on a class, interface or type. Write @mustCall there, with the methods that release it.",
    ),
    message(
      "/** @mustCall shut */\nexport class Door { close(): void {} }",
      "Door has no member 'shut'. Name a method of it that releases.",
    ),
    message(
      "/** @owning dor */\nexport function keep(door: object, other: object): void { console.log(door, other); }",
      "'dor' is no parameter of this function. Name 'door' or 'other', or write a dash before a text.",
    ),
  ],
});
