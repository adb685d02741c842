/**
 * Fields of which nothing but their own class says that they must be released: it calls a release member
 * of the very same field somewhere, it keeps there what takes a listener off, or it ends others of the kind.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import { isHandleOf, isProperty, isReleaseName, releaseMembers } from "../resources/infer-kind.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { lifecycles } from "../resources/lifecycles.ts";
import type { CallLike } from "../resources/recognise.ts";
import { saysItMakes } from "../resources/verbs.ts";
import { isStatic } from "../typescript/modifiers.ts";
import { nodesIn } from "../typescript/nodes-in-file.ts";
import { fieldOfThis, isInside } from "../typescript/syntax.ts";
import { thisRoot } from "./access-path.ts";
import { callsIn } from "./calls-in.ts";
import { type Member, membersWithBody, sharesThis } from "./class-members.ts";
import { EndedSiblings } from "./ended-siblings.ts";
import type { Environment } from "./environment.ts";
import { endsForItself, isJudged, type Owner, releaseFault } from "./field-verdicts.ts";
import { acquiredAs, acquisitionsAt } from "./find-acquisitions.ts";
import type { LostFields } from "./overwritten-fields.ts";
import { fieldAt, type OwnedField, storedIn } from "./owned-fields.ts";
import type { Forgotten } from "./sibling-fields.ts";
import type { Summaries } from "./summaries.ts";
import { type Released, releasedBy } from "./sure-releases.ts";
import { oneShotTimer, timerKindAt } from "./timer-fields.ts";
import { Ended } from "./obligation-state.ts";
import { trackObligation } from "./track-obligation.ts";
import type { FieldRoots } from "./tracking.ts";

const endHooks = new Set(lifecycles.flatMap(({ ends }) => ends));

/** By syntax alone: a member, or one of a base class, may be there to end the instances. */
function mayEnd({ heritageClauses, members }: ts.ClassLikeDeclaration): boolean {
  return (
    heritageClauses?.some(({ token }) => token === ts.SyntaxKind.ExtendsKeyword) === true ||
    members.some(({ name }) => {
      if (name === undefined) return false;
      const text = name.getText();
      return ts.isComputedPropertyName(name) || isReleaseName(text) || endHooks.has(text);
    })
  );
}

/** `this.name = make()`, or a field that is declared with such a value. */
interface Fill {
  readonly name: string;
  readonly site: CallLike;
}

export class EvidentFields {
  private readonly declaration: ts.ClassLikeDeclaration;
  private readonly roots: FieldRoots;
  private readonly environment: Environment;
  private readonly summaries: Summaries;
  private readonly fills: readonly Fill[];
  /** Which fields the class releases somewhere, with the members by which it does. */
  private readonly releases: ReadonlyMap<string, readonly string[]>;
  /** Those that fill the fields, whatever the class does with them afterwards. */
  readonly found: readonly OwnedField[];

  /** @param roots under which the fields of the class are reached */
  constructor(
    declaration: ts.ClassLikeDeclaration,
    roots: FieldRoots,
    environment: Environment,
    summaries: Summaries,
  ) {
    this.declaration = declaration;
    this.roots = roots;
    this.environment = environment;
    this.summaries = summaries;
    this.fills = fillsOf(declaration);
    this.releases = this.fills.length === 0 ? new Map() : releasesIn(declaration);
    this.found = this.fields();
  }

  get isEmpty(): boolean {
    return this.found.length === 0;
  }

  /**
   * What is wrong with such fields: the class overwrites what it releases elsewhere, or releases it only
   * to fill the field again, and the member that ends the class does not.
   *
   * @param owned fields of the class whose kinds are known, if only by weak evidence
   */
  faults(owned: readonly OwnedField[], owner: Owner, lost: LostFields): readonly Forgotten[] {
    const known = new Set(owned.filter(isKnown).map(({ site }) => site));
    const fields = this.found.filter(({ site }) => !known.has(site));
    if (fields.length === 0) return [];
    const mayForget = owner.members.some((one) => endsForItself(one, owner, this.environment));
    const siblings = new EndedSiblings(
      owner,
      this.fills.map(({ name }) => name),
      this.environment.types,
    );
    return fields.flatMap((field): readonly Forgotten[] => {
      if (field.kind === oneShotTimer)
        return mayForget ? this.leftTimer(field, owner, siblings) : [];
      const isReleased = this.isReleased(field);
      const overwritten = isReleased ? lost.faultOf(field, fields) : undefined;
      if (overwritten?.fault === "overwritten") return [{ field, fault: overwritten }];
      if (!mayForget || field.outcome.atEnd.held.length === 0 || this.isOfOwnObject(field))
        return [];
      const fault = releaseFault(field, owner, this.environment, this.summaries, fields);
      if (fault?.fault !== "forgotten") return [];
      const isMade = ts.isNewExpression(field.site);
      if (!isReleased && isMade && this.isPassedOn(field)) return [];
      const isStore =
        !isReleased &&
        ts.isNewExpression(field.site) &&
        releasedByMade(field.site, this.environment) === "given";
      if (isStore && (siblings.uses(field.name) || !this.isFilled(field))) return [];
      const isEvident = isReleased || isStore || (isMade && siblings.endsOther(field.name));
      return [{ field, fault: { ...fault, strength: isEvident ? "sure" : "possible" } }];
    });
  }

