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
import { isUsing, skipWrappers, someInside } from "../typescript/syntax.ts";

/** A variable, with everything that a function does with it. */
export interface Held {
  readonly name: ts.Identifier;
  /** Of the resource, which may be narrower than that of the variable. */
  readonly type: ts.Type;
  /** Its declaration, where that gives it the resource; undefined where it was declared before. */
  readonly declared: Declared | undefined;
  /** The statements that see the resource. */
  readonly rest: readonly ts.Statement[];
  readonly unit: ts.SignatureDeclaration;
  readonly isAsync: boolean;
  /** Where else the variable is named. */
  readonly references: readonly ts.Identifier[];
}

/** A variable that gets its value by a statement of a block. */
export interface HeldVariable extends Held {
  readonly statement: ts.VariableStatement | ts.ExpressionStatement;
  readonly block: ts.Block;
}

export interface Declared {
  readonly declaration: ts.VariableDeclaration;
  readonly list: ts.VariableDeclarationList;
}

/** @returns undefined where the resource is not the value of a variable of a block that keeps it */
export function heldVariable(site: ts.Node, environment: Environment): HeldVariable | undefined {
  const value = wholeValue(site);
  const { parent } = value;
  if (ts.isVariableDeclaration(parent)) return declaredVariable(parent, environment);
  return ts.isBinaryExpression(parent) && parent.right === value
    ? assignedVariable(parent, environment)
    : undefined;
}

/** What a call gives, awaited and under another type. */
export function wholeValue(site: ts.Node): ts.Node {
  let node = site;
  while (
    ts.isAwaitExpression(node.parent) ||
    (ts.isExpression(node.parent) && skipWrappers(node.parent) !== node.parent)
  )
    node = node.parent;
  return node;
}

/** `const file = await open(path);` */
function declaredVariable(
  declaration: ts.VariableDeclaration,
  environment: Environment,
): HeldVariable | undefined {
  const { name, parent: list } = declaration;
  if (!ts.isIdentifier(name) || !ts.isVariableDeclarationList(list)) return undefined;
  const { parent: statement } = list;
  if (!ts.isVariableStatement(statement)) return undefined;
  const { parent: block } = statement;
  const isPlain = (list.flags & ts.NodeFlags.BlockScoped) !== 0 && !isUsing(list);
  if (!ts.isBlock(block) || !isPlain) return undefined;
  const rest = block.statements.slice(block.statements.indexOf(statement) + 1);
  const type = environment.types.typeOf(name);
  const held = heldIn({ name, type, declared: { declaration, list }, rest }, block, environment);
  return held && { ...held, statement, block };
}

/** `file = await open(path);`, of a variable that the same block declares without a value. */
function assignedVariable(
  assignment: ts.BinaryExpression,
  environment: Environment,
): HeldVariable | undefined {
  const { left: name, operatorToken, parent: statement } = assignment;
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isIdentifier(name)) return undefined;
  if (!ts.isExpressionStatement(statement) || !ts.isBlock(statement.parent)) return undefined;
  const { parent: block } = statement;
  const declaration = environment.resolve(name)?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  const { name: first, initializer, parent: list } = declaration;
  if (initializer !== undefined || !ts.isIdentifier(first)) return undefined;
  if (list.parent.parent !== block) return undefined;
  const rest = block.statements.slice(block.statements.indexOf(statement) + 1);
  const type = environment.types.typeOf(assignment.right);
  const held = heldIn({ name, type, declared: undefined, rest }, block, environment, [first]);
  return held && { ...held, statement, block };
}

/**
 * @param scope where the variable may be named
 * @param others names that do not count, besides the one that gets the resource
 * @returns undefined where the variable gets something else as well
 */
export function heldIn(
  part: Pick<Held, "name" | "type" | "declared" | "rest">,
  scope: ts.Node,
  { resolve }: Environment,
  others: readonly ts.Identifier[] = [],
): Held | undefined {
  const { name } = part;
  const unit = functionAround(name);
  const symbol = resolve(name);
  if (unit === undefined || symbol === undefined) return undefined;
  const references: ts.Identifier[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isIdentifier(child) && child.text === name.text && child !== name) {
      if (!others.includes(child) && resolve(child) === symbol) references.push(child);
    }
    ts.forEachChild(child, visit);
  };
  visit(scope);
  if (references.some(isAssigned)) return undefined;
  return { ...part, unit, isAsync: isAsyncFunction(unit), references };
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
  readonly releases: readonly ts.Statement[];
  /** Returned promises that have to settle first. */
  readonly pending: readonly ts.Expression[];
}

/**
 * @returns undefined where the resource may be meant to outlive the block, or the code releases it in
 *   a way that cannot be taken out
 */
export function blockEnd(
  held: Held,
  { kind, ended }: Pick<Obligation, "kind" | "ended">,
  environment: Environment,
): BlockEnd | undefined {
  if ((ended & ~Ended.released) !== 0) return undefined;
  const releases: ts.Statement[] = [];
  for (const name of held.references) {
    const use = useOf(name, held, kind, environment);
    if (use === "other") return undefined;
    if (use === "lent") {
      // Somebody else releases it on some path.
      if (isGivenToBody(name, environment) && (ended & Ended.released) !== 0) return undefined;
    } else if (use !== "used" && !releases.includes(use)) releases.push(use);
  }
  if (releases.length === 0 && (ended & Ended.released) !== 0) return undefined;
  const pending = held.isAsync
    ? held.rest.flatMap((one) => pendingReturns(one, held.unit, environment))
    : [];
  return { releases, pending };
}

/** The statements that release the variable, with the method where one does; none where anything else may. */
export function releasesIn(
  held: Held,
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

type Use = ts.Statement | "used" | "lent" | "other";

function useOf(name: ts.Identifier, held: Held, kind: ResourceKind, environment: Environment): Use {
  const outer = outermost(name);
  const { parent } = outer;
  if (functionAround(name) !== held.unit && !isAwaitedCallback(name, held)) return "other";
  const release = releaseStatementOf(outer, kind, environment);
  if (release !== undefined)
    return functionAround(name) === held.unit ? (removable(release) ?? "other") : "other";
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

/**
 * The statement that goes with a release, so that nothing is left empty: itself, or an `if` that does
 * nothing else.
 */
function removable(statement: ts.Statement): ts.Statement | undefined {
  const { parent } = statement;
  if (ts.isIfStatement(parent)) {
    const isAll = parent.elseStatement === undefined && !someInside(parent.expression, mayWork);
    return isAll ? removable(parent) : undefined;
  }
  if (!ts.isBlock(parent)) return undefined;
  if (parent.statements.length > 1 || ts.isFunctionLike(parent.parent)) return statement;
  return ts.isIfStatement(parent.parent) ? removable(parent) : undefined;
}

/** Taking it out, or moving it, would take out or move what it does. */
export function mayWork(node: ts.Node): boolean {
  return (
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isYieldExpression(node) ||
    ts.isTaggedTemplateExpression(node)
  );
}

/** A callback that is over when the call that takes it is: what it is given to is waited for. */
function isAwaitedCallback(name: ts.Node, { unit, isAsync }: Held): boolean {
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

/** Promises that a statement of a function returns as they are. */
export function pendingReturns(
  statement: ts.Statement,
  unit: ts.SignatureDeclaration,
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
  visit(statement);
  return found;
}
