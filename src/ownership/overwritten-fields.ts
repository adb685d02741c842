/**
 * Where an owner loses a resource that it holds in a field: it fills the field again while the old
 * value is live, or takes an element out of a collection and lets it go.
 */
import ts from "typescript";
import type { FlowGraph, FlowUnit } from "../flow/graph.ts";
import type { Start } from "../flow/solve.ts";
import { isHidden } from "../typescript/modifiers.ts";
import { isInside } from "../typescript/syntax.ts";
import { callsOfMember, type Member, memberName } from "./class-members.ts";
import type { Environment } from "./environment.ts";
import { type AccessPath, keyOf } from "./access-path.ts";
import { codeAround } from "./find-acquisitions.ts";
import { type Disjunct, Ended, freshDisjunct, type State } from "./obligation-state.ts";
import { firstEvents } from "../resources/emitters.ts";
import { isLatched } from "./latches.ts";
import { beginsInstance } from "./release-methods.ts";
import { holdsMany, type OwnedField } from "./owned-fields.ts";
import type { Fault, Owner } from "./field-verdicts.ts";
import type { Summaries } from "./summaries.ts";
import { trackObligation } from "./track-obligation.ts";
import type { FieldRoots, Outcome } from "./tracking.ts";

/** How many private methods are looked through for a caller that may run again. */
const callerDepth = 3;

export class LostFields {
  private readonly owner: Owner;
  private readonly roots: FieldRoots;
  private readonly environment: Environment;
  private readonly summaries: Summaries;

  /** @param roots under which the owner's fields are reached */
  constructor(owner: Owner, roots: FieldRoots, environment: Environment, summaries: Summaries) {
    this.owner = owner;
    this.roots = roots;
    this.environment = environment;
    this.summaries = summaries;
  }

  /**
   * How the owner loses what is in the field; undefined where nothing shows that it does.
   *
   * @param all the acquisitions that fill its fields
   */
  faultOf(field: OwnedField, all: readonly OwnedField[]): Fault | undefined {
    if (field.kind.grade === "idle") return undefined;
    if (this.replacesOther(field, all) || this.losesOldValue(field)) {
      return { fault: "overwritten", method: field.member, strength: "sure" };
    }
    const dropping = this.dropping(field);
    if (dropping !== undefined) return { fault: "dropped", method: dropping, strength: "sure" };
    if (this.overlaps(field)) {
      return { fault: "overwritten", method: field.member, strength: "possible" };
    }
    return undefined;
  }

  /**
   * The very function that puts a resource into the field puts another one there. The one that comes
   * second is reported, as for a field that an earlier call filled, unless it cannot be named.
   */
  private replacesOther(field: OwnedField, all: readonly OwnedField[]): boolean {
    return all.some((other) =>
      this.lossesOf(other).some((node) => {
        const second = all.find(({ site }) => isInside(site, node)) ?? other;
        return second.site === field.site;
      }),
    );
  }

  private lossesOf({ outcome }: OwnedField): readonly ts.Node[] {
    return outcome.losses.flatMap(({ disjunct, node }) =>
      disjunct.strength === "sure" && !ts.isVariableDeclaration(node) && this.isNamed(disjunct)
        ? [node]
        : [],
    );
  }

  /** Filling the field replaces a value that may be live, in a function that may run again. */
  private losesOldValue(field: OwnedField): boolean {
    const { filledBy, member, site } = field;
    if (member === undefined || isLatched(site, filledBy, this.environment.resolve)) return false;
    if (filledBy === member.code) {
      if (ts.isConstructorDeclaration(member.node)) return false;
      if (!this.loses(filledBy, field)) return false;
      return this.mayRunAgain(member, field, callerDepth);
    }
    if (this.isGivenToUntyped(filledBy) || this.isListenerOf(filledBy, field)) return false;
    return this.loses(filledBy, field);
  }

  /** Whoever runs the function has no type (a package is missing), so nothing tells how often it runs. */
  private isGivenToUntyped({ parent }: ts.Node): boolean {
    const { types } = this.environment;
    return ts.isCallExpression(parent) && types.isAny(types.typeOf(parent.expression));
  }

  // ---- who runs a member

  private callsOf(member: Member): readonly ts.CallExpression[] {
    const { callsOf, declaration } = this.owner;
    return callsOf?.(member) ?? callsOfMember(memberName(member) ?? "", declaration);
  }

  private isHidden(member: Member): boolean {
    return this.owner.isHidden?.(member) ?? isHidden(member.node);
  }

  private begins(member: Member): boolean {
    return this.owner.begins?.(member) ?? beginsInstance(member);
  }

  /** Something shows that a member runs while the field may be live. */
  private mayRunAgain(member: Member, field: OwnedField, depth: number): boolean {
    const calls = this.callsOf(member);
    if (!this.isHidden(member) && !this.begins(member))
      return !holdsMany(field) || calls.length === 0;
    if (depth === 0) return false;
    return calls.some((call) => this.isLiveAt(call, field, depth));
  }

