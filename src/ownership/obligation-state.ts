/**
 * The abstract domain of the obligation analysis, for one resource at a time.
 *
 * Facts. At a program point the resource is absent (bottom: nothing acquired on any path that leads
 * here), or it is in one or more of these ways present:
 * - held, described by at most {@link maximalDisjuncts} disjuncts. A disjunct says under which names
 *   the resource is reachable (its aliases), which conditions were decided on the way (its guards),
 *   whether it owes yet (`armed`), and how sure it is that a run comes here with it held (its
 *   strength, with the events that weakened it);
 * - ended: released, kept by another owner, or returned. Ended facts only say that it happened.
 *
 * Transfer. Acquiring makes one disjunct on the normal edge. Assignments copy and kill aliases
 * (strong updates). A release, whether it returns or throws, ends every disjunct that has the
 * released name. A transfer does the same. An exceptional edge weakens the strength.
 *
 * Join. The union of disjuncts; disjuncts with equal aliases and guards become one with the surer
 * strength. Beyond the limit, two disjuncts are merged into the intersection of their aliases and
 * guards.
 *
 * Unsound towards silence: aliases through paths longer than the limit, aliases made by code that
 * cannot be seen, and `eval` are not followed, and what cannot be followed counts as transferred.
 * Unsound towards noise: a merge can lose an alias under which the resource is released later; the
 * limit makes this need more than four histories at one point.
 *
 * Borrowed from the Checker Framework's must-call consistency analysis: the resource alias sets and
 * the separation of normal and exceptional exits
 * (https://checkerframework.org/manual/#resource-leak-checker).
 */
import type ts from "typescript";
import { anyElement } from "../flow/graph.ts";
import {
  type AccessPath,
  behind,
  extend,
  isSymbol,
  keyOf,
  maximalLength,
  type Root,
} from "./access-path.ts";

/** How sure it is that the resource is held when control comes here. */
export const strengths = ["possible", "likely", "sure"] as const;
export type Strength = (typeof strengths)[number];

export const maximalDisjuncts = 4;
/** How many weakening events or exits a disjunct remembers for its message. */
const maximalWitnesses = 8;

export interface Disjunct {
  readonly aliases: ReadonlyMap<string, AccessPath>;
  /** Keys of conditions (see `conditions.ts`) with their decided truth. */
  readonly guards: ReadonlyMap<string, boolean>;
  readonly armed: boolean;
  readonly strength: Strength;
  /** Events that threw on the way here, when the strength is weaker than `sure`. */
  readonly via: readonly ts.Node[];
  /** The `return` that was taken, once one was. */
  readonly exits: readonly ts.Node[];
  /**
   * Of a counted resource: so many references were taken of it after this one. The last that was taken
   * is the first to be given back. {@link many} and more are not told apart.
   */
  readonly taken?: number;
}

/** So many references are no longer counted: whatever gives one back may be the last to do so. */
const many = 4;

/** One more reference was taken of what is held. */
export function takeAnother(disjunct: Disjunct): Disjunct {
  return { ...disjunct, taken: Math.min((disjunct.taken ?? 0) + 1, many) };
}

/** One reference was given back, of several; undefined where it may have been the last. */
export function giveBackAnother(disjunct: Disjunct): Disjunct | undefined {
  const { taken = 0 } = disjunct;
  return taken === 0 || taken === many ? undefined : { ...disjunct, taken: taken - 1 };
}

/**
 * How an obligation ended on some path. A set of these, as bits. `handed` is kept by a function or an
 * object with functions that is the result: who has that result can release.
 */
export const Ended = { released: 1, kept: 2, returned: 4, hidden: 8, handed: 16 } as const;

export interface State {
  readonly held: readonly Disjunct[];
  readonly ended: number;
}

export const absent: State = { held: [], ended: 0 };

export function isAbsent(state: State): boolean {
  return state.held.length === 0 && state.ended === 0;
}

export function freshDisjunct(
  aliases: readonly AccessPath[],
  guards: ReadonlyMap<string, boolean>,
  armed: boolean,
): Disjunct {
  return {
    aliases: new Map(aliases.map((path) => [keyOf(path), path])),
    guards,
    armed,
    strength: "sure",
    via: [],
    exits: [],
  };
}

export function atLeast(strength: Strength, limit: Strength): boolean {
  return strengths.indexOf(strength) >= strengths.indexOf(limit);
}

/** The surest of several; undefined where none is. */
export function strongest(strengths: readonly (Strength | undefined)[]): Strength | undefined {
  if (strengths.includes("sure")) return "sure";
  if (strengths.includes("likely")) return "likely";
  return strengths.includes("possible") ? "possible" : undefined;
}

/** The disjunct behind an exceptional edge that `event` takes. */
export function weaken(disjunct: Disjunct, strength: Strength, event: ts.Node): Disjunct {
  if (atLeast(strength, disjunct.strength)) return disjunct;
  return { ...disjunct, strength, via: [event] };
}

/** Code that catches an exception and goes on expected it. */
export function recover(disjunct: Disjunct): Disjunct {
  return disjunct.strength === "possible" ? { ...disjunct, strength: "likely" } : disjunct;
}

