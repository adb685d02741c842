/**
 * Kinds that no catalog names: types with a dispose symbol, and classes of the program that own
 * resources and have a method releasing them.
 */
import ts from "typescript";
import { isHidden } from "../typescript/modifiers.ts";
import { memberCode, plainStatements, skipWrappers } from "../typescript/syntax.ts";
import type { Types } from "../typescript/types.ts";
import { armingMethods } from "./arming-methods.ts";
import { matchesPattern } from "./catalog-index.ts";
import type { Grade, Release, ResourceKind } from "./kind.ts";
import { freesOnlyMemory } from "./memory-only.ts";
import type { Recognised } from "./recognise.ts";
import { invocation } from "./tags.ts";

/** What inference needs of its surroundings. */
export interface Inference {
  readonly types: Types;
  /** Recognises a call or `new` that fills a field. */
  readonly recognise: (node: ts.CallExpression | ts.NewExpression) => readonly Recognised[];
  /** The kind whose values have a type. */
  readonly kindOfType: (type: ts.Type) => ResourceKind | undefined;
}

/**
 * Members that release where the type says that its values are disposable. On their own these names
 * prove nothing; on a type with a dispose symbol they are the older spelling of it.
 */
export const releaseMembers: readonly string[] = [
  "close",
  "dispose",
  "destroy",
  "release",
  "end",
  "terminate",
  "shutdown",
  "disconnect",
  "unsubscribe",
  "stop",
  "free",
  "kill",
  "abort",
];

/** Boolean members by which disposable types tell that they are released. */
const releasedMembers = [
  "closed",
  "isClosed",
  "destroyed",
  "disposed",
  "isDisposed",
  "isDestroyed",
] as const;

export const disposeKeyword = "[Symbol.dispose]";
export const asyncDisposeKeyword = "[Symbol.asyncDispose]";

/**
 * @param type of the value, not nullable
 * @param symbols its classes and interfaces, nearest first
 * @returns the kind its values are, or undefined when nothing says that they must be released
 */
export function kindOfDisposable(
  type: ts.Type,
  symbols: readonly ts.Symbol[],
  inference: Inference,
): ResourceKind | undefined {
  const { types } = inference;
  const carried = types.disposeSymbols(type);
  const own = symbols[0];
  const declaration = own?.declarations?.find(ts.isClassLike);
  const owned = declaration === undefined ? undefined : ownedResource(declaration, inference);
  if (!carried.dispose && !carried.asyncDispose) {
    if (owned === undefined || declaration === undefined) return undefined;
    const release = owned.methods.map((method) => ({ method }));
    const kind = inferredKind(type, owned.grade, release, types, declaration);
    const evidence = {
      ...(owned.weak && { weak: true as const }),
      ...(owned.wraps && { wraps: true as const }),
      ...(owned.part !== undefined && { standIns: [owned.part] }),
    };
    return { ...kind, ...evidence };
  }
  const disposers = disposersIn(declaration?.members ?? []);
  if (disposers.length > 0 && disposers.every(emptiesOnly)) return undefined;
  const named = releaseMembers.filter((name) => types.member(type, name) !== undefined);
  const symbol = carried.dispose ? disposeKeyword : asyncDisposeKeyword;
  const release: Release[] = [...named.map((method) => ({ method })), { method: symbol }];
  const kind = inferredKind(type, owned?.grade ?? "should", release, types, declaration);
  if (declaration === undefined || (owned !== undefined && owned.grade !== "memory")) return kind;
  const members = membersWithBases(declaration, types);
  const all = disposersIn(members);
  return all.length === 0 ? kind : { ...kind, ...saidByCode(members, all, inference) };
}

/**
 * The kind of values that a tag says must be released.
 *
 * @param names what may be called, as the tag says
 */
export function kindOfTag(type: ts.Type, names: readonly string[], types: Types): ResourceKind {
  const release = names.map((name): Release =>
    name === invocation ? { invoke: true } : { method: name },
  );
  const {
    label,
    grade,
    duty,
    releasedWhen = [],
    source,
  } = inferredKind(type, "must", release, types, undefined);
  const id = `declared.${label} ${names.join(" ")}`;
  return { id, label, grade, duty, acquire: [], release, releasedWhen, source };
}

