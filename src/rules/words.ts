/**
 * The words of messages: what the resource is, where it leaks, what to do.
 */
import ts from "typescript";
import type { Verdict } from "../ownership/judge.ts";
import type { Release, ResourceKind } from "../resources/kind.ts";
import { isDefault, isWrapper } from "../typescript/syntax.ts";

/**
 * `'client' (pg PoolClient)`, or `The FileHandle of open()` for one that has no name.
 *
 * @param how where it is dropped, the name behind a chain of calls belongs to what the chain comes to
 */
export function describeResource(
  site: ts.CallExpression | ts.NewExpression | ts.ParameterDeclaration,
  kind: ResourceKind,
  how?: How,
): string {
  if (ts.isParameter(site)) return `'${site.name.getText()}' (${kind.label})`;
  const name = how === "dropped" ? undefined : boundName(site);
  if (name !== undefined) return `'${name}' (${kind.label})`;
  return ts.isNewExpression(site)
    ? `The new ${kind.label}`
    : `The ${kind.label} of ${describeCall(site)}`;
}

/** The variable or field that the value is bound to where it is acquired. */
function boundName(site: ts.Expression): string | undefined {
  let node: ts.Node = site;
  let { parent }: ts.Node = node;
  while (
    ts.isAwaitExpression(parent) ||
    isWrapper(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition !== node) ||
    (ts.isBinaryExpression(parent) && isDefault(parent.operatorToken.kind)) ||
    (ts.isPropertyAccessExpression(parent) &&
      ts.isCallExpression(parent.parent) &&
      parent.expression === node)
  ) {
    // `createServer().listen()` and other fluent calls bind what the first call made.
    node = ts.isPropertyAccessExpression(parent) ? parent.parent : parent;
    ({ parent } = node);
  }
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text;
  if (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    parent.right === node
  ) {
    return ts.isIdentifier(parent.left) || ts.isPropertyAccessExpression(parent.left)
      ? parent.left.getText()
      : undefined;
  }
  return undefined;
}

type How = Extract<Verdict, { leaks: true }>["how"];

/** Where it leaks: `by the return on line 12`, `parse() on line 14 throws`. */
export function describeExit(at: readonly ts.Node[], how: How, unit: ts.Node): string {
  const [first] = at;
  if (first === undefined) return "";
  const more = at.length > 1 ? ` (and ${String(at.length - 1)} more)` : "";
  const line = `line ${String(lineOf(first))}`;
  switch (how) {
    case "throw":
    case "sibling":
      return `${describeThrow(first)} on ${line} ${describeFailure(first)}${more}`;
    case "turn":
      return "when the loop goes on to its next turn";
    case "removed":
      return `when ${ts.isCallExpression(first) ? describeCall(first) : "the collection"} on ${line} drops it${more}`;
    case "path":
      return first === unit ? `when ${describeUnit(unit)} ends` : `by the return on ${line}${more}`;
    case "overwritten":
      return first === unit ? `by the next call of ${describeUnit(unit)}` : `on ${line}${more}`;
    default:
      return `on ${line}${more}`;
  }
}

/** `parse()`, for the function whose exits are meant. */
export function describeUnit(unit: ts.Node): string {
  const name =
    ts.isFunctionLike(unit) && unit.name !== undefined && ts.isIdentifier(unit.name)
      ? unit.name.text
      : undefined;
  return name === undefined ? "the function" : `${name}()`;
}

function describeThrow(node: ts.Node): string {
  if (ts.isAwaitExpression(node)) {
    const awaited = node.expression;
    return ts.isCallExpression(awaited) ? describeCall(awaited) : `the await`;
  }
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return describeCall(node);
  if (ts.isThrowStatement(node)) return "the throw";
  if (ts.isExpression(node)) return "the promise";
  return "code";
}

function describeFailure(node: ts.Node): string {
  if (ts.isThrowStatement(node)) return "runs";
  return ts.isAwaitExpression(node) || !(ts.isCallExpression(node) || ts.isNewExpression(node))
    ? "rejects"
    : "throws";
}

const longestName = 40;

/** `parse()`, `JSON.parse()`, `new Pool()`. */
export function describeCall(node: ts.CallExpression | ts.NewExpression): string {
  const { expression } = node;
  const prefix = ts.isNewExpression(node) ? "new " : "";
  const text =
    ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression)
      ? expression.getText().replace(/\s+/g, "")
      : "";
  if (text !== "" && text.length <= longestName) return `${prefix}${text}()`;
  return ts.isPropertyAccessExpression(expression)
    ? `${prefix}${expression.name.text}()`
    : `${prefix}the call`;
}

