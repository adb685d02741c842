/**
 * The variable that holds an acquired resource, and what the rest of its block does with it: whether
 * the resource can be released where the block ends, and what has to go when it is.
 */
import ts from "typescript";
import { isReleaseMethod } from "../ownership/releases.ts";
import { Ended } from "../ownership/obligation-state.ts";
import type { Obligation } from "../ownership/analyse-file.ts";
import type { Environment } from "../ownership/environment.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { isAsyncFunction } from "../typescript/modifiers.ts";
import { isUsing, skipWrappers } from "../typescript/syntax.ts";

export interface HeldVariable {
  readonly name: ts.Identifier;
  readonly declaration: ts.VariableDeclaration;
  readonly list: ts.VariableDeclarationList;
  readonly statement: ts.VariableStatement;
  readonly block: ts.Block;
  /** The statements behind the declaration. */
  readonly rest: readonly ts.Statement[];
  readonly unit: ts.SignatureDeclaration;
  readonly isAsync: boolean;
  /** Where the rest of the block names the variable. */
  readonly references: readonly ts.Identifier[];
}

/** @returns undefined where the resource is not the value of a variable of a block that keeps it */
export function heldVariable(
  site: ts.Node,
  { types, resolve }: Environment,
): HeldVariable | undefined {
  let node = site;
  while (
    ts.isAwaitExpression(node.parent) ||
    (ts.isExpression(node.parent) && skipWrappers(node.parent) !== node.parent)
  )
    node = node.parent;
  const declaration = node.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name))
    return undefined;
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list) || !ts.isVariableStatement(list.parent)) return undefined;
  const statement = list.parent;
  const block = statement.parent;
  const isPlain = (list.flags & ts.NodeFlags.BlockScoped) !== 0 && !isUsing(list);
  if (!ts.isBlock(block) || !isPlain) return undefined;
  const unit = functionAround(block);
  const { name } = declaration;
  const symbol = types.symbolAt(name);
  if (unit === undefined || symbol === undefined) return undefined;
  const references: ts.Identifier[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isIdentifier(child) && child !== name && child.text === name.text) {
      if (resolve(child) === symbol) references.push(child);
    }
    ts.forEachChild(child, visit);
  };
  visit(block);
  if (references.some(isAssigned)) return undefined;
  const rest = block.statements.slice(block.statements.indexOf(statement) + 1);
  const isAsync = isAsyncFunction(unit);
  return { name, declaration, list, statement, block, rest, unit, isAsync, references };
}

export function functionAround(node: ts.Node): ts.SignatureDeclaration | undefined {
  let current = node.parent;
  while (!ts.isFunctionLike(current)) {
    if (ts.isSourceFile(current) || ts.isClassStaticBlockDeclaration(current)) return undefined;
    current = current.parent;
  }
  return current;
}

function isAssigned(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isBinaryExpression(parent) && parent.left === name)
    return (
      parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
    );
  return false;
}

/** What becomes superfluous, and what is missing, when the block releases where it ends. */
export interface BlockEnd {
  /** Releases on single paths. */
  readonly releases: readonly ts.ExpressionStatement[];
  /** Returned promises that have to settle first. */
  readonly pending: readonly ts.Expression[];
}

/**
 * @returns undefined where the resource may be meant to outlive the block, or the code releases it in
 *   a way that cannot be taken out
 */
export function blockEnd(
  held: HeldVariable,
  { kind, ended }: Pick<Obligation, "kind" | "ended">,
  environment: Environment,
): BlockEnd | undefined {
  if ((ended & ~Ended.released) !== 0) return undefined;
  const releases: ts.ExpressionStatement[] = [];
  for (const name of held.references) {
    const use = useOf(name, held, kind, environment);
    if (use === "other") return undefined;
    if (use === "lent") {
      // Somebody else releases it on some path.
      if (isGivenToBody(name, environment) && (ended & Ended.released) !== 0) return undefined;
    } else if (use !== "used") releases.push(use);
  }
  if (releases.length === 0 && (ended & Ended.released) !== 0) return undefined;
  const pending = held.isAsync ? pendingReturns(held, environment) : [];
  return { releases, pending };
}

/** The statements that release the variable, with the method where one does; none where anything else may. */
export function releasesIn(
  held: HeldVariable,
  kind: ResourceKind,
  environment: Environment,
): readonly { readonly statement: ts.ExpressionStatement; readonly method: string }[] {
  const found: { statement: ts.ExpressionStatement; method: string }[] = [];
  for (const name of held.references) {
    const outer = outermost(name);
    const statement = releaseStatementOf(outer, kind, environment);
    const { parent } = outer;
    if (statement === undefined) {
      if (isGivenToBody(name, environment)) return [];
    } else if (functionAround(name) !== held.unit) return [];
    else if (ts.isPropertyAccessExpression(parent))
      found.push({ statement, method: parent.name.text });
    else if (ts.isElementAccessExpression(parent))
      found.push({ statement, method: `[${parent.argumentExpression.getText()}]` });
    else return [];
  }
  return found;
}

type Use = ts.ExpressionStatement | "used" | "lent" | "other";