  /** The field may hold a live resource when a call in a member of the owner runs. */
  private isLiveAt(call: ts.CallExpression, field: OwnedField, depth: number): boolean {
    const caller = this.owner.members.find(({ code }) => isInside(call, code));
    const unit = codeAround(call, this.environment);
    if (caller === undefined || unit === undefined || caller.code === field.filledBy) return false;
    const isFirst = ts.isConstructorDeclaration(caller.node);
    if (unit !== caller.code) {
      if (isFirstListener(unit) || this.isListenerOf(unit, field)) return false;
      return this.reachesCall(unit, call, field);
    }
    if (isFirst || !this.reachesCall(unit, call, field)) return false;
    return this.mayRunAgain(caller, field, depth - 1);
  }

  private reachesCall(unit: FlowUnit, call: ts.Node, field: OwnedField): boolean {
    const outcome = this.follow(unit, field, undefined, call);
    return outcome.losses.some(
      ({ node, disjunct }) => node === call && disjunct.strength === "sure",
    );
  }

  /** The function listens to the resource itself: when it runs, that one has ended or is about to. */
  private isListenerOf(unit: ts.Node, field: OwnedField): boolean {
    for (let node = unit; !ts.isSourceFile(node); node = node.parent) {
      if (node === field.member?.code || ts.isClassLike(node)) return false;
      const { parent } = node;
      if (!ts.isCallExpression(parent) || parent.expression === node) continue;
      const { expression: callee } = parent;
      if (!ts.isPropertyAccessExpression(callee)) continue;
      const type = this.environment.types.valueType(callee.expression);
      if (this.environment.recogniser.kindOfType(type)?.id === field.kind.id) return true;
    }
    return false;
  }

  /** A public member that takes an element out and lets it go. */
  private dropping(field: OwnedField): Member | undefined {
    if (!holdsMany(field)) return undefined;
    return this.owner.members.find(
      (member) =>
        !ts.isConstructorDeclaration(member.node) &&
        !this.isHidden(member) &&
        this.callsOf(member).length === 0 &&
        this.loses(member.code, field),
    );
  }

  /** Releases the old value, awaits, and fills the field: a second call may have filled it meanwhile. */
  private overlaps(field: OwnedField): boolean {
    const { filledBy, member, places, kind } = field;
    if (filledBy !== member?.code || holdsMany(field)) return false;
    if (ts.isConstructorDeclaration(member.node) || this.isHidden(member)) return false;
    if (this.begins(member)) return false;
    const releases = this.summaries.effect(member.code, places, kind).normalEnded;
    if ((releases & Ended.released) === 0) return false;
    const graph = this.environment.graph(filledBy);
    return this.isLost(this.follow(filledBy, field, awaitsIn(graph, this.entry(field))));
  }

  private loses(unit: FlowUnit, field: OwnedField): boolean {
    return this.isLost(this.follow(unit, field));
  }

  private isLost(outcome: Outcome): boolean {
    if (outcome.unknown) return false;
    const isSure = ({ strength, armed }: Disjunct): boolean => strength === "sure" && armed;
    return (
      outcome.losses.some(({ disjunct }) => isSure(disjunct)) ||
      outcome.atEnd.held.some((disjunct) => isSure(disjunct) && !this.isNamed(disjunct))
    );
  }

  /** Follows what is in the field when a function of the owner is entered. */
  private follow(
    unit: FlowUnit,
    field: OwnedField,
    starts?: readonly Start<State>[],
    lostAt?: ts.Node,
  ): Outcome {
    const graph = this.environment.graph(unit);
    return trackObligation(
      {
        kind: field.kind,
        graph,
        site: undefined,
        call: undefined,
        losesElements: true,
        sameObject: [...this.roots].flatMap(([root, as]) => (as === "object" ? [root] : [])),
        lostAt,
        starts: starts ?? [{ block: graph.entry, index: 0, state: this.entry(field) }],
      },
      this.environment,
      this.summaries,
    );
  }

  /** It may be in some of its places only, as when a path puts it into a second field. */
  private entry({ places, outcome }: OwnedField): State {
    const left = outcome.atEnd.held.map(({ aliases }) =>
      places.filter((place) => [...aliases.values()].some((alias) => this.isSame(alias, place))),
    );
    const sets = new Map(
      left.filter((paths) => paths.length > 0).map((paths) => [paths.map(keyOf).join(), paths]),
    );
    const ways = sets.size === 0 ? [places] : [...sets.values()];
    return { held: ways.map((paths) => freshDisjunct(paths, new Map(), true)), ended: 0 };
  }

  /** One field, under whichever name of its object. */
  private isSame(a: AccessPath, b: AccessPath): boolean {
    const isOfObject = this.roots.get(a.root) === "object" && this.roots.get(b.root) === "object";
    return (a.root === b.root || isOfObject) && a.members.join(".") === b.members.join(".");
  }

  private isNamed(disjunct: Disjunct): boolean {
    return [...disjunct.aliases.values()].some(({ root }) => this.roots.has(root));
  }
}

/** `server.on("listening", () => …)`: it runs when something begins, and that does not begin twice. */
function isFirstListener({ parent }: ts.Node): boolean {
  const [event] = ts.isCallExpression(parent) ? parent.arguments : [];
  return event !== undefined && ts.isStringLiteralLike(event) && firstEvents.has(event.text);
}

/** The points behind every `await` of a function. */
function awaitsIn(graph: FlowGraph, state: State): readonly Start<State>[] {
  return graph.blocks.flatMap((block) =>
    block.events.flatMap((event, index) =>
      event.kind === "await" ? [{ block, index: index + 1, state }] : [],
    ),
  );
}
