import { verdicts } from "../../support/verdicts.ts";

verdicts("no-unclosed-disposable", "tags on declarations without a body", {
  "a class that must be called": {
    leak: {
      "never called": `
import { Line } from "./kit/tagged.js";
export function f(): string {
  const line = new Line(); //! neverReleased
  return line.number;
}`,
      "another method": `
import { Line } from "./kit/tagged.js";
export function f(ready: boolean): void {
  const line = new Line(); //! notReleasedOnPath
  if (ready) line.drop();
}`,
      "a subclass": `
import { Line } from "./kit/tagged.js";
class Loud extends Line {}
export function f(): string {
  const line = new Loud(); //! neverReleased
  return line.number;
}`,
      "made by a function": `
import { dial } from "./kit/tagged.js";
export async function f(): Promise<string> {
  const line = await Promise.resolve(dial("1"));
  line.drop();
  const other = new (await import("./kit/tagged.js")).Line(); //! neverReleased
  return other.number;
}`,
    },
    fine: {
      "the first name": `
import { Line } from "./kit/tagged.js";
export function f(): void {
  const line = new Line();
  line.hangUp();
}`,
      "the second name": `
import { Line } from "./kit/tagged.js";
export function f(): void {
  const line = new Line();
  line.drop();
}`,
      "looked up": `
import { currentLine } from "./kit/tagged.js";
export function f(): string {
  const line = currentLine();
  return line.number;
}`,
    },
  },
  "an interface or type that must be called": {
    leak: {
      interface: `
import { makeTicker } from "./kit/tagged.js";
export function f(): number {
  const ticker = makeTicker(); //! neverReleased
  return ticker.ticks;
}`,
      type: `
import { makeCounter } from "./kit/tagged.js";
export async function f(): Promise<number> {
  const counter = await makeCounter(); //! neverReleased
  return counter.count;
}`,
      implemented: `
import type { Ticker } from "./kit/tagged.js";
class Own implements Ticker {
  ticks = 0;
  stop(): void {
    this.ticks++;
  }
}
export function f(): number {
  const own = new Own(); //! neverReleased
  return own.ticks;
}`,
    },
    fine: {
      interface: `
import { makeTicker } from "./kit/tagged.js";
export function f(): void {
  const ticker = makeTicker();
  ticker.stop();
}`,
      type: `
import { makeCounter } from "./kit/tagged.js";
export async function f(): Promise<void> {
  const counter = await makeCounter();
  counter.stop();
}`,
    },
  },
  "a function whose result must be called": {
    leak: {
      function: `
import { plain } from "./kit/tagged.js";
export function f(): number {
  const one = plain(); //! neverReleased
  return one.size;
}`,
      "constant, awaited": `
import { plainLater } from "./kit/tagged.js";
export async function f(): Promise<number> {
  const one = await plainLater(); //! neverReleased
  return one.size;
}`,
      "the result is a function": `
import { watch } from "./kit/tagged.js";
export function f(): void {
  const stop = watch(() => {}); //! neverReleased
  console.log(typeof stop);
}`,
      dropped: `
import { watch } from "./kit/tagged.js";
export function f(): void {
  watch(() => {}); //! resultDropped
}`,
    },
    fine: {
      function: `
import { plain } from "./kit/tagged.js";
export function f(): void {
  const one = plain();
  one.finish();
}`,
      "constant, awaited": `
import { plainLater } from "./kit/tagged.js";
export async function f(): Promise<void> {
  const one = await plainLater();
  one.finish();
}`,
      "the result is a function": `
import { watch } from "./kit/tagged.js";
export function f(): void {
  const stop = watch(() => {});
  stop();
}`,
      returned: `
import { watch } from "./kit/tagged.js";
export const f = (): (() => void) => watch(() => {});`,
    },
  },
  "a result that is owned or lent": {
    leak: {
      "owned, under a name that looks up": `
import { lineOf } from "./kit/tagged.js";
export function f(): string {
  const line = lineOf("1"); //! neverReleased
  return line.number;
}`,
    },
    fine: {
      "lent, under a name that makes": `
import { openLine } from "./kit/tagged.js";
export function f(): string {
  const line = openLine("1");
  return line.number;
}`,
    },
  },
  "a parameter that owns": {
    fine: {
      "named on the function": `
import { adopt, Line } from "./kit/tagged.js";
export function f(): void {
  adopt(new Line());
}`,
      inline: `
import { adoptInline, Line } from "./kit/tagged.js";
export function f(): void {
  const line = new Line();
  adoptInline(line);
}`,
      "any of the rest": `
import { adoptAll, Line } from "./kit/tagged.js";
export function f(): void {
  const line = new Line("1");
  adoptAll(...[], line);
}`,
      "of a constructor": `
import { Line, Switchboard } from "./kit/tagged.js";
export function f(): Switchboard {
  const line = new Line();
  return new Switchboard(line);
}`,
      "of a method": `
import { Line, type Switchboard } from "./kit/tagged.js";
export function f(board: Switchboard): void {
  board.plug(new Line());
}`,
    },
    leak: {
      "on one path": `
import { adopt, Line } from "./kit/tagged.js";
export function f(ready: boolean): void {
  const line = new Line(); //! notReleasedOnPath
  if (ready) adopt(line);
}`,
    },
  },
  "a parameter that only borrows": {
    leak: {
      "named on the function": `
import { Line, show } from "./kit/tagged.js";
export function f(): void {
  const line = new Line(); //! neverReleased
  show(line);
}`,
      "of a constructor": `
import { Line, Switchboard } from "./kit/tagged.js";
export function f(first: Line): Switchboard {
  const line = new Line(); //! neverReleased
  return new Switchboard(first, line);
}`,
      "of a method": `
import { Line, type Switchboard } from "./kit/tagged.js";
export function f(board: Switchboard): boolean {
  const line = new Line(); //! neverReleased
  return board.test(line);
}`,
    },
    fine: {
      "released behind it": `
import { Line, show } from "./kit/tagged.js";
export function f(): void {
  const line = new Line();
  try {
    show(line);
  } finally {
    line.hangUp();
  }
}`,
    },
  },
  "a parameter without a tag": {
    strict: {
      unknown: `
import { Line, look } from "./kit/tagged.js";
export function f(): void {
  const line = new Line(); //! neverReleased
  look(line);
}`,
    },
  },
});

