/**
 * Which object an expression stands for, as far as names tell: whether two expressions, written in
 * different functions and at different times, are the same object, other objects, or nobody knows.
 *
 * A name is followed through constants (`const page = window`, `const { bus } = this`). Members are
 * compared by their symbols, so `this.bus` and `self.bus` of one class are one name. Unsound where a
 * member of two instances is meant: the same name counts as the same object.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isConstant, isName, plainStatements, skipWrappers } from "../../typescript/syntax.ts";

export type Identity =
  /** Made where it stands: a function literal, the result of a call. */
  | { readonly is: "made"; readonly node: ts.Expression }
  /** A variable or `this`, and the members that lead from it; no root and no step: the global object. */
  | {
      readonly is: "named";
      readonly root: ts.Symbol | "this" | "global";
      readonly steps: readonly (ts.Symbol | string)[];
      /** Where the name ends after constants are looked through. */
      readonly node: ts.Expression | undefined;
    };

export type Sameness = "same" | "different" | "unknown";

type Step = ts.Symbol | string;

/** `const a = b; const b = c; …` is followed this far. */
const maximalSteps = 6;

/** Names of the global object. */
const globalNames = new Set(["window", "globalThis", "self", "global"]);

export const globalObject: Identity = { is: "named", root: "global", steps: [], node: undefined };

/** What an expression stands for. */
export function identityOf(expression: ts.Expression, environment: Environment): Identity {
  const steps: Step[] = [];
  let node = valueOf(expression);
  // `on("data", (this.listener = f))` registers what is then in the field.
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    node = valueOf(node.left);
  const end = node;
  for (let depth = 0; ;) {
    if (ts.isPropertyAccessExpression(node)) {
      steps.unshift(environment.types.symbolAt(node.name) ?? node.name.text);
      node = valueOf(node.expression);
    } else if (ts.isElementAccessExpression(node)) {
      const key = node.argumentExpression;
      steps.unshift(ts.isStringLiteralLike(key) ? key.text : key.getText());
      node = valueOf(node.expression);
    } else if (ts.isIdentifier(node)) {
      const symbol = environment.resolve(node);
      if (symbol === undefined) return { is: "made", node: end };
      const declared = symbol.valueDeclaration;
      // Inside it, a function expression is known by its own name.
      if (declared !== undefined && ts.isFunctionExpression(declared) && steps.length === 0)
        return { is: "made", node: declared };
      if (isGlobal(symbol, environment)) return globalIdentity(symbol, steps, end);
      const alias = depth < maximalSteps ? aliased(symbol, environment) : undefined;
      const field = alias === undefined ? fieldNamedBy(symbol, environment) : undefined;
      if (field !== undefined)
        return { is: "named", root: "this", steps: [field, ...steps], node: end };
      if (alias === undefined) return { is: "named", root: symbol, steps, node: end };
      depth++;
      if (alias.step !== undefined) steps.unshift(alias.step);
      node = valueOf(alias.value);
    } else if (
      node.kind === ts.SyntaxKind.ThisKeyword ||
      node.kind === ts.SyntaxKind.SuperKeyword
    ) {
      return { is: "named", root: "this", steps, node: end };
    } else {
      return { is: "made", node: steps.length === 0 ? node : end };
    }
  }
}

function globalIdentity(symbol: ts.Symbol, steps: readonly Step[], node: ts.Expression): Identity {
  // `window.document` and `document` are one object.
  const path = globalNames.has(symbol.name) ? steps : [symbol, ...steps];
  return { is: "named", root: "global", steps: path.map(nameOf), node };
}

function nameOf(step: Step): string {
  return typeof step === "string" ? step : step.name;
}

function isGlobal(symbol: ts.Symbol, { types }: Environment): boolean {
  // `globalThis` has no declaration.
  if (symbol.declarations === undefined) return globalNames.has(symbol.name);
  return types.declaredNames(symbol).some(({ origin }) => origin === "global");
}

interface Alias {
  readonly value: ts.Expression;
  readonly step?: Step;
}

/** What a constant is another name for; undefined for a variable that has a value of its own. */
function aliased(symbol: ts.Symbol, environment: Environment): Alias | undefined {
  const declaration = symbol.valueDeclaration;
  if (declaration === undefined) return undefined;
  if (ts.isVariableDeclaration(declaration)) {
    const { initializer } = declaration;
    if (initializer === undefined || !isConstant(declaration)) return undefined;
    return isName(valueOf(initializer)) ? { value: initializer } : undefined;
  }
  if (!ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent))
    return undefined;
  const owner = declaration.parent.parent;
  if (!ts.isVariableDeclaration(owner) || owner.initializer === undefined || !isConstant(owner))
    return undefined;
  const key = declaration.propertyName ?? declaration.name;
  if (!ts.isIdentifier(key) || declaration.initializer !== undefined) return undefined;
  if (!isName(valueOf(owner.initializer))) return undefined;
  const member = environment.types.member(environment.types.typeOf(owner.initializer), key.text);
  return { value: owner.initializer, step: member ?? key.text };
}

