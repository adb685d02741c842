/**
 * Slots: single places that outlive one operation, a field of an object or a variable that functions
 * share, and everything that a file does with them.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { type Payload, payloadOf } from "../../resources/payload.ts";
import { isExported } from "../../typescript/modifiers.ts";
import {
  functionAround,
  isAssignment,
  isConstant,
  isNothing,
  skipWrappers,
  withWrappers,
} from "../../typescript/syntax.ts";
import { type Lifetime, lifetimesOf } from "../holders/holder-lifetimes.ts";
import { placeOf } from "../holders/keeping-places.ts";
import { referencesInProgram } from "../holders/program-references.ts";
import { nodesIn } from "../../typescript/nodes-in-file.ts";

export type SlotDeclaration = (
  ts.PropertyDeclaration | ts.VariableDeclaration | ts.ParameterDeclaration
) & { readonly name: ts.Identifier | ts.PrivateIdentifier };

/** What one mention of a slot does. */
export interface SlotUse {
  /** `this.last`, `last`; for what a call does, the call. */
  readonly node: ts.Expression;
  readonly does:
    /** It gets (a part of) a message. */
    | "fill"
    /** It gets something that holds no message. */
    | "clear"
    /** A message that was gathered in it is whole, and somebody takes it. */
    | "complete"
    /** Somebody looks at what it holds, or it cannot be told. */
    | "read";
  /** What a fill or a clear assigns; undefined for `delete`. */
  readonly value: ts.Expression | undefined;
}

export interface Slot {
  readonly declaration: SlotDeclaration;
  readonly name: string;
  readonly uses: readonly SlotUse[];
  readonly fills: readonly (SlotUse & { readonly value: ts.Expression })[];
  readonly payload: Payload;
  /** The value that its type has for "nothing". */
  readonly emptyValue: "undefined" | "null" | undefined;
  /** It is an object that is fed with the message, and lets go by this method, if it has one. */
  readonly fed?: { readonly letsGo: string | undefined };
}

/** The slots of a file that some function fills with a message, and that nobody outside can see. */
export function payloadSlots(file: ts.SourceFile, environment: Environment): readonly Slot[] {
  const declarations = new Set<SlotDeclaration>();
  for (const target of assignedIn(file)) {
    const declaration = slotDeclaration(target, environment);
    if (declaration?.getSourceFile() === file) declarations.add(declaration);
  }
  return [...declarations].flatMap((declaration) => slotOf(declaration, environment) ?? []);
}

/** The targets of the assignments that functions make to something that may be a slot. */
function assignedIn(file: ts.SourceFile): readonly ts.Expression[] {
  return nodesIn(file).assignments.flatMap((node): readonly ts.Expression[] => {
    const target = skipWrappers(node.left);
    if (!ts.isIdentifier(target) && !isOwnMember(target)) return [];
    return mayBePayload(node.right) && !ts.isSourceFile(functionAround(node)) ? [target] : [];
  });
}

/** `this.last` */
function isOwnMember(node: ts.Expression): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword;
}

/** The cheap question: literals and functions are no messages. */
function mayBePayload(value: ts.Expression): boolean {
  const node = valueOf(value);
  return !(
    isNothing(node) ||
    ts.isFunctionLike(node) ||
    ts.isStringLiteralLike(node) ||
    ts.isNumericLiteral(node) ||
    ts.isTemplateExpression(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}

/** The declaration of a slot that an expression stands for, when nobody outside can see it. */
export function slotDeclaration(
  target: ts.Expression,
  environment: Environment,
): SlotDeclaration | undefined {
  const name = ts.isPropertyAccessExpression(target) ? target.name : target;
  if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name)) return undefined;
  const declaration = environment.types.symbolAt(name)?.valueDeclaration;
  if (declaration === undefined || !isSlotDeclaration(declaration)) return undefined;
  if (ts.isVariableDeclaration(declaration))
    return isShared(declaration, target) && !isExported(declaration) ? declaration : undefined;
  return isOwnBusiness(declaration, environment) ? declaration : undefined;
}

/**
 * The slot may be there when the message was handled. Where nothing is known of the object or function
 * that has it, it may.
 */
export function outlivesMessage(declaration: SlotDeclaration, environment: Environment): boolean {
  const place = placeOf(declaration, environment);
  if (place === undefined || place.kind === "local") return false;
  if (place.kind === "field" && isMadeForCalls(place.owner, environment)) return false;
  const known = lifetimesOf(place, environment).filter(({ lasts }) => lasts !== "unknown");
  return known.length === 0 || known.some(isLong);
}