/** What to do, as one sentence. */
export function describeAdvice(kind: ResourceKind, how: How): string {
  const release = describeRelease(kind);
  switch (how) {
    case "dropped":
      return `Keep it and ${release.toLowerCase().startsWith("call") ? release.charAt(0).toLowerCase() + release.slice(1) : release}.`;
    case "never":
      return `${release} when it is no longer needed.`;
    case "removed":
      return `${release} first.`;
    case "path":
    case "turn":
      return `${release} before leaving, or in a finally block.`;
    case "throw":
      return `Release it in a finally block.`;
    case "overwritten":
      return `${release} first.`;
    case "hidden":
      return `Return a type that has ${releaseName(kind)}, so that the caller can release it.`;
    case "wrong-release":
      return `${release} instead.`;
    case "pipe":
      return "Use pipeline() from node:stream, which destroys both.";
    case "sibling":
      return "Use Promise.allSettled() and release those that were opened.";
  }
}

/** `class Store`, or what a function that makes closures returns. */
export function describeOwner(declaration: ts.Node): string {
  const name =
    ts.isClassLike(declaration) || ts.isFunctionLike(declaration)
      ? declaration.name?.getText()
      : undefined;
  if (ts.isClassLike(declaration)) return name === undefined ? "the class" : `class ${name}`;
  return name === undefined ? "the returned object" : `the object of ${name}()`;
}

/** `close()`, for the method in which something is missing. */
export function describeMember(method: ts.NamedDeclaration | undefined): string {
  return method?.name === undefined ? "its release method" : `${method.name.getText()}()`;
}

/** `close()`, for what must be called. */
export function describeReleaseOf(kind: ResourceKind): string {
  return releaseName(kind);
}

function describeRelease(kind: ResourceKind): string {
  return `Call ${releaseName(kind)}`;
}

function releaseName(kind: ResourceKind): string {
  const [release] = kind.release;
  return release === undefined ? "its release" : nameOfRelease(release);
}

function nameOfRelease(release: Release): string {
  if ("pairedBy" in release) {
    const name = typeof release.name === "string" ? release.name : (release.name[0] ?? "");
    return `${name}()`;
  }
  if ("argument" in release) {
    const name = typeof release.name === "string" ? release.name : (release.name[0] ?? "");
    return release.argument === "none" ? `${name}()` : `${name}() with it`;
  }
  if ("method" in release) {
    if ("ofEach" in release) return `${release.method}() on each of ${release.ofEach}()`;
    return `${release.method}()`;
  }
  return "it, as it is the function that releases";
}

/** `, only by close() on line 12`: the branch that does what another one forgets. */
export function describeSibling(releasedAt: readonly ts.Node[] = []): string {
  return releasedAt.length === 0 ? "" : `, only by ${describeReleaser(releasedAt)}`;
}

/** `close() on line 12`, or `the using declaration on line 5`: what has released a resource. */
export function describeReleaser(releasedAt: readonly ts.Node[]): string {
  const [first] = releasedAt;
  if (first === undefined) return "a call";
  const isCall = ts.isCallExpression(first) || ts.isNewExpression(first);
  const more = releasedAt.length > 1 ? ` (and ${releasedAt.length - 1} more)` : "";
  return `${isCall ? describeCall(first) : "the using declaration"} on line ${lineOf(first)}${more}`;
}

/** `on line 12`, `on line 12 of pool.ts` where it is another file, and with the call `close() on line 12`. */
export function describePlace(node: ts.Node, from: ts.Node, withCall: boolean): string {
  const file = node.getSourceFile();
  const { fileName } = file;
  const where =
    file === from.getSourceFile() ? "" : ` of ${fileName.slice(fileName.lastIndexOf("/") + 1)}`;
  const call = withCall && ts.isCallExpression(node) ? `${describeCall(node)} ` : "";
  return `${call}on line ${lineOf(node)}${where}`;
}

/** `line 12`, `lines 12 and 20`, `lines 12, 20 and 31`. */
export function describeLines(nodes: readonly ts.Node[]): string {
  const lines = [...new Set(nodes.map(lineOf))].sort((a, b) => a - b).map(String);
  const last = lines.pop() ?? "";
  return lines.length === 0 ? `line ${last}` : `lines ${lines.join(", ")} and ${last}`;
}

/** The line of a call is that of the name that is called: a chain of calls goes over several. */
function lineOf(node: ts.Node): number {
  const callee = ts.isCallExpression(node) ? node.expression : node;
  const named = ts.isPropertyAccessExpression(callee) && callee !== node ? callee.name : node;
  return node.getSourceFile().getLineAndCharacterOfPosition(named.getStart()).line + 1;
}

/** A text in which no name is too long to be read. */
export function shortenNames(text: string): string {
  return text.length < 100
    ? text
    : text.replaceAll(/([\p{ID_Continue}$]{60})[\p{ID_Continue}$]+/gu, "$1…");
}