/**
 * The field that a parameter or variable of a method is stored in at once: `this.bus = bus`, or a
 * parameter that declares its field.
 */
function fieldNamedBy(symbol: ts.Symbol, { types }: Environment): Step | undefined {
  const declaration = symbol.valueDeclaration;
  if (
    declaration === undefined ||
    !ts.isIdentifier(ts.getNameOfDeclaration(declaration) ?? declaration)
  )
    return undefined;
  if (
    ts.isParameter(declaration) &&
    ts.isParameterPropertyDeclaration(declaration, declaration.parent)
  )
    return symbol;
  const unit = ts.findAncestor(declaration, ts.isFunctionLike);
  const body = unit !== undefined && "body" in unit ? unit.body : undefined;
  if (unit === undefined || !ts.isClassElement(unit) || body === undefined || !ts.isBlock(body))
    return undefined;
  for (const statement of plainStatements(body)) {
    if (!ts.isExpressionStatement(statement)) continue;
    const { expression } = statement;
    if (
      !ts.isBinaryExpression(expression) ||
      expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken
    )
      continue;
    const left = skipWrappers(expression.left);
    const right = skipWrappers(expression.right);
    if (
      ts.isPropertyAccessExpression(left) &&
      left.expression.kind === ts.SyntaxKind.ThisKeyword &&
      ts.isIdentifier(right) &&
      right.text === symbol.name
    )
      return types.symbolAt(left.name);
  }
  return undefined;
}

/** The value is a function or an object that nobody else can have: a literal, or `f.bind(…)`. */
export function isFreshFunction(node: ts.Expression): boolean {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return true;
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === "bind"
  );
}

/** Whether two expressions stand for one object. */
export function compareIdentities(a: Identity, b: Identity, environment: Environment): Sameness {
  if (a.is === "made" || b.is === "made") return compareMade(a, b, environment);
  if (sameStep(a.root, b.root) && sameSteps(a.steps, b.steps)) return "same";
  if (a.root === "global" && b.root === "global") return "different";
  if (a.root === "this" && b.root === "this") {
    return a.steps.length === 1 && b.steps.length === 1 ? "different" : "unknown";
  }
  if (isFixed(a) && isFixed(b)) return "different";
  return "unknown";
}

function compareMade(a: Identity, b: Identity, environment: Environment): Sameness {
  if (a.is === "made" && b.is === "made") {
    if (a.node === b.node) return "same";
    if (isFreshFunction(a.node) || isFreshFunction(b.node)) return "different";
    return a.node.getText() === b.node.getText() ? "same" : "unknown";
  }
  const [made, named] = a.is === "made" ? [a, b] : [b, a];
  if (made.is !== "made" || named.is !== "named" || !isFreshFunction(made.node)) return "unknown";
  return mayBeValueOf(named, made.node, environment) ? "unknown" : "different";
}

/** `this.handler` may be the very literal that stands elsewhere: somebody assigns it there. */
function mayBeValueOf(
  { root, steps }: Extract<Identity, { is: "named" }>,
  literal: ts.Expression,
  environment: Environment,
): boolean {
  const last = steps.at(-1) ?? root;
  let node: ts.Node = literal;
  for (; ts.isExpression(node.parent); node = node.parent) {
    const { parent } = node;
    if (!ts.isBinaryExpression(parent) || parent.right !== node) continue;
    const target = identityOf(parent.left, environment);
    if (target.is === "named" && sameStep(target.steps.at(-1) ?? target.root, last)) return true;
  }
  return false;
}

/** What declares the variable or member that a name ends at; none of `this` and of global objects. */
export function namedDeclaration(identity: Identity): ts.Declaration | undefined {
  if (identity.is === "made") return undefined;
  const last = identity.steps.at(-1) ?? identity.root;
  return typeof last === "string" ? undefined : last.valueDeclaration;
}

function sameSteps(a: readonly Step[], b: readonly Step[]): boolean {
  return a.length === b.length && a.every((step, index) => sameStep(step, b[index]));
}

/** A member that a subclass inherits, or that a generic class declares, has a symbol for each use. */
function sameStep(a: Step, b: Step | undefined): boolean {
  if (a === b) return true;
  if (typeof a === "string" || typeof b === "string" || b === undefined) return false;
  return a.valueDeclaration !== undefined && a.valueDeclaration === b.valueDeclaration;
}

/** A declaration whose value no assignment and no caller changes: a constant, a function, a global. */
function isFixed({ root, steps }: Extract<Identity, { is: "named" }>): boolean {
  if (root === "global") return true;
  if (root === "this" || steps.length > 0) return false;
  const declaration = root.valueDeclaration;
  if (declaration === undefined) return false;
  return (
    ts.isFunctionDeclaration(declaration) ||
    (ts.isVariableDeclaration(declaration) && isConstant(declaration))
  );
}
