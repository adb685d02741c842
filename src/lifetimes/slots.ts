/**
 * Slots: single places that outlive one operation, a field of an object or a variable that functions
 * share, and everything that a file does with them.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import { isAssignment, isNothing } from "../flow/syntax.ts";
import type { Environment } from "../ownership/environment.ts";
import { type Payload, payloadOf } from "../resources/payload.ts";
import { skipWrappers } from "../typescript/types.ts";
import { namesIn } from "./references.ts";

export type SlotDeclaration = (
  ts.PropertyDeclaration | ts.VariableDeclaration | ts.ParameterDeclaration
) & { readonly name: ts.Identifier | ts.PrivateIdentifier };

/** What one mention of a slot does. */
export interface SlotUse {
  /** `this.last`, `last` */
  readonly node: ts.Expression;
  readonly does:
    /** It gets (a part of) a message. */
    | "fill"
    /** It gets something that holds no message. */
    | "clear"
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
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node, depth: number): void => {
    if (
      depth > 0 &&
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      mayBePayload(node.right)
    ) {
      const target = skipWrappers(node.left);
      if (ts.isIdentifier(target) || isOwnMember(target)) found.push(target);
    }
    ts.forEachChild(node, (child) => {
      visit(child, ts.isFunctionLike(node) ? depth + 1 : depth);
    });
  };
  visit(file, 0);
  return found;
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

function slotDeclaration(
  target: ts.Expression,
  environment: Environment,
): SlotDeclaration | undefined {
  const name = ts.isPropertyAccessExpression(target) ? target.name : target;
  if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name)) return undefined;
  const declaration = environment.types.symbolAt(name)?.valueDeclaration;
  if (declaration === undefined || !isSlotDeclaration(declaration)) return undefined;
  if (ts.isVariableDeclaration(declaration))
    return isShared(declaration, target) && !isExported(declaration) ? declaration : undefined;
  return isOwnBusiness(declaration) ? declaration : undefined;
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

function isExported(declaration: ts.VariableDeclaration): boolean {
  return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
}

/** Nothing outside the class may look at the field. */
function isOwnBusiness(declaration: ts.PropertyDeclaration | ts.ParameterDeclaration): boolean {
  return (
    ts.isPrivateIdentifier(declaration.name) ||
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private) !== 0
  );
}

export function functionAround(node: ts.Node): ts.SignatureDeclaration | ts.SourceFile {
  let current = node.parent;
  while (!ts.isFunctionLike(current) && !ts.isSourceFile(current)) current = current.parent;
  return current;
}

function slotOf(declaration: SlotDeclaration, environment: Environment): Slot | undefined {
  const uses = usesOf(declaration, environment);
  if (uses === undefined) return undefined;
  const fills = uses.filter(
    (use): use is SlotUse & { readonly value: ts.Expression } =>
      use.does === "fill" && use.value !== undefined,
  );
  const [first] = fills;
  const payload = first && payloadOf(environment.types.typeOf(first.value), environment.types);
  return payload && { declaration, name: declaration.name.text, uses, fills, payload };
}

/**
 * Every mention of a slot in its file; undefined when it is seen in ways that do not mention it:
 * exported, or a field of which all are copied.
 */
function usesOf(
  declaration: SlotDeclaration,
  environment: Environment,
): readonly SlotUse[] | undefined {
  const file = declaration.getSourceFile();
  const found: SlotUse[] = [];
  if (isCopiedWhole(declaration)) return undefined;
  for (const name of namesIn(file).get(declaration.name.text) ?? []) {
    if (name === declaration.name) continue;
    const taken = takenOutOf(name, declaration, environment);
    if (taken !== undefined) {
      found.push({ node: taken, does: "read", value: undefined });
      continue;
    }
    if (environment.types.symbolAt(name)?.valueDeclaration !== declaration) continue;
    const { parent } = name;
    if (ts.isExportSpecifier(parent) || ts.isExportAssignment(parent)) return undefined;
    const node = ts.isPropertyAccessExpression(parent) && parent.name === name ? parent : name;
    if (!ts.isExpression(node) || ts.isPrivateIdentifier(node)) return undefined;
    found.push(useAt(node, environment));
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
  const visit = (node: ts.Node): boolean => {
    const looksAtAll =
      ts.isSpreadAssignment(node) ||
      (ts.isElementAccessExpression(node) &&
        !(
          ts.isStringLiteralLike(node.argumentExpression) &&
          node.argumentExpression.text !== declaration.name.text
        ));
    if (looksAtAll && node.expression.kind === ts.SyntaxKind.ThisKeyword) return true;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(ts.isConstructorDeclaration(own) ? own.parent : own);
}

function useAt(node: ts.Expression, environment: Environment): SlotUse {
  let whole: ts.Node = node;
  while (
    ts.isParenthesizedExpression(whole.parent) ||
    ts.isNonNullExpression(whole.parent) ||
    ts.isAsExpression(whole.parent)
  )
    whole = whole.parent;
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
    return (
      (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0 &&
      ts.isSourceFile(functionAround(declaration))
    );
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
