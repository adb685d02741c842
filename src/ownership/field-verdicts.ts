/**
 * Whether the members that end an owner release a field of it, on every path and whatever throws.
 */
import ts from "typescript";
import { isReleaseName } from "../resources/infer-kind.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { isPrivate } from "../typescript/modifiers.ts";
import { isInside } from "../typescript/syntax.ts";
import { type AccessPath, keyOf, pathOf, thisRoot } from "./access-path.ts";
import { callsIn } from "./calls-in.ts";
import { type Member, memberName } from "./class-members.ts";
import type { Environment } from "./environment.ts";
import { Ended, type Strength } from "./obligation-state.ts";
import { holdsMany, type OwnedField } from "./owned-fields.ts";
import type { ParameterEffect } from "./parameter-effect.ts";
import type { Summaries } from "./summaries.ts";

export type FieldFault =
  /** The owner has no member that ends it. */
  | "no-release-method"
  /** The members that end it leave this field alone. */
  | "forgotten"
  /** A member that ends it releases the field on some paths only. */
  | "on-path"
  /** It is skipped when something in that member throws. */
  | "on-throw"
  /** The members that end the owner know the finished resource and not the pending one. */
  | "pending"
  /** The constructor throws after it acquired. */
  | "constructor-throws"
  /** A member fills the field again while the old value is live. */
  | "overwritten"
  /** A member takes an element out of the collection and nobody releases it. */
  | "dropped"
  /** The method overrides one that releases fields of the base class, and does not call it. */
  | "missing-super";

/** What owns things together. */
export interface Owner {
  readonly declaration: ts.Node;
  /** All that runs on it, inherited members included, overridden ones left out. */
  readonly members: readonly Member[];
  readonly ends: (member: Member) => boolean;
  /** It lives as long as the module, so that nobody need end it. */
  readonly isForever: boolean;
  /** The calls of a member, where they are not `this.member()`. */
  readonly callsOf?: (member: Member) => readonly ts.CallExpression[];
  /** Only the owner's own code can call the member, where modifiers do not say so. */
  readonly isHidden?: (member: Member) => boolean;
  /** The member is meant to run once, where its name does not say so. */
  readonly begins?: (member: Member) => boolean;
}

export interface Fault {
  readonly fault: FieldFault;
  /** The member that should have released the field, where there is one. */
  readonly method: Member | undefined;
  readonly strength: Strength;
}

interface Releasing {
  readonly member: Member;
  readonly effect: ParameterEffect;
}

/** The resource is one that fields are judged by: weak evidence says nothing about a whole object. */
export function isJudged({ weak }: ResourceKind): boolean {
  return weak !== true;
}

/**
 * How the members that end an owner fail to release a field; undefined where they do not.
 *
 * @param all the fields of the owner: a member that releases one of them only to fill it again ends nothing
 */
export function releaseFault(
  field: OwnedField,
  owner: Owner,
  environment: Environment,
  summaries: Summaries,
  all: readonly OwnedField[] = [],
): Fault | undefined {
  const places = withAccessors(field, owner, summaries);
  const effects = owner.members.map((member) => ({
    member,
    effect: summaries.effect(member.code, places, field.kind),
  }));
  // Another owner took it, or it cannot be told: nobody here is to blame.
  // A member that returns the field only lends it.
  if (effects.some(({ effect }) => effect.unknown || (effect.normalEnded & Ended.kept) !== 0)) {
    return undefined;
  }
  if (isReleasedFromOutside(field, owner)) return undefined;
  const releasing = effects.filter(({ effect }) => (effect.normalEnded & Ended.released) !== 0);
  const ends = effects.filter(({ member }) => owner.ends(member));
  if (ends.some(({ member }) => endsWhole(member, field, environment))) return undefined;
  if (releasing.length === 0) return unreleased(field, owner, ends, environment);
  if (releasing.every(({ member }) => !owner.ends(member) && refills(member, field, all))) {
    const fault = unreleased(field, owner, ends, environment);
    return fault?.fault === "forgotten" ? fault : undefined;
  }
  if (releasing.every(({ member }) => isUncalled(member, owner))) {
    return { fault: "no-release-method", method: undefined, strength: "possible" };
  }
  const ending = releasing.filter(({ member }) => owner.ends(member));
  return (
    pathFault(field, ending) ??
    pendingFault(
      field,
      ending.map(({ member }) => member),
      summaries,
    )
  );
}

/** The member puts another resource into the field before it returns: `this.h.close(); this.h = open();`. */
function refills({ code }: Member, { places }: OwnedField, all: readonly OwnedField[]): boolean {
  return all.some(
    (other) =>
      other.member?.code === code &&
      other.outcome.atEnd.held.length > 0 &&
      other.places.some((place) => places.some((own) => keyOf(own) === keyOf(place))),
  );
}

/** A member of which nobody may say that it forgets a field, unless it ends the owner. */
export function endsForItself(member: Member, owner: Owner, environment: Environment): boolean {
  return owner.ends(member) && endsItself(member, environment);
}

