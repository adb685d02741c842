/**
 * Objects that are fed with a message and keep it until they are told to let go: a decoder with
 * `setInput(bytes)` and `reset()`. Whoever feeds one for each message has to reset it when the message is
 * done.
 *
 * That an object keeps what it is fed with, and how it lets go, is read off its class: one method puts
 * its argument into a field, and another one empties that field. The pair is the evidence.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../../flow/graph.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Environment } from "../../ownership/environment.ts";
import { payloadOf } from "../../resources/payload.ts";
import { someMemberThat } from "../../typescript/declared-members.ts";
import { isAssignment, isNothing, skipWrappers, someInside } from "../../typescript/syntax.ts";
import { methodCallOn } from "../holders/references.ts";
import { bodiesOf } from "../holders/values.ts";
import {
  mentionsOf,
  type Slot,
  slotDeclaration,
  type SlotDeclaration,
  type SlotUse,
} from "./slots.ts";

/** The objects of a file that functions feed with a message, as slots that the message is put into. */
export function fedObjects(file: ts.SourceFile, environment: Environment): readonly Slot[] {
  const fields = new Map<SlotDeclaration, ts.Symbol>();
  for (const call of callsIn(file)) {
    if (!ts.isCallExpression(call) || call.arguments.length === 0) continue;
    const fed = fedBy(call, environment);
    if (fed?.declaration.getSourceFile() === file) fields.set(fed.declaration, fed.field);
  }
  return [...fields].flatMap(
    ([declaration, field]) => slotOf(declaration, field, environment) ?? [],
  );
}

/** `this.decoder.setInput(bytes)`: the object, and the field of its class that keeps the bytes. */
function fedBy(
  call: ts.CallExpression,
  environment: Environment,
): { declaration: SlotDeclaration; field: ts.Symbol } | undefined {
  const callee = skipWrappers(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const receiver = skipWrappers(callee.expression);
  const isOwn =
    ts.isPropertyAccessExpression(receiver) &&
    receiver.expression.kind === ts.SyntaxKind.ThisKeyword;
  if (!isOwn && !ts.isIdentifier(receiver)) return undefined;
  const { types } = environment;
  if (!mayKeep(callee.name.text, types.program)) return undefined;
  const [body, ...others] = bodiesOf(callee, environment);
  if (body === undefined || others.length > 0) return undefined;
  const field = keptIn(body, environment);
  const declaration = field && slotDeclaration(receiver, environment);
  if (field === undefined || declaration === undefined) return undefined;
  // The types of arguments are the dearest that is asked here.
  return call.arguments.some((one) => payloadOf(types.typeOf(one), types) !== undefined)
    ? { declaration, field }
    : undefined;
}

/** Some member of the name, of whatever class of the program, puts something into a field of `this`. */
const mayKeep = someMemberThat((member) => someInside(member, isFilled));

/** The field that a method puts its argument into, and leaves it in. */
function keptIn(body: FunctionWithBody, environment: Environment): ts.Symbol | undefined {
  const assigned = fieldAssignments(body, environment);
  if (assigned.some(({ value }) => isNothing(value))) return undefined;
  return assigned.find(
    ({ value }) => ts.isIdentifier(value) && isPayloadParameter(value, body, environment),
  )?.field;
}

function isPayloadParameter(
  name: ts.Identifier,
  body: FunctionWithBody,
  { types, resolve }: Environment,
): boolean {
  const declaration = resolve(name)?.valueDeclaration;
  return (
    declaration !== undefined &&
    ts.isParameter(declaration) &&
    declaration.parent === body &&
    payloadOf(types.typeOf(name), types) !== undefined
  );
}

interface FieldAssignment {
  readonly field: ts.Symbol;
  readonly value: ts.Expression;
}

/** `this.field = value` */
function isFilled(node: ts.Node): node is ts.BinaryExpression & {
  readonly left: ts.PropertyAccessExpression;
} {
  return (
    ts.isBinaryExpression(node) &&
    isAssignment(node.operatorToken.kind) &&
    ts.isPropertyAccessExpression(node.left) &&
    node.left.expression.kind === ts.SyntaxKind.ThisKeyword
  );
}

function fieldAssignments(
  body: FunctionWithBody,
  { types }: Environment,
): readonly FieldAssignment[] {
  const found: FieldAssignment[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!isFilled(node)) return;
    const field = types.symbolAt(node.left.name);
    if (field !== undefined) found.push({ field, value: skipWrappers(node.right) });
  };
  visit(body.body);
  return found;
}

function slotOf(
  declaration: SlotDeclaration,
  field: ts.Symbol,
  environment: Environment,
): Slot | undefined {
  const mentions = mentionsOf(declaration, environment);
  const letsGo = emptyingMethod(field, environment);
  if (mentions === undefined || letsGo === undefined) return undefined;
  const uses = mentions.map((node) => useAt(node, field, environment));
  const fills = uses.filter(
    (use): use is SlotUse & { readonly value: ts.Expression } =>
      use.does === "fill" && use.value !== undefined,
  );
  const [first] = fills;
  if (first === undefined) return undefined;
  const payload = payloadOf(environment.types.typeOf(first.value), environment.types);
  return (
    payload && {
      declaration,
      name: declaration.name.text,
      uses,
      fills,
      payload,
      emptyValue: undefined,
      letsGo,
    }
  );
}

/** The method of the class that empties the field: without one, keeping it is what the class is for. */
function emptyingMethod(field: ts.Symbol, environment: Environment): string | undefined {
  const owner = field.valueDeclaration?.parent;
  if (owner === undefined || !ts.isClassLike(owner)) return undefined;
  return owner.members
    .filter(ts.isMethodDeclaration)
    .find((one) => one.body !== undefined && empties(one as FunctionWithBody, field, environment))
    ?.name.getText();
}

function empties(body: FunctionWithBody, field: ts.Symbol, environment: Environment): boolean {
  return fieldAssignments(body, environment).some(
    (one) => one.field === field && isNothing(one.value),
  );
}

/** What a mention of the object does to the field: the method that is called says it. */
function useAt(node: ts.Expression, field: ts.Symbol, environment: Environment): SlotUse {
  const called = methodCallOn(node);
  if (called === undefined) return { node, does: "read", value: undefined };
  const { call } = called;
  const [body, ...others] = bodiesOf(call.expression, environment);
  if (body === undefined || others.length > 0) return { node, does: "read", value: undefined };
  if (keptIn(body, environment) === field)
    return { node: call, does: "fill", value: call.arguments[0] };
  return empties(body, field, environment)
    ? { node: call, does: "clear", value: undefined }
    : { node, does: "read", value: undefined };
}