// ---- aliases

export function hasAlias(disjunct: Disjunct, path: AccessPath): boolean {
  if (disjunct.aliases.has(keyOf(path))) return true;
  for (const alias of disjunct.aliases.values()) if (behind(path, alias)?.length === 0) return true;
  return false;
}

/** The paths from `prefix` to the resource: `[]` when `prefix` is the resource itself. */
export function membersBehind(
  disjunct: Disjunct,
  prefix: AccessPath,
): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  for (const alias of disjunct.aliases.values()) {
    const rest = behind(prefix, alias);
    if (rest !== undefined) found.push(rest);
  }
  return found;
}

export function reaches(disjunct: Disjunct, prefix: AccessPath): boolean {
  for (const alias of disjunct.aliases.values())
    if (behind(prefix, alias) !== undefined) return true;
  return false;
}

/** What `from` reaches is reachable through `to` as well. */
export function copyAliases(disjunct: Disjunct, from: AccessPath, to: AccessPath): Disjunct {
  let aliases: Map<string, AccessPath> | undefined;
  for (const alias of disjunct.aliases.values()) {
    const rest = behind(from, alias);
    if (rest === undefined) continue;
    const copy = extend(to, rest);
    if (copy.members.length > maximalLength) continue;
    const key = keyOf(copy);
    if (disjunct.aliases.has(key)) continue;
    aliases ??= new Map(disjunct.aliases);
    aliases.set(key, copy);
  }
  return aliases === undefined ? disjunct : { ...disjunct, aliases };
}

/** The resource is reachable under one more path. */
export function withAlias(disjunct: Disjunct, path: AccessPath): Disjunct {
  return { ...disjunct, aliases: new Map(disjunct.aliases).set(keyOf(path), path) };
}

/**
 * `path` no longer holds what it held. Some element of a collection survives what replaces the
 * element with one index, and what replaces some element replaces none for sure.
 */
export function killAliases(disjunct: Disjunct, path: AccessPath): Disjunct {
  let aliases: Map<string, AccessPath> | undefined;
  for (const [key, alias] of disjunct.aliases) {
    if (alias.root !== path.root) continue;
    const replaced = path.members.every(
      (member, index) => member !== anyElement && member === alias.members[index],
    );
    if (!replaced) continue;
    aliases ??= new Map(disjunct.aliases);
    aliases.delete(key);
  }
  return aliases === undefined ? disjunct : { ...disjunct, aliases };
}

/** The collection at `path` holds nothing any more, or nothing under the key that ends the path. */
export function dropBehind(disjunct: Disjunct, path: AccessPath): Disjunct {
  const aliases = new Map(
    [...disjunct.aliases].filter(([, alias]) => {
      const replaced = path.members.every((member, index) => member === alias.members[index]);
      return alias.root !== path.root || !replaced;
    }),
  );
  return aliases.size === disjunct.aliases.size ? disjunct : { ...disjunct, aliases };
}

export function withGuard(disjunct: Disjunct, key: string, value: boolean): Disjunct {
  if (disjunct.guards.get(key) === value) return disjunct;
  return { ...disjunct, guards: new Map(disjunct.guards).set(key, value) };
}

export function withoutGuards(disjunct: Disjunct, drop: (key: string) => boolean): Disjunct {
  const keys = [...disjunct.guards.keys()].filter(drop);
  if (keys.length === 0) return disjunct;
  const guards = new Map(disjunct.guards);
  for (const key of keys) guards.delete(key);
  return { ...disjunct, guards };
}

// ---- join

/** Least upper bound. The result is the same whatever the order of the operands. */
export function join(a: State, b: State): State {
  if (isAbsent(a)) return b;
  if (isAbsent(b)) return a;
  return { held: mergeDisjuncts([...a.held, ...b.held]), ended: a.ended | b.ended };
}

export function mergeDisjuncts(disjuncts: readonly Disjunct[]): readonly Disjunct[] {
  if (disjuncts.length < 2) return disjuncts;
  const byKey = new Map<string, Disjunct>();
  for (const disjunct of disjuncts) {
    const key = keyOfDisjunct(disjunct);
    const twin = byKey.get(key);
    byKey.set(key, twin === undefined ? disjunct : unite(twin, disjunct));
  }
  return byKey.size > maximalDisjuncts ? limit(byKey) : [...byKey.values()];
}

/** Merges the last in an order that depends neither on the operands nor on who asked first. */
function limit(byKey: ReadonlyMap<string, Disjunct>): readonly Disjunct[] {
  const all = [...byKey.values()];
  const merged = all
    .filter((one) => !all.some((other) => other !== one && covers(other, one)))
    .map((disjunct) => ({ disjunct, place: placeOf(disjunct) }))
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
    .map(({ disjunct }) => disjunct);
  while (merged.length > maximalDisjuncts) {
    const last = merged.pop();
    const previous = merged.pop();
    if (last !== undefined && previous !== undefined) merged.push(intersect(previous, last));
  }
  return merged;
}