verdicts("no-unclosed-disposable", "tags on functions with a body", {
  "a parameter": {
    fine: {
      "owns, and the body releases": `
import { open, type Handle } from "./kit/handles.js";
/** @owning handle */
function finish(handle: Handle): void {
  handle.close();
}
export function f(): void {
  finish(open());
}`,
      "owns, and the body hands it on": `
import { type Handle } from "./kit/handles.js";
const all: Handle[] = [];
export const keep = (/** @owning */ handle: Handle): void => {
  all.push(handle);
};`,
      "owns, when it is given at all": `
import { type Handle } from "./kit/handles.js";
/** @owning handle */
export function finish(handle?: Handle): void {
  if (handle === undefined) return;
  handle.close();
}`,
      "without a tag is the caller's": `
import { type Handle } from "./kit/handles.js";
export function show(handle: Handle): void {
  console.log(handle.read());
}`,
    },
    leak: {
      "owns, and the body only uses it": `
import { open, type Handle } from "./kit/handles.js";
/** @owning handle */
function note(handle: Handle): void { //! neverReleased
  console.log(handle.read());
}
export function f(): void {
  note(open());
}`,
      "owns, in an arrow function": `
import { open, type Handle } from "./kit/handles.js";
const note = (/** @owning */ handle: Handle): void => { //! neverReleased
  console.log(handle.read());
};
export function f(): void {
  note(open());
}`,
      "owns, in a method, on one path": `
import { type Handle } from "./kit/handles.js";
export class Notes {
  /** @owning handle */
  take(handle: Handle, keep: boolean): void { //! notReleasedOnPath
    if (keep) return;
    handle.close();
  }
}`,
      "borrows, whatever the body does": `
import { open, type Handle } from "./kit/handles.js";
const all: Handle[] = [];
/** @notOwning handle */
function list(handle: Handle): void {
  all.push(handle);
}
export function f(): void {
  list(open()); //! resultDropped
}`,
      "borrows, in a method": `
import { open, type Handle } from "./kit/handles.js";
class List {
  private all: Handle[] = [];
  add(/** @notOwning */ handle: Handle): void {
    this.all.push(handle);
  }
}
export function f(list: List): void {
  const handle = open(); //! neverReleased
  list.add(handle);
}`,
    },
  },
  "a result": {
    fine: {
      "is lent, though the body makes it": `
import { open, type Handle } from "./kit/handles.js";
/** @notOwning */
function shared(): Handle {
  return open();
}
export function f(): string {
  return shared().read();
}`,
    },
    leak: {
      "is owned, though the body looks it up": `
import { type Handle } from "./kit/handles.js";
const all: Handle[] = [];
/** @owning */
const take = (): Handle => all[0]!;
export function f(): string {
  const handle = take(); //! neverReleased
  return handle.read();
}`,
    },
  },
  "a class of the program": {
    leak: {
      "must be called": `
/** @mustCall shut */
class Gate {
  isOpen = true;
  shut(): void {
    this.isOpen = false;
  }
}
export function f(): boolean {
  const gate = new Gate(); //! neverReleased
  return gate.isOpen;
}`,
    },
    fine: {
      "is called": `
/** @mustCall shut */
class Gate {
  isOpen = true;
  shut(): void {
    this.isOpen = false;
  }
}
export function f(): void {
  const gate = new Gate();
  gate.shut();
}`,
    },
  },
});