/** Whoever makes an instance uses it at once, or has it in a variable of its own. */
function isMadeForCalls(owner: ts.ClassLikeDeclaration, environment: Environment): boolean {
  const references = referencesInProgram(owner, environment);
  if (references === "too-many") return false;
  const made = references.flatMap((one) =>
    ts.isNewExpression(one.parent) && one.parent.expression === one ? [one.parent] : [],
  );
  return made.length > 0 && made.every((one) => isUsedAtOnce(one, environment));
}

function isUsedAtOnce(made: ts.NewExpression, environment: Environment): boolean {
  const node = withWrappers(made);
  const { parent } = node;
  if (ts.isSourceFile(functionAround(made))) return false;
  if (ts.isPropertyAccessExpression(parent)) return true;
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== node) return false;
  const place = placeOf(parent, environment);
  return (
    place?.kind === "local" &&
    lifetimesOf(place, environment).every(({ lasts }) => lasts === "call")
  );
}

function isLong(lifetime: Lifetime): boolean {
  return lifetime.lasts === "event" ? lifetime.event === "connection" : lifetime.lasts !== "call";
}

function isSlotDeclaration(node: ts.Declaration): node is SlotDeclaration {
  if (!ts.isPropertyDeclaration(node) && !ts.isVariableDeclaration(node) && !ts.isParameter(node))
    return false;
  if (ts.isParameter(node) && !ts.isParameterPropertyDeclaration(node, node.parent)) return false;
  return ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name);
}

/** A function inside the one that declares the variable assigns it. */
function isShared(declaration: ts.VariableDeclaration, target: ts.Node): boolean {
  return functionAround(declaration) !== functionAround(target);
}

/** Nothing outside the file looks at the field: it is hidden, or no other file of the program names it. */
function isOwnBusiness(
  declaration: ts.PropertyDeclaration | ts.ParameterDeclaration,
  environment: Environment,
): boolean {
  const { name } = declaration;
  if (ts.isPrivateIdentifier(name)) return true;
  const modifiers = ts.getCombinedModifierFlags(declaration);
  if ((modifiers & ts.ModifierFlags.Private) !== 0) return true;
  // What is said to be for others may be looked at in another package.
  if ((modifiers & (ts.ModifierFlags.Public | ts.ModifierFlags.Protected)) !== 0) return false;
  if (ts.isParameter(declaration) || !ts.isClassLike(declaration.parent)) return false;
  if ((declaration.parent.heritageClauses?.length ?? 0) > 0) return false;
  const references = referencesInProgram(declaration, environment);
  const file = declaration.getSourceFile();
  return references !== "too-many" && references.every((one) => one.getSourceFile() === file);
}

function slotOf(declaration: SlotDeclaration, environment: Environment): Slot | undefined {
  const uses = usesOf(declaration, environment);
  if (uses === undefined) return undefined;
  const fills = uses.filter(
    (use): use is SlotUse & { readonly value: ts.Expression } =>
      use.does === "fill" && use.value !== undefined,
  );
  const [first] = fills;
  if (first === undefined) return undefined;
  const { types } = environment;
  const declared = payloadOf(types.typeOf(declaration.name), types);
  const payload = declared ?? payloadOf(types.typeOf(first.value), types);
  const emptyValue = types.emptyValue(types.typeOf(declaration.name));
  return payload && { declaration, name: declaration.name.text, uses, fills, payload, emptyValue };
}

/**
 * Every mention of a slot in its file; undefined when it is seen in ways that do not mention it:
 * exported, or a field of which all are copied.
 */
function usesOf(
  declaration: SlotDeclaration,
  environment: Environment,
): readonly SlotUse[] | undefined {
  return mentionsOf(declaration, environment)?.map((node) =>
    node.kind === ts.SyntaxKind.ThisKeyword || !isMention(node, declaration)
      ? { node, does: "read", value: undefined }
      : useAt(node, environment),
  );
}

function isMention(node: ts.Expression, { name }: SlotDeclaration): boolean {
  const own = ts.isPropertyAccessExpression(node) ? node.name : node;
  return (ts.isIdentifier(own) || ts.isPrivateIdentifier(own)) && own.text === name.text;
}

/**
 * The expressions of the file that stand for what a slot holds, or for the object whose slot a pattern
 * takes out; undefined when it is seen in ways that do not mention it.
 */
export function mentionsOf(
  declaration: SlotDeclaration,
  environment: Environment,
): readonly ts.Expression[] | undefined {
  const file = declaration.getSourceFile();
  const found: ts.Expression[] = [];
  if (isCopiedWhole(declaration)) return undefined;
  for (const name of nodesIn(file).names.get(declaration.name.text) ?? []) {
    if (name === declaration.name) continue;
    const taken = takenOutOf(name, declaration, environment);
    if (taken !== undefined) {
      found.push(taken);
      continue;
    }
    if (environment.types.symbolAt(name)?.valueDeclaration !== declaration) continue;
    const { parent } = name;
    if (ts.isExportSpecifier(parent) || ts.isExportAssignment(parent)) return undefined;
    const node = ts.isPropertyAccessExpression(parent) && parent.name === name ? parent : name;
    if (!ts.isExpression(node) || ts.isPrivateIdentifier(node)) return undefined;
    found.push(node);
  }
  return found;
}