function useOf(
  name: ts.Identifier,
  held: HeldVariable,
  kind: ResourceKind,
  environment: Environment,
): Use {
  const outer = outermost(name);
  const { parent } = outer;
  if (functionAround(name) !== held.unit && !isAwaitedCallback(name, held)) return "other";
  const release = releaseStatementOf(outer, kind, environment);
  if (release !== undefined)
    return functionAround(name) === held.unit && isRemovable(release) ? release : "other";
  if (!held.isAsync && worksLater(outer, environment)) return "other";
  if (held.isAsync && isLeftRunning(outer, environment)) return "other";
  if (ts.isPropertyAccessExpression(parent) && parent.expression === outer)
    return isReleaseMethod(kind, parent.name.text) ? "other" : "used";
  if (ts.isElementAccessExpression(parent) && parent.expression === outer) {
    const key = parent.argumentExpression.getText();
    return isReleaseMethod(kind, `[${key}]`) ? "other" : "used";
  }
  if (
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) &&
    parent.arguments?.includes(outer) === true
  )
    return isReleaseFunction(parent, kind, environment) ? "other" : "lent";
  return ts.isExpressionWithTypeArguments(parent) || isTested(outer) ? "used" : "other";
}

/** Through parentheses, casts and `!`. */
function outermost(name: ts.Expression): ts.Expression {
  let node = name;
  while (ts.isExpression(node.parent) && skipWrappers(node.parent) !== node.parent)
    node = node.parent;
  return node;
}

function isTested(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent)) return parent.expression === node;
  if (ts.isPrefixUnaryExpression(parent)) return true;
  return (
    ts.isBinaryExpression(parent) &&
    [
      ts.SyntaxKind.EqualsEqualsEqualsToken,
      ts.SyntaxKind.ExclamationEqualsEqualsToken,
      ts.SyntaxKind.EqualsEqualsToken,
      ts.SyntaxKind.ExclamationEqualsToken,
      ts.SyntaxKind.InstanceOfKeyword,
    ].includes(parent.operatorToken.kind)
  );
}

/** `x.close();`, `await x.close();`, `closeSync(x);` as a statement of its own. */
function releaseStatementOf(
  outer: ts.Expression,
  kind: ResourceKind,
  environment: Environment,
): ts.ExpressionStatement | undefined {
  const { parent } = outer;
  let call: ts.Node = parent;
  if (
    (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) &&
    parent.expression === outer
  ) {
    const method = ts.isPropertyAccessExpression(parent)
      ? parent.name.text
      : `[${parent.argumentExpression.getText()}]`;
    if (!isReleaseMethod(kind, method)) return undefined;
    call = parent.parent;
    if (!ts.isCallExpression(call) || call.expression !== parent || call.arguments.length > 0)
      return undefined;
  } else if (!ts.isCallExpression(call) || !isReleaseFunction(call, kind, environment))
    return undefined;
  let whole: ts.Node = call;
  while (
    ts.isAwaitExpression(whole.parent) ||
    ts.isVoidExpression(whole.parent) ||
    ts.isParenthesizedExpression(whole.parent)
  )
    whole = whole.parent;
  return ts.isExpressionStatement(whole.parent) ? whole.parent : undefined;
}

function isReleaseFunction(
  call: ts.CallExpression | ts.NewExpression,
  kind: ResourceKind,
  { recogniser }: Environment,
): boolean {
  const name = recogniser.calleeName(call);
  return (
    name !== undefined &&
    kind.release.some(
      (release) => "name" in release && recogniser.isNamedBy(release, call.expression, name),
    )
  );
}

/** Nothing is left empty behind it. */
function isRemovable(statement: ts.ExpressionStatement): boolean {
  const { parent } = statement;
  if (!ts.isBlock(parent)) return false;
  return parent.statements.length > 1 || ts.isFunctionLike(parent.parent);
}

/** A callback that is over when the call that takes it is: what it is given to is waited for. */
function isAwaitedCallback(name: ts.Node, { unit, isAsync }: HeldVariable): boolean {
  let node = name;
  let isAwaited = false;
  while (node !== unit) {
    if (ts.isAwaitExpression(node) && functionAround(node) === unit) isAwaited = true;
    node = node.parent;
  }
  return isAsync && isAwaited;
}

/** A function without `await` starts something with the resource that goes on behind it. */
function worksLater(outer: ts.Expression, { types }: Environment): boolean {
  for (let node: ts.Node = outer; ts.isExpression(node); node = node.parent) {
    if (ts.isCallExpression(node) && types.isPromise(node)) return true;
  }
  return false;
}

/** A promise that works with the resource and that nobody waits for. */
function isLeftRunning(outer: ts.Expression, { types }: Environment): boolean {
  let node: ts.Node = outer;
  let started = false;
  while (ts.isExpression(node.parent)) {
    node = node.parent;
    if (ts.isAwaitExpression(node)) return false;
    if (ts.isCallExpression(node)) started = types.isPromise(node);
    if (ts.isFunctionLike(node)) return false;
  }
  return started && ts.isExpressionStatement(node.parent);
}

/** The function that is given the resource is of the program: it may release it. */
function isGivenToBody(name: ts.Identifier, { types }: Environment): boolean {
  const { parent } = outermost(name);
  return (
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) &&
    types.implementations(parent.expression, ts.isNewExpression(parent)).length > 0
  );
}

function pendingReturns(
  { rest, unit }: HeldVariable,
  { types }: Environment,
): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && node !== unit) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined) {
      if (!ts.isAwaitExpression(node.expression) && types.isPromise(node.expression))
        found.push(node.expression);
    }
    ts.forEachChild(node, visit);
  };
  for (const statement of rest) visit(statement);
  return found;
}
