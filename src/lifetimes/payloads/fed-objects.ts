/**
 * Objects that are fed with a message and keep it until they are told to let go: a decoder with
 * `setInput(bytes)` and `reset()`. Whoever feeds one for each message has to reset it when the message is
 * done.
 *
 * That an object keeps what it is fed with, and how it lets go, is read off its class: one method puts
 * its argument into a field, and another one empties that field. The pair is the evidence. Of libraries,
 * whose classes have no bodies, it is known ({@link keeperOf}); they let go when a new one takes their place.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../../flow/graph.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Environment } from "../../ownership/environment.ts";
import { importsKeepers, type Keeper, keeperOf } from "../../resources/keepers.ts";
import { payloadOf } from "../../resources/payload.ts";
import { someMemberThat } from "../../typescript/declared-members.ts";
import {
  isAssignment,
  isNothing,
  isZero,
  skipWrappers,
  someInside,
  withWrappers,
} from "../../typescript/syntax.ts";
import { methodCallOn } from "../holders/references.ts";
import { bodiesOf } from "../holders/values.ts";
import {
  mentionsOf,
  type Slot,
  slotDeclaration,
  type SlotDeclaration,
  type SlotUse,
} from "./slots.ts";

/** How an object comes to keep a message, and how it lets go of it. */
interface Feeding {
  /** The method that lets go; undefined: only another object in its place has nothing of the message. */
  readonly letsGo: string | undefined;
  /** What a mention of the object does to what it keeps; undefined: nothing that counts. */
  readonly useAt: (mention: ts.Expression) => SlotUse | undefined;
}

/** The objects of a file that functions feed with a message, as slots that the message is put into. */
export function fedObjects(file: ts.SourceFile, environment: Environment): readonly Slot[] {
  const hasKeepers = importsKeepers(file);
  const fed = new Map<SlotDeclaration, Feeding>();
  for (const call of callsIn(file)) {
    if (!ts.isCallExpression(call) || call.arguments.length === 0) continue;
    const fedObject = fedByCall(call);
    if (fedObject === undefined) continue;
    const { receiver, callee } = fedObject;
    const feeding =
      (hasKeepers ? feedingOfLibrary(receiver, callee, environment) : undefined) ??
      feedingOfClass(callee, environment);
    const declaration = feeding && slotDeclaration(receiver, environment);
    if (feeding === undefined || declaration?.getSourceFile() !== file) continue;
    // The types of arguments are the dearest that is asked here.
    if (call.arguments.some((one) => isPayload(one, environment))) fed.set(declaration, feeding);
  }
  return [...fed].flatMap(
    ([declaration, feeding]) => slotOf(declaration, feeding, environment) ?? [],
  );
}

/** `this.decoder.setInput(bytes)`, `decoder.setInput(bytes)` */
function fedByCall(
  call: ts.CallExpression,
): { receiver: ts.Expression; callee: ts.PropertyAccessExpression } | undefined {
  const callee = skipWrappers(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const receiver = skipWrappers(callee.expression);
  const isOwn =
    ts.isPropertyAccessExpression(receiver) &&
    receiver.expression.kind === ts.SyntaxKind.ThisKeyword;
  return isOwn || ts.isIdentifier(receiver) ? { receiver, callee } : undefined;
}

function isPayload(expression: ts.Expression, { types }: Environment): boolean {
  return payloadOf(types.typeOf(expression), types) !== undefined;
}

/** `deflate.push(bytes, true)` of a library that is known to keep the bytes. */
function feedingOfLibrary(
  receiver: ts.Expression,
  callee: ts.PropertyAccessExpression,
  environment: Environment,
): Feeding | undefined {
  const { types } = environment;
  const keeper = keeperOf(types.typeOf(receiver), types);
  if (keeper?.feed !== callee.name.text) return undefined;
  return { letsGo: undefined, useAt: (mention) => useOfKeeper(mention, keeper, environment) };
}

function useOfKeeper(
  node: ts.Expression,
  keeper: Keeper,
  environment: Environment,
): SlotUse | undefined {
  const whole = withWrappers(node);
  const { parent } = whole;
  const isTarget = ts.isBinaryExpression(parent) && isAssignment(parent.operatorToken.kind);
  // A new one has nothing of the message.
  if (isTarget && parent.left === whole) return { node, does: "clear", value: parent.right };
  if (ts.isPropertyAccessExpression(parent) && isHandler(parent)) return undefined;
  const call = methodCallOn(node)?.call;
  if (call === undefined || !isFeeding(call, keeper))
    return { node, does: "read", value: undefined };
  const [value] = call.arguments;
  if (value === undefined || isEmpty(value)) return { node: call, does: "clear", value: undefined };
  return isWhole(call.arguments[keeper.whole], environment) && isPayload(value, environment)
    ? { node: call, does: "fill", value }
    : { node, does: "read", value: undefined };
}

/** `true`, `constants.Z_SYNC_FLUSH`: not `last`, which may be false. */
function isWhole(mode: ts.Expression | undefined, { types }: Environment): boolean {
  if (mode === undefined) return false;
  if (mode.kind === ts.SyntaxKind.TrueKeyword) return true;
  return (
    !isZero(mode) && types.constituents(types.typeOf(mode)).every((one) => types.isNumber(one))
  );
}

/** `deflate.onData = …` */
function isHandler(member: ts.PropertyAccessExpression): boolean {
  const { parent } = member;
  return (
    /^on[A-Za-z]/.test(member.name.text) &&
    ts.isBinaryExpression(parent) &&
    parent.left === member &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

function isFeeding({ expression }: ts.CallExpression, { feed }: Keeper): boolean {
  const callee = skipWrappers(expression);
  return ts.isPropertyAccessExpression(callee) && callee.name.text === feed;
}

/** `[]`, `new Uint8Array(0)`, `new Uint8Array()` */
function isEmpty(value: ts.Expression): boolean {
  const node = skipWrappers(value);
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (!ts.isNewExpression(node)) return false;
  const [size] = node.arguments ?? [];
  return size === undefined || isZero(size);
}

/** `decoder.setInput(bytes)` of a class whose body puts the bytes into a field that another method empties. */
function feedingOfClass(
  callee: ts.PropertyAccessExpression,
  environment: Environment,
): Feeding | undefined {
  if (!mayKeep(callee.name.text, environment.types.program)) return undefined;
  const [body, ...others] = bodiesOf(callee, environment);
  if (body === undefined || others.length > 0) return undefined;
  const field = keptIn(body, environment);
  const letsGo = field && emptyingMethod(field, environment);
  if (field === undefined || letsGo === undefined) return undefined;
  return { letsGo, useAt: (mention) => useOfOwn(mention, field, environment) };
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
  { letsGo, useAt }: Feeding,
  environment: Environment,
): Slot | undefined {
  const uses = mentionsOf(declaration, environment)?.flatMap((node) => useAt(node) ?? []);
  const fills = (uses ?? []).filter(
    (use): use is SlotUse & { readonly value: ts.Expression } =>
      use.does === "fill" && use.value !== undefined,
  );
  const [first] = fills;
  if (uses === undefined || first === undefined) return undefined;
  const payload = payloadOf(environment.types.typeOf(first.value), environment.types);
  return (
    payload && {
      declaration,
      name: declaration.name.text,
      uses,
      fills,
      payload,
      emptyValue: undefined,
      fed: { letsGo },
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
function useOfOwn(node: ts.Expression, field: ts.Symbol, environment: Environment): SlotUse {
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
