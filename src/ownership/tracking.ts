/**
 * What following one resource through one function needs and yields, and what its parts share.
 */
import type ts from "typescript";
import type { FlowGraph } from "../flow/graph.ts";
import type { Start } from "../flow/solve.ts";
import type { ResourceKind } from "../resources/kind.ts";
import type { AccessPath, Root } from "./access-path.ts";
import type { Bindings } from "./bindings.ts";
import type { Environment } from "./environment.ts";
import { absent, type Disjunct, type State } from "./obligation-state.ts";
import type { Summaries } from "./summaries.ts";

/** The roots of an owner's fields: an object that has them for members, or a variable that is one itself. */
export type FieldRoots = ReadonlyMap<Root, "object" | "variable">;

/** What is followed, and as what. */
export interface Tracked {
  readonly kind: ResourceKind;
  readonly graph: FlowGraph;
  readonly starts: readonly Start<State>[];
  /** The acquiring call; undefined when the resource comes in as a parameter or a captured variable. */
  readonly site: ts.Node | undefined;
  /** The call in whose value the resource comes, when it runs again the value is another resource. */
  readonly call: ts.Node | undefined;
  /** It stands for every element of a collection that one call made. */
  readonly oneOfMany?: boolean;
  /** What the caller passes for parameters that the function calls. */
  readonly bindings?: Bindings;
  /** What is followed owes nothing until one of these calls has run. */
  readonly owesAfter?: ReadonlySet<ts.Node>;
  /** Fields that are followed as names of the resource instead of counting as another owner. */
  readonly fieldRoots?: FieldRoots;
  /** Roots that stand for one object, as `this` and the name of the class do in static members. */
  readonly sameObject?: readonly Root[];
  /** The resource may be an element of a collection, and what removes an element removes this one. */
  readonly losesElements?: true;
  /** Functions that nobody can look into only borrow it. */
  readonly isLent?: true;
  /** A call by which the resource is lost, if it is still held when it runs. */
  readonly lostAt?: ts.Node | undefined;
}

/** Something else was put in its place, or it was taken out of its collection. */
export type Drop = "overwritten" | "removed";

/** A point where the last name of a live resource went away. */
export interface Loss {
  readonly node: ts.Node;
  readonly how: Drop;
  readonly disjunct: Disjunct;
}

export interface Outcome {
  /** The function was too entangled to be followed: nothing can be said. */
  readonly unknown: boolean;
  readonly atEnd: State;
  readonly atThrow: State;
  readonly atAbandon: State;
  readonly losses: readonly Loss[];
  /** Below which members of the returned value the resource was found, as joined paths. */
  readonly returnedAs: ReadonlySet<string>;
  /** The ways in which the returned value releases it: members that are functions, or itself (empty). */
  readonly releasers: ReadonlySet<string>;
  /** The calls that release it on some path. */
  readonly releasedBy: readonly ts.Node[];
  /** Returns of a type that hides how to release the resource. */
  readonly hiddenReturns: readonly ts.Node[];
  /** Calls that only look like a release, or release the wrong way. */
  readonly wrongReleases: readonly ts.CallExpression[];
  /** `pipe` calls that leave the resource open when the other stream fails. */
  readonly pipes: readonly ts.CallExpression[];
  /** Returned promises of several resources that lose the others when one rejects. */
  readonly siblings: readonly ts.Node[];
  /** Sets of fields that were its only names while its acquisition was awaited. */
  readonly pendingIn: readonly (readonly AccessPath[])[];
  /** Fields of the owner that named the resource where the function returned. */
  readonly namedAtReturn: readonly AccessPath[];
  /** A function that nobody can look into was given it, and counts as its owner. */
  readonly guessed: boolean;
  /** Some disjunct was armed: the resource owed something at all. */
  readonly owed: boolean;
}

const nothing: Outcome = {
  unknown: false,
  atEnd: absent,
  atThrow: absent,
  atAbandon: absent,
  losses: [],
  returnedAs: new Set(),
  releasers: new Set(),
  releasedBy: [],
  hiddenReturns: [],
  wrongReleases: [],
  pipes: [],
  siblings: [],
  pendingIn: [],
  namedAtReturn: [],
  guessed: false,
  owed: false,
};

export const unknownOutcome: Outcome = { ...nothing, unknown: true };

/** What is noticed on the way and is no part of the state. */
export class Notes {
  readonly losses = new Map<string, Loss>();
  readonly returnedAs = new Set<string>();
  readonly releasers = new Set<string>();
  readonly releasedBy = new Set<ts.Node>();
  readonly hiddenReturns = new Set<ts.Node>();
  readonly wrongReleases = new Set<ts.CallExpression>();
  readonly siblings = new Set<ts.Node>();
  readonly pendingIn = new Map<string, readonly AccessPath[]>();
  readonly namedAtReturn = new Map<string, AccessPath>();
  readonly pipes = new Set<ts.CallExpression>();
  guessed = false;

  /** A resource that owed something lost its last name. */
  lost(node: ts.Node, disjunct: Disjunct, how: Drop = "overwritten"): void {
    const key = `${String(node.pos)}:${String(node.end)}`;
    if (this.losses.get(key)?.disjunct.strength !== "sure")
      this.losses.set(key, { node, disjunct, how });
  }
}

/** What the parts of the tracker and the call effects know of the resource that is followed. */
export interface TrackingContext {
  readonly tracked: Tracked;
  readonly environment: Environment;
  readonly summaries: Summaries;
  readonly notes: Notes;
  /** The resource came into a constructor, where `this` is a part of what is made. */
  readonly inConstructor: boolean;
  readonly isLocal: (root: Root) => boolean;
}

/** The states behind an event. */
export interface Step {
  readonly normal: State;
  readonly thrown: State | undefined;
}

/** What an event that cannot throw makes of one disjunct. */
export interface Applied {
  readonly held: readonly Disjunct[];
  readonly ended: number;
}

export function keeps(disjunct: Disjunct): Applied {
  return { held: [disjunct], ended: 0 };
}

export function ended(bits: number): Applied {
  return { held: [], ended: bits };
}