/** The type has a member by which releases are usually called: what it is given, it may release. */
export function hasReleaseMember(type: ts.Type, types: Types): boolean {
  const carried = types.disposeSymbols(type);
  return (
    carried.dispose ||
    carried.asyncDispose ||
    releaseMembers.some((name) => types.member(type, name) !== undefined)
  );
}

/**
 * What a call of `receiver.event(listener)` gives is a handle of its own. `controls.attach(object)` in
 * a property gives the controls themselves, and these are released by whoever made them.
 */
export function isHandleOf(result: ts.Type, receiver: ts.Type, types: Types): boolean {
  return !types.isAny(result) && result !== receiver && hasReleaseMember(result, types);
}

/** `member` is declared as a property or an accessor, and not as a method. */
export function isProperty(member: ts.MemberName, types: Types): boolean {
  const flags = types.symbolAt(member)?.flags ?? 0;
  return (flags & (ts.SymbolFlags.Property | ts.SymbolFlags.Accessor)) !== 0;
}

/**
 * The weakest evidence: a class of the program has a public release member that does something. A
 * method called `close` alone proves nothing, so the file at hand must release some instance of it.
 */
export function kindOfReleasedClass(
  type: ts.Type,
  declaration: ts.ClassLikeDeclaration,
  inference: Inference,
): ResourceKind | undefined {
  const { types } = inference;
  if (!types.isOfProgram(declaration)) return undefined;
  const members = membersWithBases(declaration, types);
  const releasing = members.filter(
    (member): member is ts.MethodDeclaration & { name: ts.Identifier } =>
      ts.isMethodDeclaration(member) &&
      ts.isIdentifier(member.name) &&
      !isHidden(member) &&
      isReleaseName(member.name.text) &&
      member.body !== undefined &&
      member.body.statements.length > 0,
  );
  if (releasing.length === 0) return undefined;
  const release = releasing.map(({ name }) => ({ method: name.text }));
  return {
    ...inferredKind(type, "should", release, types, declaration),
    ...saidByCode(members, releasing, inference),
    weak: true,
  };
}

/** `this.member(…)` */
function isCalledOnThis(member: ts.ClassElement, callee: ts.Expression): boolean {
  return (
    memberCode(member) !== undefined &&
    ts.isPropertyAccessExpression(callee) &&
    callee.expression.kind === ts.SyntaxKind.ThisKeyword &&
    callee.name.text === memberName(member)
  );
}

function memberName({ name }: ts.ClassElement): string | undefined {
  return name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))
    ? name.text
    : undefined;
}

/** A member by which releases are usually called. */
export function isReleaseName(name: string): boolean {
  return releaseMembers.includes(name);
}

function inferredKind(
  type: ts.Type,
  grade: Grade,
  release: readonly Release[],
  types: Types,
  declaration: ts.ClassLikeDeclaration | undefined,
): ResourceKind {
  const name = types.display(type);
  return {
    id: `inferred.${name}`,
    label: shortened(name),
    grade,
    duty: "close",
    acquire: [],
    release,
    ...(types.isIterable(type) ? { automatic: { iteration: true } } : {}),
    releasedWhen: releasedMembers.filter((name) => types.member(type, name) !== undefined),
    // Two classes of one name are two kinds.
    source:
      declaration === undefined
        ? ""
        : `${declaration.getSourceFile().fileName}:${String(declaration.pos)}`,
  };
}

const longestLabel = 40;

/** A type as a message can say it: without its arguments where it is long, and cut where it has no name. */
function shortened(name: string): string {
  if (name.length <= longestLabel) return name;
  const bare = /^[\w$.]+(?=<)/.exec(name)?.[0] ?? name;
  return bare.length <= longestLabel ? bare : `${bare.slice(0, longestLabel - 1)}…`;
}

/** A disposer that calls nothing, or only empties collections: forgetting it loses nothing at all. */
function emptiesOnly(disposer: ts.ClassElement): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isAwaitExpression(node)) {
      const callee = ts.isCallExpression(node) ? node.expression : undefined;
      const empties =
        callee !== undefined &&
        ts.isPropertyAccessExpression(callee) &&
        callee.name.text === "clear";
      if (!empties) return true;
    }
    return ts.forEachChild(node, (child) => visit(child)) ?? false;
  };
  return ts.isMethodDeclaration(disposer) && disposer.body !== undefined && !visit(disposer.body);
}