  /** A timer that no member stops which ends the class. One that comes once may come too late. */
  private leftTimer(
    field: OwnedField,
    owner: Owner,
    siblings: EndedSiblings,
  ): readonly Forgotten[] {
    const [method] = siblings.ending;
    if (method === undefined || siblings.stopped.has(field.name)) return [];
    const effects = owner.members.map((member) => ({
      member,
      effect: this.summaries.effect(member.code, field.places, field.kind),
    }));
    const isElsewhere = effects.some(
      ({ member, effect }) =>
        effect.unknown ||
        (effect.normalEnded & Ended.kept) !== 0 ||
        (owner.ends(member) && (effect.normalEnded & Ended.released) !== 0),
    );
    if (isElsewhere || siblings.isAskedIn(field.site)) return [];
    const first = this.found.find(({ name, kind }) => name === field.name && kind === field.kind);
    if (first !== field) return [];
    const hasSibling = siblings.stopped.size > 0;
    const isStopped = effects.some(({ effect }) => (effect.normalEnded & Ended.released) !== 0);
    if (!hasSibling && !isStopped) return [];
    const strength = hasSibling ? "sure" : "possible";
    return [{ field, fault: { fault: "forgotten", method, strength } }];
  }

  private fields(): readonly OwnedField[] {
    if (this.fills.length === 0) return [];
    const members = membersWithBody(this.declaration, "instance");
    return this.fills.flatMap((fill): readonly OwnedField[] => {
      const kind = this.kindOf(fill);
      return kind === undefined ? [] : this.filledWith(kind, fill, members);
    });
  }

  private filledWith(
    kind: ResourceKind,
    { name, site }: Fill,
    members: readonly Member[],
  ): readonly OwnedField[] {
    const { environment, summaries, roots } = this;
    const member = members.find(({ code }) => isInside(site, code));
    return acquiredAs(kind, site, environment).flatMap((acquired) => {
      if (member !== undefined && !sharesThis(acquired.graph.unit, member.code)) return [];
      const outcome = trackObligation({ ...acquired, fieldRoots: roots }, environment, summaries);
      const stored = storedIn(outcome, roots);
      // What the member that fills the field releases there has replaced what was there before.
      const places = stored.length === 0 ? [{ root: thisRoot, members: [name] }] : stored;
      return fieldAt(places, roots, acquired, outcome, member).map((field) => ({ ...field, name }));
    });
  }

  private kindOf({ name, site }: Fill): ResourceKind | undefined {
    const released = this.releases.get(name);
    const { environment } = this;
    const isToEnd = released !== undefined || mayEnd(this.declaration);
    if (ts.isNewExpression(site))
      return isToEnd ? kindOfMade(site, released, environment) : undefined;
    const timer = isToEnd ? timerKindAt(site, environment) : undefined;
    if (timer !== undefined) return timer;
    const kind = kindOfHandle(site, environment);
    const known = kind && acquisitionsAt(site, environment, this.summaries);
    return known?.some(isKnown) === true ? undefined : kind;
  }

  private isReleased({ places }: OwnedField): boolean {
    return places.some(
      ({ root, members: [name = "", ...behind] }) =>
        root === thisRoot && behind.length === 0 && this.releases.has(name),
    );
  }

  /** `this.store.add(open())`, `this.slot.value = open()` */
  private isFilled({ name }: OwnedField): boolean {
    const isMade = (value: ts.Expression): boolean => {
      const node = valueOf(value);
      return ts.isCallExpression(node) || ts.isNewExpression(node);
    };
    const isMember = (node: ts.Expression): boolean =>
      ts.isPropertyAccessExpression(node) && fieldOfThis(node.expression) === name;
    return (
      callsIn(this.declaration).some(
        ({ expression, arguments: given = [] }) =>
          isMember(valueOf(expression)) && given.some(isMade),
      ) ||
      nodesIn(this.declaration.getSourceFile()).assignments.some(
        ({ left, right }) =>
          isInside(left, this.declaration) && isMember(valueOf(left)) && isMade(right),
      )
    );
  }

  /** `new View(this.loader)`: another part of the object has it, and may release it. */
  private isPassedOn({ name }: OwnedField): boolean {
    return callsIn(this.declaration).some(({ arguments: given = [] }) =>
      given.some((argument) => fieldOfThis(argument) === name),
    );
  }