/** `const { last } = this`: the object that a pattern takes the field out of. */
function takenOutOf(
  name: ts.Node,
  declaration: SlotDeclaration,
  { types }: Environment,
): ts.Expression | undefined {
  const element = name.parent;
  if (!ts.isBindingElement(element) || element.initializer === name) return undefined;
  if ((element.propertyName ?? element.name) !== name) return undefined;
  const owner = element.parent.parent;
  if (!ts.isVariableDeclaration(owner) || owner.initializer === undefined) return undefined;
  const member = types.member(types.typeOf(owner.initializer), declaration.name.text);
  return member?.valueDeclaration === declaration ? owner.initializer : undefined;
}

/** `{ ...this }`, `this[key]`: all fields of the class are looked at. */
function isCopiedWhole(declaration: SlotDeclaration): boolean {
  if (ts.isVariableDeclaration(declaration)) return false;
  const own = declaration.parent;
  const keys = keysOnThis(ts.isConstructorDeclaration(own) ? own.parent : own);
  return keys === "all" || keys.has(declaration.name.text);
}

const keysInClass = new WeakMap<ts.Node, ReadonlySet<string> | "all">();

/** The keys under which a class looks itself up, as in `this["key"]`; "all" where any field may be meant. */
function keysOnThis(owner: ts.Node): ReadonlySet<string> | "all" {
  let keys = keysInClass.get(owner);
  if (keys === undefined) {
    const found = new Set<string>();
    const visit = (node: ts.Node): boolean => {
      if (
        (ts.isSpreadAssignment(node) || ts.isElementAccessExpression(node)) &&
        node.expression.kind === ts.SyntaxKind.ThisKeyword
      ) {
        if (ts.isSpreadAssignment(node) || !ts.isStringLiteralLike(node.argumentExpression))
          return true;
        found.add(node.argumentExpression.text);
      }
      return ts.forEachChild(node, visit) ?? false;
    };
    keys = visit(owner) ? "all" : found;
    keysInClass.set(owner, keys);
  }
  return keys;
}

function useAt(node: ts.Expression, environment: Environment): SlotUse {
  const whole = withWrappers(node);
  const { parent } = whole;
  if (ts.isDeleteExpression(parent)) return { node, does: "clear", value: undefined };
  if (!ts.isBinaryExpression(parent) || parent.left !== whole)
    return { node, does: "read", value: undefined };
  if (!isAssignment(parent.operatorToken.kind)) return { node, does: "read", value: undefined };
  // `last ??= data` looks at what is there.
  if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
    return { node, does: "read", value: undefined };
  const does = holdsMessage(parent.right, environment) ? "fill" : "clear";
  return { node, does, value: parent.right };
}

/** The value is (a part of) a message: no constant of the module, and no memory made to work in. */
function holdsMessage(value: ts.Expression, environment: Environment): boolean {
  const node = valueOf(value);
  if (!mayBePayload(node)) return false;
  // `this.last = this.next = data` gives both the same.
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return holdsMessage(node.right, environment);
  if (payloadOf(environment.types.typeOf(value), environment.types) === undefined) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0;
  return !isSharedConstant(node, environment) && !isFreshMemory(node, environment);
}

/** `EMPTY` */
function isSharedConstant(node: ts.Expression, environment: Environment): boolean {
  const name = ts.isPropertyAccessExpression(node) ? node.name : node;
  if (!ts.isIdentifier(name)) return false;
  const declaration = environment.types.symbolAt(name)?.valueDeclaration;
  if (declaration === undefined) return false;
  if (ts.isVariableDeclaration(declaration)) {
    return isConstant(declaration) && ts.isSourceFile(functionAround(declaration));
  }
  const constant = ts.ModifierFlags.Static | ts.ModifierFlags.Readonly;
  return (
    ts.isPropertyDeclaration(declaration) &&
    (ts.getCombinedModifierFlags(declaration) & constant) === constant
  );
}

/** `Buffer.alloc(size)`, `new Uint8Array(size)`: memory that nobody has written a message to. */
function isFreshMemory(node: ts.Expression, environment: Environment): boolean {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
  const { types } = environment;
  const [first] = node.arguments ?? [];
  return first === undefined
    ? ts.isNewExpression(node)
    : types.constituents(types.typeOf(first)).every((part) => types.isNumber(part));
}