/** What only bears the name of a release and answers with a value is asked for the value. */
function endsItself({ code }: Member, { types }: Environment): boolean {
  return !types.returnsValue(code);
}

function unreleased(
  { kind }: OwnedField,
  { isForever }: Owner,
  ends: readonly Releasing[],
  environment: Environment,
): Fault | undefined {
  const [first] = ends.filter(({ member }) => endsItself(member, environment));
  if (first !== undefined) return { fault: "forgotten", method: first.member, strength: "sure" };
  if (kind.grade === "idle" || isForever) return undefined;
  return { fault: "no-release-method", method: undefined, strength: "sure" };
}

/** `this.transport.close()` ends what `this.transport.incoming.getReader()` made: a part goes with the whole. */
function endsWhole({ code }: Member, { site }: OwnedField, { resolve }: Environment): boolean {
  if (!ts.isCallExpression(site) || !ts.isPropertyAccessExpression(site.expression)) return false;
  const receiver = pathOf(site.expression.expression, resolve);
  const [whole] = receiver.members;
  if (receiver.root !== thisRoot || whole === undefined || receiver.members.length < 2)
    return false;
  return callsIn(code).some(({ expression }) => {
    if (!ts.isPropertyAccessExpression(expression) || !isReleaseName(expression.name.text))
      return false;
    const { root, members } = pathOf(expression.expression, resolve);
    return root === thisRoot && members.length === 1 && members[0] === whole;
  });
}

/** Names of the field that getters give it. */
function withAccessors(
  { places, kind }: OwnedField,
  { members }: Owner,
  summaries: Summaries,
): readonly AccessPath[] {
  const getters = members.filter(({ node }) => ts.isGetAccessor(node));
  const named = getters.flatMap((member): readonly AccessPath[] => {
    const name = memberName(member);
    const effect = summaries.effect(member.code, places, kind);
    if (name === undefined || effect.unknown) return [];
    return [...effect.returnedAs].map((path) => ({
      root: thisRoot,
      members: [name, ...(path === "" ? [] : path.split("."))],
    }));
  });
  return [...places, ...named];
}

function pathFault(field: OwnedField, ending: readonly Releasing[]): Fault | undefined {
  const [first] = ending;
  if (first === undefined) return undefined;
  // Several ways to end an instance: one that releases on every path is enough.
  if (ending.every(({ effect }) => effect.normalHeldPlainly)) {
    return { fault: "on-path", method: first.member, strength: "sure" };
  }
  const whole = ending.find(({ effect }) => !effect.normalHeldPlainly);
  if (whole === undefined || ending.some(({ effect }) => effect.thrownHeld === undefined))
    return undefined;
  const likely = whole.effect.thrownHeld === "likely" && field.kind.grade === "must";
  return { fault: "on-throw", method: whole.member, strength: likely ? "likely" : "possible" };
}

function pendingFault(
  field: OwnedField,
  ending: readonly Member[],
  summaries: Summaries,
): Fault | undefined {
  const [method] = ending;
  if (method === undefined || holdsMany(field)) return undefined;
  const isMissed = (paths: readonly AccessPath[]): boolean =>
    ending.every((member) => {
      const effect = summaries.effect(member.code, paths, field.kind);
      return !effect.unknown && effect.normalEnded === 0;
    });
  return field.outcome.pendingIn.some(isMissed)
    ? { fault: "pending", method, strength: "sure" }
    : undefined;
}

/** Code of the same file that is not of the owner releases the field, or passes it on. */
function isReleasedFromOutside({ places }: OwnedField, { declaration }: Owner): boolean {
  const names = places.flatMap(({ root, members }) =>
    root === thisRoot && members[0] !== undefined ? [members[0]] : [],
  );
  return callsIn(declaration.getSourceFile()).some((call) => {
    if (isInside(call, declaration)) return false;
    const isField = (node: ts.Expression): boolean =>
      ts.isPropertyAccessExpression(node) &&
      node.expression.kind !== ts.SyntaxKind.ThisKeyword &&
      names.includes(node.name.text);
    const { expression } = call;
    if (call.arguments?.some(isField) === true) return true;
    return (
      ts.isPropertyAccessExpression(expression) &&
      isReleaseName(expression.name.text) &&
      isField(expression.expression)
    );
  });
}

/** A member that only the class could call, and that no code of the file names. */
function isUncalled(member: Member, { declaration }: Owner): boolean {
  const name = memberName(member);
  const { node } = member;
  if (name === undefined || !isPrivate(node)) return false;
  const names = (code: ts.Node): boolean => {
    if (code === node) return false;
    if (ts.isPropertyAccessExpression(code) && code.name.text === name) return true;
    if (ts.isStringLiteralLike(code) && code.text === name) return true;
    if (ts.isBindingElement(code) && (code.propertyName ?? code.name).getText() === name)
      return true;
    return ts.forEachChild(code, (child) => names(child) || undefined) ?? false;
  };
  return !names(declaration.getSourceFile());
}
