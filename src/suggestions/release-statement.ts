/**
 * The statement that releases a resource of a kind, in the words that the place allows.
 */
import ts from "typescript";
import type { Environment } from "../ownership/environment.ts";
import { matchesPattern } from "../resources/catalog-index.ts";
import type { Release, ResourceKind } from "../resources/kind.ts";
import { answerOf, isExportedBy, isGlobalName, memberNamed } from "../typescript/writable-code.ts";
import { insertAt, type TextEdit } from "./edits.ts";

export interface ReleaseStatement {
  /** Without indentation, ends in a semicolon. */
  readonly text: string;
  /** What the file needs besides: an import. */
  readonly edits: readonly TextEdit[];
}

/** What is released, and where. */
export interface ReleaseTarget {
  readonly kind: ResourceKind;
  /** How code at the place calls the resource. */
  readonly name: string;
  readonly type: ts.Type;
  readonly mayBeEmpty: boolean;
  /** The acquiring call, whose receiver and imports tell how releasing functions are reached. */
  readonly site: ts.Node;
  /** The place is in an async function, so that a release can be waited for. */
  readonly canAwait: boolean;
}

/** @returns undefined where no release of the kind can be called at the place */
export function releaseStatement(
  target: ReleaseTarget,
  environment: Environment,
): ReleaseStatement | undefined {
  for (const release of target.kind.release) {
    const found = statementOf(release, target, environment);
    if (found !== undefined) return found;
  }
  return undefined;
}

function statementOf(
  release: Release,
  target: ReleaseTarget,
  environment: Environment,
): ReleaseStatement | undefined {
  const { kind, name, type, canAwait, mayBeEmpty: nullable } = target;
  const { program } = environment.types;
  if ("invoke" in release) return { text: `${name}${nullable ? "?." : ""}();`, edits: [] };
  if ("method" in release) {
    const member = "ofEach" in release ? undefined : memberNamed(type, release.method, program);
    const answer = member && answerOf(member, target.site, program);
    const isAsync = answer === "promise";
    if (answer === undefined || (isAsync && !canAwait)) return undefined;
    const isKey = release.method.startsWith("[");
    const dot = nullable ? "?." : isKey ? "" : ".";
    return { text: `${isAsync ? "await " : ""}${name}${dot}${release.method}();`, edits: [] };
  }
  if ("pairedBy" in release) return pairedStatement(release, target, environment);
  if (release.argument !== 0 && release.argument !== "none") return undefined;
  const isAsync = kind.asyncRelease === true;
  if (isAsync && !canAwait) return undefined;
  const callee = reachFunction(release, target.site, environment);
  if (callee === undefined) return undefined;
  const call = `${isAsync ? "await " : ""}${callee.text}(${release.argument === 0 ? name : ""});`;
  const guard = nullable && release.argument === 0 ? `if (${name} != null) ` : "";
  return { text: guard + call, edits: callee.edits };
}

function pairedStatement(
  release: Extract<Release, { pairedBy: unknown }>,
  { site, kind, canAwait }: ReleaseTarget,
  environment: Environment,
): ReleaseStatement | undefined {
  if (kind.asyncRelease === true && !canAwait) return undefined;
  if (!ts.isCallExpression(site)) return undefined;
  const argument = release.pairedBy === "receiver" ? undefined : site.arguments[release.pairedBy];
  if (release.pairedBy !== "receiver" && (argument === undefined || !isPlain(argument)))
    return undefined;
  const callee = reachFunction(release, site, environment);
  return (
    callee && {
      text: `${kind.asyncRelease === true ? "await " : ""}${callee.text}(${argument?.getText() ?? ""});`,
      edits: callee.edits,
    }
  );
}

/** Evaluating it again gives the same and does nothing. */
export function isPlain(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return isPlain(node.expression);
  return (
    ts.isIdentifier(node) ||
    ts.isStringLiteral(node) ||
    ts.isNumericLiteral(node) ||
    node.kind === ts.SyntaxKind.ThisKeyword
  );
}

/** How code reaches a releasing function: a member of the receiver, a global, the module of the acquisition. */
function reachFunction(
  release: Extract<Release, { name: unknown }>,
  site: ts.Node,
  environment: Environment,
): ReleaseStatement | undefined {
  const { types } = environment;
  const names = typeof release.name === "string" ? [release.name] : release.name;
  if (!ts.isCallExpression(site) && !ts.isNewExpression(site)) return undefined;
  const { expression } = site;
  for (const name of names) {
    const last = name.slice(name.lastIndexOf(".") + 1);
    if (ts.isPropertyAccessExpression(expression) && isPlain(expression.expression)) {
      const owner = types.typeOf(expression.expression);
      const member = memberNamed(owner, last, types.program);
      if (member !== undefined && matchesPattern(release, types.declaredNames(member)))
        return { text: `${expression.expression.getText()}.${last}`, edits: [] };
    }
    if (name.includes(".")) continue;
    if (release.module === undefined) {
      if (isGlobalName(name, site, types.program)) return { text: name, edits: [] };
    } else if (ts.isIdentifier(expression)) {
      const imported = importBeside(expression, name, site.getSourceFile(), environment);
      if (imported !== undefined) return imported;
    }
  }
  return undefined;
}

/** The other function of the module that the acquiring one is imported from, imported if it is not yet. */
function importBeside(
  acquiring: ts.Identifier,
  name: string,
  file: ts.SourceFile,
  { types }: Environment,
): ReleaseStatement | undefined {
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const { elements } = bindings;
    if (!elements.some((one) => !one.isTypeOnly && one.name.text === acquiring.text)) continue;
    const known = elements.find(
      (one) => !one.isTypeOnly && (one.propertyName ?? one.name).text === name,
    );
    if (known !== undefined) return { text: known.name.text, edits: [] };
    const last = elements.at(-1);
    if (last === undefined || !isExportedBy(statement.moduleSpecifier, name, types.program))
      return undefined;
    if (new RegExp(`\\b${name}\\b`).test(file.text)) return undefined;
    return { text: name, edits: [insertAt(last.end, `, ${name}`)] };
  }
  return undefined;
}
