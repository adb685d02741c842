/**
 * Kinds that no catalog names: types with a dispose symbol, and classes of the program that own
 * resources and have a method releasing them.
 */
import ts from "typescript";
import type { Types } from "../typescript/types.ts";
import type { Grade, Release, ResourceKind } from "./kind.ts";

/** What inference needs of its surroundings. */
export interface Inference {
  readonly types: Types;
  /** Recognises a call or `new` that fills a field. */
  readonly recognise: (
    node: ts.CallExpression | ts.NewExpression,
  ) => readonly { readonly kind: ResourceKind; readonly freshness: string }[];
}

/**
 * Members that release where the type says that its values are disposable. On their own these names
 * prove nothing; on a type with a dispose symbol they are the older spelling of it.
 */
const releaseMembers = [
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
] as const;

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
    return inferredKind(
      type,
      owned.grade,
      owned.methods.map((method) => ({ method })),
      types,
      declaration,
    );
  }
  if (declaration !== undefined && hasEmptyDisposer(declaration)) return undefined;
  const named = releaseMembers.filter((name) => types.member(type, name) !== undefined);
  const symbol = carried.dispose ? disposeKeyword : asyncDisposeKeyword;
  const release: Release[] = [...named.map((method) => ({ method })), { method: symbol }];
  return inferredKind(type, owned?.grade ?? "should", release, types, declaration);
}

function inferredKind(
  type: ts.Type,
  grade: Grade,
  release: readonly Release[],
  types: Types,
  declaration: ts.ClassLikeDeclaration | undefined,
): ResourceKind {
  const label = types.display(type);
  return {
    id: `inferred.${label}`,
    label,
    grade,
    duty: "close",
    acquire: [],
    release,
    releasedWhen: releasedMembers.filter((name) => types.member(type, name) !== undefined),
    source: declaration?.getSourceFile().fileName ?? "",
  };
}

/** A disposer without statements releases nothing, so forgetting it loses nothing. */
function hasEmptyDisposer(declaration: ts.ClassLikeDeclaration): boolean {
  const disposers = declaration.members.filter(
    (member): member is ts.MethodDeclaration =>
      ts.isMethodDeclaration(member) &&
      ts.isComputedPropertyName(member.name) &&
      /^\[Symbol\.(?:async)?[dD]ispose\]$/.test(member.name.getText()),
  );
  return disposers.length > 0 && disposers.every((member) => member.body?.statements.length === 0);
}

interface OwnedResource {
  readonly grade: Grade;
  /** The methods of the class that release the field. */
  readonly methods: readonly string[];
}

/** The resource that a class keeps in a field and releases in a method, if there is one. */
function ownedResource(
  declaration: ts.ClassLikeDeclaration,
  inference: Inference,
): OwnedResource | undefined {
  const fields = ownedFields(declaration, inference);
  if (fields.size === 0) return undefined;
  const methods = new Set<string>();
  let grade: Grade | undefined;
  for (const member of declaration.members) {
    if (
      !ts.isMethodDeclaration(member) ||
      member.body === undefined ||
      !ts.isIdentifier(member.name)
    )
      continue;
    for (const [field, kind] of fields) {
      if (!releasesField(member.body, field, kind)) continue;
      methods.add(member.name.text);
      grade = grade === "must" ? "must" : kind.grade === "idle" ? (grade ?? "idle") : kind.grade;
    }
  }
  return grade === undefined ? undefined : { grade, methods: [...methods] };
}

function ownedFields(
  declaration: ts.ClassLikeDeclaration,
  inference: Inference,
): Map<string, ResourceKind> {
  const fields = new Map<string, ResourceKind>();
  const consider = (field: string, value: ts.Expression): void => {
    const call = ts.isAwaitExpression(value) ? value.expression : value;
    if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return;
    const known = inference
      .recognise(call)
      .find((one) => one.freshness === "known" && one.kind.armedBy === undefined);
    if (known !== undefined) fields.set(field, known.kind);
  };
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(node.left) &&
      node.left.expression.kind === ts.SyntaxKind.ThisKeyword
    ) {
      consider(node.left.name.text, node.right);
    }
    if (!ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  for (const member of declaration.members) {
    if (ts.isPropertyDeclaration(member) && member.initializer !== undefined) {
      if (ts.isIdentifier(member.name) || ts.isPrivateIdentifier(member.name))
        consider(member.name.text, member.initializer);
    } else ts.forEachChild(member, visit);
  }
  return fields;
}

/** The body calls a release member of `this.field`, or passes it to a releasing function. */
function releasesField(body: ts.Node, field: string, kind: ResourceKind): boolean {
  const isField = (node: ts.Expression): boolean =>
    ts.isPropertyAccessExpression(node) &&
    node.expression.kind === ts.SyntaxKind.ThisKeyword &&
    node.name.text === field;
  const visit = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression;
      if (ts.isPropertyAccessExpression(callee) && isField(callee.expression)) {
        const { text } = callee.name;
        if (kind.release.some((release) => "method" in release && release.method === text))
          return true;
      }
      if (node.arguments.some(isField) && kind.release.some((release) => "argument" in release))
        return true;
    }
    return ts.forEachChild(node, (child) => visit(child)) ?? false;
  };
  return visit(body);
}