/** Wherever `a` is released or ruled out, `b` is; and `a` is at least as sure and says as much. */
function covers(a: Disjunct, b: Disjunct): boolean {
  for (const key of a.aliases.keys()) if (!b.aliases.has(key)) return false;
  return coversButNames(a, b);
}

function coversButNames(a: Disjunct, b: Disjunct): boolean {
  if (!atLeast(a.strength, b.strength) || (b.armed && !a.armed)) return false;
  if ((a.taken ?? 0) < (b.taken ?? 0)) return false;
  for (const [key, value] of a.guards) if (b.guards.get(key) !== value) return false;
  return (
    b.exits.every((node) => a.exits.includes(node)) &&
    (a.strength !== b.strength || b.via.every((node) => a.via.includes(node)))
  );
}

/**
 * Texts for the aliases or the guards of disjuncts, each written once: the maps never change, and most
 * disjuncts share theirs with the one that they were made of.
 */
function writtenOnce<Part extends object>(write: (part: Part) => string): (part: Part) => string {
  const written = new WeakMap<Part, string>();
  return (part) => {
    let text = written.get(part);
    if (text === undefined) {
      text = write(part);
      written.set(part, text);
    }
    return text;
  };
}

const placeOfAliases = writtenOnce((aliases: Disjunct["aliases"]) =>
  [...aliases.values()]
    .map(({ root, members }) => `${String(positionOf(root))}.${members.join(".")} `)
    .sort()
    .join(""),
);

const placeOfGuards = writtenOnce((guards: Disjunct["guards"]) =>
  [...guards]
    .map(([key, value]) => `${key.replaceAll(/#\d+/g, "#")}=${String(value)} `)
    .sort()
    .join(""),
);

/** Where the names are declared; ids of roots tell them apart but have no order. */
function placeOf({ aliases, guards, armed, strength, taken = 0 }: Disjunct): string {
  return `${placeOfAliases(aliases)}${placeOfGuards(guards)}${String(armed)} ${strength} ${String(taken)}`;
}

function positionOf(root: Root): number {
  const node: Partial<ts.Node> | undefined = isSymbol(root) ? root.declarations?.[0] : root;
  return node?.pos ?? -1;
}

const keyOfAliases = writtenOnce((aliases: Disjunct["aliases"]) =>
  [...aliases.keys()].sort().join(","),
);

const keyOfGuards = writtenOnce((guards: Disjunct["guards"]) =>
  [...guards]
    .map(([key, value]) => `${key}=${String(value)}`)
    .sort()
    .join(","),
);

function keyOfDisjunct({ aliases, guards, armed, taken = 0 }: Disjunct): string {
  return `${keyOfAliases(aliases)}|${keyOfGuards(guards)}|${String(armed)}|${String(taken)}`;
}

function unite(a: Disjunct, b: Disjunct): Disjunct {
  const exits = union(a.exits, b.exits);
  if (a.strength === b.strength) {
    const via = union(a.via, b.via);
    return via === a.via && exits === a.exits ? a : { ...a, via, exits };
  }
  const surer = atLeast(a.strength, b.strength) ? a : b;
  return surer.exits === exits ? surer : { ...surer, exits };
}

function intersect(a: Disjunct, b: Disjunct): Disjunct {
  const common = unite(a, b);
  const aliases = new Map([...a.aliases].filter(([key]) => b.aliases.has(key)));
  return {
    ...common,
    // Without a common name the surer history is kept: losing every name would look like a leak.
    aliases: aliases.size > 0 ? aliases : common.aliases,
    guards: new Map([...a.guards].filter(([key, value]) => b.guards.get(key) === value)),
    armed: a.armed || b.armed,
    taken: Math.max(a.taken ?? 0, b.taken ?? 0),
  };
}

/** Nodes of both lists in source order, without repetition. */
function union(a: readonly ts.Node[], b: readonly ts.Node[]): readonly ts.Node[] {
  if (b.every((node) => a.includes(node))) return a;
  const all = [...new Set([...a, ...b])].sort((x, y) => x.pos - y.pos || x.end - y.end);
  return all.slice(0, maximalWitnesses);
}

/**
 * Whether joining `next` into `known` would change nothing that counts. At the limit a history under
 * other names alone does not count: which names survive a merge could change for ever.
 */
export function includes(known: State, next: State): boolean {
  if ((known.ended & next.ended) !== next.ended) return false;
  if (next.held.every((one) => known.held.includes(one))) return true;
  if (
    known.held.length === maximalDisjuncts &&
    next.held.every((one) => known.held.some((other) => coversButNames(other, one)))
  ) {
    return true;
  }
  const joined = join(known, next);
  if (sameDisjuncts(joined.held, known.held)) return true;
  return fingerprint(known) === fingerprint(joined);
}

/** The very same objects in the same order. */
export function sameDisjuncts(a: readonly Disjunct[], b: readonly Disjunct[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

function fingerprint(state: State): string {
  return state.held
    .map(
      (disjunct) =>
        `${keyOfDisjunct(disjunct)}|${disjunct.strength}|${disjunct.via.map((n) => n.pos).join()}|${disjunct.exits.map((n) => n.pos).join()}`,
    )
    .sort()
    .join("\n");
}