/** The members called `[Symbol.dispose]` and `[Symbol.asyncDispose]`. */
function disposersIn(members: readonly ts.ClassElement[]): readonly ts.ClassElement[] {
  return members.filter(
    (member) =>
      ts.isMethodDeclaration(member) &&
      ts.isComputedPropertyName(member.name) &&
      /^\[Symbol\.(?:async)?[dD]ispose\]$/.test(member.name.getText()),
  );
}

/** What the code of a class says of an instance: how bad it is to forget one, and what makes it owe. */
function saidByCode(
  members: readonly ts.ClassElement[],
  releases: readonly ts.ClassElement[],
  inference: Inference,
): Pick<ResourceKind, "grade" | "armedBy"> {
  const names = releases.map(({ name }) => name?.getText());
  const own = releases.filter((one, index) => names.indexOf(one.name?.getText()) === index);
  if (freesOnlyMemory(members, own, inference)) return { grade: "memory" };
  const armedBy = armingMethods(members, own);
  return { grade: "should", ...(armedBy && { armedBy }) };
}

interface OwnedResource {
  readonly grade: Grade;
  /** All that the class owns is known by weak evidence only. */
  readonly weak: boolean;
  /** All that it owns was given to its constructor. */
  readonly wraps: boolean;
  /** The methods of the class that release the field. */
  readonly methods: readonly string[];
  /** The one field that it owns, where everybody sees it: who releases that has released the whole. */
  readonly part: string | undefined;
}

/** The resource that a class keeps in a field and releases in a method, inherited members included. */
function ownedResource(
  declaration: ts.ClassLikeDeclaration,
  inference: Inference,
): OwnedResource | undefined {
  const members = membersWithBases(declaration, inference.types);
  const given = ownedParameters(members, inference);
  const made = ownedFields(members, inference);
  const fields = new Map([...given, ...made]);
  if (fields.size === 0) return undefined;
  const methods = new Set<string>();
  let grade: Grade | undefined;
  let weak = true;
  for (const member of members) {
    if (!ts.isMethodDeclaration(member) || member.body === undefined) continue;
    if (!ts.isIdentifier(member.name) || isHidden(member)) continue;
    for (const [field, kind] of fields) {
      if (!releasesField(member, field, { kind, members, types: inference.types })) continue;
      // What was given may be ended on the way by any method; only its name says that it is meant to.
      if (!made.has(field) && !isReleaseName(member.name.text)) continue;
      methods.add(member.name.text);
      weak &&= kind.weak === true;
      grade = grade === undefined ? kind.grade : graver(grade, kind.grade);
    }
  }
  if (grade === undefined) return undefined;
  return {
    grade,
    weak,
    wraps: made.size === 0,
    methods: [...methods],
    part: fields.size === 1 ? publicField([...made.keys()], members) : undefined,
  };
}

function publicField(
  [name]: readonly string[],
  members: readonly ts.ClassElement[],
): string | undefined {
  return members.some(
    (member) =>
      ts.isPropertyDeclaration(member) && member.name.getText() === name && !isHidden(member),
  )
    ? name
    : undefined;
}

const byGravity: readonly Grade[] = ["must", "should", "memory", "idle"];

function graver(a: Grade, b: Grade): Grade {
  return byGravity.indexOf(a) <= byGravity.indexOf(b) ? a : b;
}

/** The members of a class and of its bases, its own first. */
export function membersWithBases(
  declaration: ts.ClassLikeDeclaration,
  types: Types,
): readonly ts.ClassElement[] {
  const seen = new Set<ts.ClassLikeDeclaration>();
  let current: ts.ClassLikeDeclaration | undefined = declaration;
  while (current !== undefined && !seen.has(current)) {
    seen.add(current);
    current = types.baseClass(current);
  }
  return [...seen].flatMap((one) => [...one.members]);
}

