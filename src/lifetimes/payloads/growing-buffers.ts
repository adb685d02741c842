/**
 * Buffers that grow: `this.rest = Buffer.concat([this.rest, chunk])`, in a function that uses what has
 * come and never takes anything off.
 *
 * Only buffers of which nothing is ever taken off, and that no limit ends, are reported: how much of one
 * a parser needs for its next turn, nobody can say.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isReleaseName } from "../../resources/infer-kind.ts";
import { payloadOf } from "../../resources/payload.ts";
import { reportingRule } from "../../resources/reporting-rule.ts";
import { isAssignment, isInside, someInside, withWrappers } from "../../typescript/syntax.ts";
import { Operations } from "./operations.ts";
import type { PayloadFinding } from "./payload-finding.ts";
import { mentionsOf, outlivesMessage, slotDeclaration, type SlotDeclaration } from "./slots.ts";

interface Growth {
  readonly declaration: SlotDeclaration;
  readonly assignment: ts.BinaryExpression;
  readonly mentions: readonly ts.Expression[];
}

/** Every buffer of a file that only grows, in source order. */
export function growingBuffers(
  file: ts.SourceFile,
  environment: Environment,
): readonly PayloadFinding[] {
  const found = growthsIn(file, environment);
  if (found.length === 0) return [];
  const operations = new Operations(environment);
  return found.flatMap((one) => judge(one, operations, environment) ?? []);
}

function growthsIn(file: ts.SourceFile, environment: Environment): readonly Growth[] {
  const found: Growth[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isBinaryExpression(node)) return;
    if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !mayPutTogether(node.right))
      return;
    const declaration = slotDeclaration(node.left, environment);
    if (declaration?.getSourceFile() !== file) return;
    const mentions = mentionsOf(declaration, environment);
    if (mentions?.some((one) => isInside(one, node.right)) !== true) return;
    if (addsBytes(node.right, environment)) found.push({ declaration, assignment: node, mentions });
  };
  visit(file);
  return found;
}

/** By syntax alone: `Buffer.concat([…])`, `new Uint8Array([…])`. */
function mayPutTogether(value: ts.Expression): value is ts.CallExpression | ts.NewExpression {
  const node = valueOf(value);
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
  const [list] = node.arguments ?? [];
  return list !== undefined && ts.isArrayLiteralExpression(list) && list.elements.length > 1;
}

/** It puts bytes behind bytes. */
function addsBytes(value: ts.Expression, { types, recogniser }: Environment): boolean {
  const node = valueOf(value);
  if (payloadOf(types.typeOf(node), types)?.sort !== "bytes") return false;
  return (
    ts.isNewExpression(node) ||
    (ts.isCallExpression(node) &&
      recogniser.isStandardMember(node.expression, "BufferConstructor.concat"))
  );
}

function judge(
  { declaration, assignment, mentions }: Growth,
  operations: Operations,
  environment: Environment,
): PayloadFinding | undefined {
  const unit = operations.unitOf(assignment);
  if (unit === undefined || operations.partOf(unit) !== "other") return undefined;
  if (!outlivesMessage(declaration, environment)) return undefined;
  const others = mentions.filter((one) => !isInside(one, assignment));
  if (others.some((one) => takesOff(one, operations))) return undefined;
  if (others.some(isLimited)) return undefined;
  if (!others.some((one) => isUsed(one) && runsIn(one, unit, operations))) return undefined;
  const payload = payloadOf(environment.types.typeOf(declaration.name), environment.types);
  return (
    payload && {
      fault: "parts-never-cleared",
      node: assignment,
      site: valueOf(assignment.right),
      name: assignment.left.getText(),
      payload,
      unit,
      at: [unit],
      rule: reportingRule({ wrong: "retained-memory", keptIn: "slot" }),
      strength: "sure",
    }
  );
}

/** Something else is assigned while the holder lives, or it is given to who may do so. */
function takesOff(mention: ts.Expression, operations: Operations): boolean {
  const { parent } = withWrappers(mention);
  if (!ts.isBinaryExpression(parent) || !isAssignment(parent.operatorToken.kind)) return false;
  if (!isInside(mention, parent.left)) return false;
  const unit = operations.unitOf(parent);
  return unit !== undefined && !operations.isOutsideOfLife(unit);
}

/** `if (this.rest.length > limit) throw …`, or close what it comes from. */
function isLimited(mention: ts.Expression): boolean {
  const access = mention.parent;
  if (!ts.isPropertyAccessExpression(access) || !/^(?:length|byteLength)$/.test(access.name.text))
    return false;
  const statement = ts.findAncestor(access, ts.isStatement);
  if (statement === undefined || !ts.isIfStatement(statement)) return false;
  return someInside(
    statement.thenStatement,
    (node) =>
      ts.isThrowStatement(node) ||
      (ts.isCallExpression(node) &&
        ts.isPropertyAccessExpression(node.expression) &&
        isReleaseName(node.expression.name.text)),
  );
}

/** A part of it, or all, is given to somebody. */
function isUsed(mention: ts.Expression): boolean {
  const { parent } = withWrappers(mention);
  if (ts.isCallExpression(parent)) return parent.expression !== mention;
  return (
    ts.isPropertyAccessExpression(parent) &&
    ts.isCallExpression(parent.parent) &&
    parent.parent.expression === parent &&
    !ts.isExpressionStatement(parent.parent.parent)
  );
}

function runsIn(mention: ts.Expression, unit: FunctionWithBody, operations: Operations): boolean {
  const own = operations.unitOf(mention);
  if (own === undefined) return false;
  if (own === unit) return true;
  const callers = operations.callersOf(own) ?? [];
  return callers.length > 0 && callers.every((caller) => caller === unit);
}
