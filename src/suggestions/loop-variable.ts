/**
 * The variable in the head of a loop that gets a resource: a new one in each turn of `for … of`, or one
 * for the whole loop.
 */
import ts from "typescript";
import type { Environment } from "../ownership/environment.ts";
import { isUsing, someInside } from "../typescript/syntax.ts";
import { type Held, heldIn, wholeValue } from "./held-variable.ts";

export interface LoopVariable extends Held {
  /** The body whose end is the end of the resource; undefined where that is the end of the loop. */
  readonly block: ts.Block | undefined;
}

/** @returns undefined where the head of no loop declares the variable, or the loop may be left early */
export function loopVariable(site: ts.Node, environment: Environment): LoopVariable | undefined {
  const value = iteratedOf(wholeValue(site));
  const { parent } = value;
  if (ts.isForOfStatement(parent) && parent.expression === value) {
    // What was opened for the turns that do not come would stay open.
    if (someInside(parent.statement, leavesLoop)) return undefined;
    const block = ts.isBlock(parent.statement) ? parent.statement : undefined;
    const held = declaredBy(parent, environment, block?.statements ?? [parent.statement]);
    return held && { ...held, block };
  }
  if (!ts.isVariableDeclaration(parent) || !ts.isForStatement(parent.parent.parent))
    return undefined;
  const held = declaredBy(parent.parent.parent, environment, [parent.parent.parent]);
  return held && { ...held, block: undefined };
}

/** The list that is walked: the values of a callback of `map`, all of which may be waited for. */
function iteratedOf(value: ts.Node): ts.Node {
  const { parent } = value;
  if (!ts.isArrowFunction(parent) || parent.body !== value) return value;
  const mapped = callWith(parent, "map");
  if (mapped === undefined) return value;
  const list = wholeValue(mapped);
  const all = callWith(list, "all");
  return all === undefined ? list : wholeValue(all);
}

/** The call of a member that has a node for its first argument. */
function callWith(argument: ts.Node, member: string): ts.CallExpression | undefined {
  const { parent } = argument;
  return ts.isCallExpression(parent) &&
    parent.arguments[0] === argument &&
    ts.isPropertyAccessExpression(parent.expression) &&
    parent.expression.name.text === member
    ? parent
    : undefined;
}

function declaredBy(
  loop: ts.ForStatement | ts.ForOfStatement,
  environment: Environment,
  rest: readonly ts.Statement[],
): Held | undefined {
  const list = loop.initializer;
  if (list === undefined || !ts.isVariableDeclarationList(list) || isUsing(list)) return undefined;
  const [declaration, ...others] = list.declarations;
  if (declaration === undefined || others.length > 0 || !ts.isIdentifier(declaration.name))
    return undefined;
  if ((list.flags & ts.NodeFlags.BlockScoped) === 0) return undefined;
  const { name } = declaration;
  const type = environment.types.typeOf(name);
  return heldIn({ name, type, declared: { declaration, list }, rest }, loop, environment);
}

function leavesLoop(node: ts.Node): boolean {
  return (
    ts.isBreakStatement(node) ||
    ts.isReturnStatement(node) ||
    (ts.isContinueStatement(node) && node.label !== undefined)
  );
}
