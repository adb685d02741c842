/**
 * Views that pin: a small part of a message is kept, and all of its memory with it, because the part is a
 * view and no copy.
 */
import ts from "typescript";
import { nodesIn } from "../../typescript/nodes-in-file.ts";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { payloadOf } from "../../resources/payload.ts";
import { reportingRule } from "../../resources/reporting-rule.ts";
import { functionAround, isWrapper } from "../../typescript/syntax.ts";
import { constantNumber } from "../holders/values.ts";
import { type Lifetime, lifetimesOfValue, longest } from "../holders/holder-lifetimes.ts";
import type { PayloadFinding } from "./payload-finding.ts";

/** Every view of a message that something longer-lived keeps, in source order. */
export function pinningViews(
  file: ts.SourceFile,
  environment: Environment,
): readonly PayloadFinding[] {
  return nodesIn(file)
    .calls.filter(isViewing)
    .flatMap((view) => pinned(view, environment) ?? []);
}

type Viewing = ts.CallExpression | ts.NewExpression;

/** The cheap question: a call or `new` that may give a view, by what is called. */
function isViewing(node: ts.Node): node is Viewing {
  if (ts.isNewExpression(node))
    return ts.isIdentifier(node.expression) && (node.arguments?.length ?? 0) === 3;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { length } = node.arguments;
  const { text } = node.expression.name;
  return (length === 2 && /^(?:subarray|slice)$/.test(text)) || (length === 3 && text === "from");
}

function pinned(view: Viewing, environment: Environment): PayloadFinding | undefined {
  const source = viewedBy(view, environment);
  if (source === undefined) return undefined;
  const holder = keptIn(view, environment);
  const unit = functionAround(view);
  if (holder === undefined || ts.isSourceFile(unit) || ts.isConstructorDeclaration(unit))
    return undefined;
  if (!isGiven(source, unit, environment)) return undefined;
  const { types } = environment;
  const payload = payloadOf(types.typeOf(source), types) ?? payloadOf(types.typeOf(view), types);
  return (
    payload && {
      fault: "view",
      node: view,
      site: view,
      name: holder.getText(),
      payload,
      unit: unit as PayloadFinding["unit"],
      at: [view],
      rule: reportingRule({ wrong: "retained-memory", keptIn: "slot" }),
      strength: "sure",
    }
  );
}

/** What a call or `new` gives a bounded view of; undefined when it copies, or takes all there is. */
function viewedBy(view: Viewing, environment: Environment): ts.Expression | undefined {
  const { types } = environment;
  const [first, start, end] = view.arguments ?? [];
  const { expression } = view;
  const declaredAs = (node: ts.Expression): readonly string[] =>
    types
      .classSymbols(types.valueType(node))
      .filter((symbol) => !types.declaredNames(symbol).every(({ origin }) => origin === "program"))
      .map(({ name }) => name);
  if (ts.isNewExpression(view)) {
    // `new Uint8Array(buffer, offset, length)`, `new DataView(buffer, offset, length)`
    const isMemory =
      first !== undefined &&
      declaredAs(first).some((name) => /^(?:Shared)?ArrayBuffer$/.test(name));
    return isMemory && isPart(start, end, environment) ? ofMemory(first) : undefined;
  }
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const receiver = expression.expression;
  const names = declaredAs(receiver);
  switch (expression.name.text) {
    case "subarray":
      return names.some((name) => /Array$|^Buffer$/.test(name)) && isPart(first, start, environment)
        ? receiver
        : undefined;
    case "slice":
      // Of a Buffer it is a view, of any other array of bytes a copy.
      return names.includes("Buffer") && isPart(first, start, environment) ? receiver : undefined;
    default: {
      const isMemory =
        first !== undefined &&
        declaredAs(first).some((name) => /^(?:Shared)?ArrayBuffer$/.test(name));
      const isBuffer = types.symbolAt(receiver)?.name === "Buffer";
      return isMemory && isBuffer && isPart(start, end, environment) ? ofMemory(first) : undefined;
    }
  }
}

/** `data` of `data.buffer` */
function ofMemory(node: ts.Expression): ts.Expression {
  const memory = valueOf(node);
  return ts.isPropertyAccessExpression(memory) && memory.name.text === "buffer"
    ? memory.expression
    : memory;
}

/** Both bounds are given, and are not those of the whole. */
function isPart(
  start: ts.Expression | undefined,
  end: ts.Expression | undefined,
  environment: Environment,
): boolean {
  if (start === undefined || end === undefined) return false;
  const isWhole =
    constantNumber(start, environment) === 0 &&
    ts.isPropertyAccessExpression(end) &&
    /^(?:byteLength|length)$/.test(end.name.text);
  return !isWhole;
}

/** The message is what the function is given, or a part of it. */
function isGiven(source: ts.Expression, unit: ts.Node, environment: Environment): boolean {
  let node = valueOf(source);
  while (ts.isPropertyAccessExpression(node)) node = valueOf(node.expression);
  if (!ts.isIdentifier(node)) return false;
  const declaration = environment.resolve(node)?.valueDeclaration;
  if (declaration === undefined) return false;
  if (ts.isParameter(declaration)) return declaration.parent === unit;
  return (
    ts.isBindingElement(declaration) &&
    functionAround(declaration) === unit &&
    ts.findAncestor(declaration, ts.isParameter) !== undefined
  );
}

/** What keeps the value of an expression, when it lives longer than the call. */
function keptIn(view: Viewing, environment: Environment): ts.Expression | undefined {
  let node: ts.Node = view;
  while (
    isWrapper(node.parent) ||
    ts.isPropertyAssignment(node.parent) ||
    ts.isObjectLiteralExpression(node.parent)
  )
    node = node.parent;
  const { parent } = node;
  if (
    ts.isBinaryExpression(parent) &&
    parent.right === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  ) {
    const { left } = parent;
    const holder = ts.isElementAccessExpression(left) ? left.expression : left;
    return isLongLived(holder, environment) ? holder : undefined;
  }
  if (!ts.isCallExpression(parent) || parent.expression === node) return undefined;
  const callee = parent.expression;
  if (
    !ts.isPropertyAccessExpression(callee) ||
    !/^(?:set|add|push|unshift)$/.test(callee.name.text)
  )
    return undefined;
  const holder = callee.expression;
  const isCollection = environment.types
    .classSymbols(environment.types.valueType(holder))
    .some(({ name }) => /^(?:Map|Set|Array)$/.test(name));
  return isCollection && isLongLived(holder, environment) ? holder : undefined;
}

/** A field of the object, or a variable that is known to be there when the call is over. */
function isLongLived(holder: ts.Expression, environment: Environment): boolean {
  const node = valueOf(holder);
  const known = longest(lifetimesOfValue(node, environment));
  if (ts.isPropertyAccessExpression(node)) {
    const isOwn = node.expression.kind === ts.SyntaxKind.ThisKeyword;
    return isOwn && (known === undefined || isLong(known));
  }
  return ts.isIdentifier(node) && known !== undefined && isLong(known);
}

function isLong(known: Lifetime): boolean {
  return known.lasts === "event" ? known.event === "connection" : known.lasts !== "call";
}