  /** `this.events.onChange(…)` of an emitter that the class made: both go together. */
  private isOfOwnObject({ site }: OwnedField): boolean {
    if (!ts.isCallExpression(site)) return false;
    let node = valueOf(site.expression);
    while (ts.isPropertyAccessExpression(node) && fieldOfThis(node) === undefined)
      node = valueOf(node.expression);
    const name = fieldOfThis(node);
    return this.fills.some((one) => one.name === name && ts.isNewExpression(one.site));
  }
}

function isKnown({ kind }: Pick<OwnedField, "kind">): boolean {
  return isJudged(kind);
}

/** By syntax alone: `this.field.close()` in the class. */
function releasesIn(declaration: ts.ClassLikeDeclaration): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { expression } of callsIn(declaration)) {
    if (!ts.isPropertyAccessExpression(expression) || !isReleaseName(expression.name.text))
      continue;
    const field = fieldOfThis(valueOf(expression.expression));
    if (field !== undefined) found.set(field, [...(found.get(field) ?? []), expression.name.text]);
  }
  return found;
}

function fillsOf(declaration: ts.ClassLikeDeclaration): readonly Fill[] {
  const found: Fill[] = [];
  const consider = (name: string | undefined, value: ts.Expression | undefined): void => {
    if (name === undefined || value === undefined) return;
    const plain = valueOf(value);
    const site = ts.isAwaitExpression(plain) ? valueOf(plain.expression) : plain;
    if (ts.isCallExpression(site) || ts.isNewExpression(site)) found.push({ name, site });
  };
  for (const member of declaration.members) {
    if (ts.isPropertyDeclaration(member) && !isStatic(member))
      consider(member.name.getText(), member.initializer);
  }
  for (const one of nodesIn(declaration.getSourceFile()).assignments)
    if (isInside(one, declaration)) consider(fieldOfThis(one.left), one.right);
  return found;
}

/**
 * An instance of a class of the program, or of a function that is called with `new`: of that one the
 * checker knows nothing.
 */
function kindOfMade(
  site: ts.NewExpression,
  released: readonly string[] | undefined,
  environment: Environment,
): ResourceKind | undefined {
  const { types, recogniser } = environment;
  const declarations = types.calleeSymbol(site.expression)?.declarations ?? [];
  if (declarations.length === 0 || !declarations.every((one) => types.isOfProgram(one)))
    return undefined;
  const type = types.typeOf(site);
  if (types.isAny(type)) return released && handleKind(site.expression.getText(), released);
  if (recogniser.kindOfType(type) !== undefined) return undefined;
  const kind = recogniser.kindOfInstances(type);
  if (kind === undefined) return undefined;
  if (released === undefined) {
    if (releasedByMade(site, environment) === "unknown") return undefined;
  }
  const { weak, ...rest } = kind;
  return weak === undefined ? kind : rest;
}

function releasedByMade(site: ts.NewExpression, environment: Environment): Released {
  const { types } = environment;
  const made = types.classSymbols(types.typeOf(site))[0]?.declarations?.find(ts.isClassLike);
  return made === undefined ? "unknown" : releasedBy(made, environment);
}

/** What an event, or a method that says that it makes something, gives for a listener. */
function kindOfHandle(site: ts.CallExpression, { types }: Environment): ResourceKind | undefined {
  const callee = valueOf(site.expression);
  if (!ts.isPropertyAccessExpression(callee) || !givesListener(site)) return undefined;
  if (!isProperty(callee.name, types) && !saysItMakes(callee.name.text)) return undefined;
  const type = types.valueType(site);
  if (!isHandleOf(type, types.valueType(callee.expression), types)) return undefined;
  return handleKind(
    types.display(type),
    releaseMembers.filter((name) => types.member(type, name) !== undefined),
  );
}

function handleKind(label: string, names: readonly string[]): ResourceKind {
  return {
    id: `evident.${label}`,
    label,
    grade: "should",
    duty: "close",
    acquire: [],
    release: [...new Set(names)].map((method) => ({ method })),
    releasedWhen: [],
    source: "",
  };
}

/** A function is among the arguments, or among the members of one. */
function givesListener(call: ts.CallExpression): boolean {
  const isFunction = (expression: ts.Expression): boolean => {
    const node = valueOf(expression);
    return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
  };
  return call.arguments.some((argument) => {
    const node = valueOf(argument);
    if (isFunction(node)) return true;
    return (
      ts.isObjectLiteralExpression(node) &&
      node.properties.some(
        (one) =>
          ts.isMethodDeclaration(one) ||
          (ts.isPropertyAssignment(one) && isFunction(one.initializer)),
      )
    );
  });
}