/** Fields that are filled with what a constructor is given, and that the class could only have to release. */
function ownedParameters(
  members: readonly ts.ClassElement[],
  { types, kindOfType }: Inference,
): Map<string, ResourceKind> {
  const fields = new Map<string, ResourceKind>();
  for (const member of members) {
    if (!ts.isConstructorDeclaration(member) || member.body === undefined) continue;
    const kinds = new Map<string, ResourceKind>();
    for (const parameter of member.parameters) {
      if (!ts.isIdentifier(parameter.name) || parameter.type === undefined) continue;
      const kind = kindOfType(types.valueType(parameter.name));
      if (kind === undefined) continue;
      kinds.set(parameter.name.text, kind);
      if (ts.isParameterPropertyDeclaration(parameter, member))
        fields.set(parameter.name.text, kind);
    }
    for (const statement of plainStatements(member.body)) {
      if (!ts.isExpressionStatement(statement)) continue;
      const field = assignedField(statement.expression);
      const kind = field && ts.isIdentifier(field.value) ? kinds.get(field.value.text) : undefined;
      if (field !== undefined && kind !== undefined) fields.set(field.name, kind);
    }
  }
  return fields;
}

/** `this.name = value` */
function assignedField(node: ts.Node): { name: string; value: ts.Expression } | undefined {
  return ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(node.left) &&
    node.left.expression.kind === ts.SyntaxKind.ThisKeyword
    ? { name: node.left.name.text, value: skipWrappers(node.right) }
    : undefined;
}

function ownedFields(
  members: readonly ts.ClassElement[],
  inference: Inference,
): Map<string, ResourceKind> {
  const fields = new Map<string, ResourceKind>();
  const consider = (field: string, value: ts.Expression): void => {
    const plain = skipWrappers(value);
    const call = ts.isAwaitExpression(plain) ? skipWrappers(plain.expression) : plain;
    if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return;
    for (const one of inference.recognise(call)) {
      if (one.freshness !== "body" && one.armed) fields.set(field, one.kind);
    }
  };
  const visit = (node: ts.Node): void => {
    const assigned = assignedField(node);
    if (assigned !== undefined) consider(assigned.name, assigned.value);
    if (!ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  // What other methods put into a field is owed only once they are called.
  for (const member of members) {
    if (ts.isPropertyDeclaration(member) && member.initializer !== undefined) {
      if (ts.isIdentifier(member.name) || ts.isPrivateIdentifier(member.name)) {
        consider(member.name.text, member.initializer);
      }
    } else if (ts.isConstructorDeclaration(member)) ts.forEachChild(member, visit);
  }
  return fields;
}

interface Field {
  readonly kind: ResourceKind;
  /** Of its class, and of the bases. */
  readonly members: readonly ts.ClassElement[];
  readonly types: Types;
}

/**
 * The method calls a release member of `this.field`, or passes it to a releasing function; it may do
 * so in a hidden method that it calls. One whose name says that it releases may pass it to any
 * function: that may be a helper.
 */
function releasesField(
  method: ts.MethodDeclaration,
  field: string,
  { kind, members, types }: Field,
): boolean {
  const mayPassOn =
    isReleaseName(method.name.getText()) && kind.release.some((release) => "argument" in release);
  const isField = (expression: ts.Expression): boolean => {
    const node = skipWrappers(expression);
    return (
      ts.isPropertyAccessExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ThisKeyword &&
      node.name.text === field
    );
  };
  const seen = new Set<ts.Node>();
  const visit = (node: ts.Node): boolean => {
    if (seen.has(node)) return false;
    seen.add(node);
    if (ts.isCallExpression(node)) {
      const callee = node.expression;
      const helper = members.find((member) => isHidden(member) && isCalledOnThis(member, callee));
      if (helper !== undefined && visit(helper)) return true;
      if (ts.isPropertyAccessExpression(callee) && isField(callee.expression)) {
        const { text } = callee.name;
        if (kind.release.some((release) => "method" in release && release.method === text))
          return true;
      }
      if (node.arguments.some(isField)) {
        if (mayPassOn) return true;
        const symbol = types.calleeSymbol(callee);
        const declared = symbol === undefined ? [] : types.declaredNames(symbol);
        if (kind.release.some((one) => "argument" in one && matchesPattern(one, declared)))
          return true;
      }
    }
    return ts.forEachChild(node, (child) => visit(child)) ?? false;
  };
  return visit(method);
}
