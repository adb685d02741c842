/**
 * How long an emitter lives, by what its name starts from.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isStatic } from "../../typescript/modifiers.ts";
import { isNothing } from "../../typescript/syntax.ts";
import { type Identity, identityOf } from "./identities.ts";
import { referencesTo } from "../holders/references.ts";

export type Life =
  /** As long as the page or the process. */
  | "forever"
  /** As long as the module that declares it, or a static field. */
  | "module"
  /** Given to the constructor, or by a framework: it was there before, and others may keep it. */
  | "injected"
  /** Made by the object that listens, or that object itself. */
  | "own"
  /** Given to the function that listens. */
  | "parameter"
  /** Given to a method of the object that listens, or to its constructor, which may also make one. */
  | "given"
  /** Made in the function that listens. */
  | "local"
  | "unknown";

export interface Target {
  readonly life: Life;
  /** The variable or parameter that the name starts from. */
  readonly declaration?: ts.Declaration | undefined;
}

/** Values of these types are the page itself, whoever gives them. */
const pageTypes = new Set(["Window", "Document"]);
/** These members give a page that ends before the one which asks for it. */
const otherPages = new Set(["contentDocument", "contentWindow"]);
/** Elements that are there as long as the page. */
const lastingElements = new Set(["body", "documentElement", "head", "scrollingElement"]);

/** @param expression undefined for the global object */
export function targetOf(
  expression: ts.Expression | undefined,
  identity: Identity,
  environment: Environment,
): Target {
  if (expression === undefined) return { life: "forever" };
  const found = byName(expression, identity, environment);
  if (found.life === "forever" || found.life === "own") return found;
  return isPage(expression, identity, environment) ? { ...found, life: "forever" } : found;
}

function byName(expression: ts.Expression, identity: Identity, environment: Environment): Target {
  if (identity.is === "made") return { life: madeLife(identity.node, environment) };
  const { root, steps } = identity;
  const last = steps.at(-1);
  if (root === "global") return { life: globalLife(expression, steps, environment) };
  // Whoever shows an element takes it away again, and its listeners with it.
  if (steps.length > 0 && isElement(expression, environment) && !isLasting(last))
    return { life: "unknown" };
  if (root === "this") {
    const [first] = steps;
    if (first === undefined) return { life: "own" };
    return { life: typeof first === "string" ? "unknown" : fieldLife(first, environment) };
  }
  const declaration = root.valueDeclaration;
  if (declaration === undefined) return { life: "unknown" };
  return { life: declaredLife(declaration, steps.length, environment), declaration };
}

function madeLife(node: ts.Expression, { recogniser }: Environment): Life {
  if (ts.isNewExpression(node)) return "local";
  if (!ts.isCallExpression(node)) return "unknown";
  // The page keeps a media query as long as somebody listens to it.
  return recogniser.isStandardMember(node.expression, ["matchMedia", "Window.matchMedia"])
    ? "forever"
    : "unknown";
}

function globalLife(
  expression: ts.Expression,
  steps: readonly (ts.Symbol | string)[],
  environment: Environment,
): Life {
  const last = steps.at(-1);
  if (last === undefined) return "forever";
  if (isElement(expression, environment) && !isLasting(last)) return "unknown";
  return "forever";
}

function isLasting(step: ts.Symbol | string | undefined): boolean {
  if (step === undefined) return false;
  return lastingElements.has(typeof step === "string" ? step : step.name);
}

function isElement(expression: ts.Expression, { types }: Environment): boolean {
  const type = types.valueType(expression);
  if (types.isAny(type)) return false;
  return types
    .classSymbols(type)
    .some(
      (symbol) =>
        symbol.name === "Element" &&
        types.declaredNames(symbol).some(({ origin }) => origin === "global"),
    );
}

function isPage(expression: ts.Expression, identity: Identity, { types }: Environment): boolean {
  const last = identity.is === "named" ? identity.steps.at(-1) : undefined;
  const name = typeof last === "string" ? last : last?.name;
  if (name !== undefined && otherPages.has(name)) return false;
  if (identity.is === "made" && !ts.isCallExpression(identity.node)) return false;
  const type = types.valueType(expression);
  if (types.isAny(type)) return false;
  return types
    .classSymbols(type)
    .slice(0, 2)
    .some(
      (symbol) =>
        pageTypes.has(symbol.name) &&
        types.declaredNames(symbol).some(({ origin }) => origin === "global"),
    );
}

function declaredLife(declaration: ts.Declaration, steps: number, environment: Environment): Life {
  if (ts.isParameter(declaration)) {
    return ts.isConstructorDeclaration(declaration.parent) ? "injected" : "parameter";
  }
  if (ts.isBindingElement(declaration)) {
    const owner = patternOwner(declaration);
    if (ts.isParameter(owner))
      return ts.isConstructorDeclaration(owner.parent) ? "injected" : "parameter";
    return isAtModuleLevel(owner) ? "module" : "unknown";
  }
  if (ts.isVariableDeclaration(declaration)) {
    if (isAtModuleLevel(declaration)) return "module";
    const { initializer } = declaration;
    if (initializer === undefined) return "unknown";
    const made = madeLife(valueOf(initializer), environment);
    return made;
  }
  // What a function of the module is given, it keeps in the module.
  if (ts.isFunctionDeclaration(declaration))
    return ts.isSourceFile(declaration.parent) ? "module" : "unknown";
  // A member of a class, an enum or a module: `Registry.events`.
  if (
    ts.isClassDeclaration(declaration) ||
    ts.isModuleDeclaration(declaration) ||
    ts.isSourceFile(declaration)
  )
    return steps > 0 ? "module" : "unknown";
  return "unknown";
}

function patternOwner(element: ts.BindingElement): ts.Node {
  let node: ts.Node = element;
  while (ts.isBindingElement(node) || ts.isBindingName(node)) node = node.parent;
  return node;
}

function isAtModuleLevel(node: ts.Node): boolean {
  if (!ts.isVariableDeclaration(node)) return false;
  const statement = node.parent.parent;
  return ts.isVariableStatement(statement) && ts.isSourceFile(statement.parent);
}

const fieldLives = new WeakMap<Environment, Map<ts.Symbol, Life>>();

/** How long that lives which a field of the listening object holds, by what is assigned to it. */
function fieldLife(field: ts.Symbol, environment: Environment): Life {
  const known = fieldLives.get(environment) ?? new Map<ts.Symbol, Life>();
  fieldLives.set(environment, known);
  let life = known.get(field);
  if (life === undefined) {
    // A field that is assigned from itself says nothing.
    known.set(field, "unknown");
    life = findFieldLife(field, environment);
    known.set(field, life);
  }
  return life;
}

function findFieldLife(field: ts.Symbol, environment: Environment): Life {
  const declaration = field.valueDeclaration;
  if (declaration === undefined) return "unknown";
  if (ts.isParameter(declaration)) return "injected";
  if (!ts.isPropertyDeclaration(declaration)) return "unknown";
  if (isStatic(declaration)) return "module";
  const values = valuesOf(declaration, environment);
  if (values.length === 0) {
    return (ts.getDecorators(declaration) ?? []).length > 0 ? "injected" : "unknown";
  }
  const lives = new Set(values.map((value) => lifeOfValue(value, environment)));
  const [only] = lives;
  if (lives.size === 1 && only !== undefined) return only;
  return lives.has("injected") || lives.has("given") ? "given" : "unknown";
}

function valuesOf(
  declaration: ts.PropertyDeclaration,
  environment: Environment,
): readonly ts.Expression[] {
  const assigned = referencesTo(declaration, environment).flatMap((reference) => {
    const { parent } = reference;
    const isTarget =
      ts.isBinaryExpression(parent) &&
      parent.left === reference &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return isTarget && !isNothing(valueOf(parent.right)) ? [parent.right] : [];
  });
  const { initializer } = declaration;
  return initializer === undefined || isNothing(valueOf(initializer))
    ? assigned
    : [initializer, ...assigned];
}

function lifeOfValue(expression: ts.Expression, environment: Environment): Life {
  const value = valueOf(expression);
  if (ts.isNewExpression(value)) return "own";
  if (ts.isCallExpression(value)) {
    const life = madeLife(value, environment);
    if (life === "forever") return life;
    return isInjection(value, environment) ? "injected" : "unknown";
  }
  if (isChoice(value)) return lifeOfChoice(value, environment);
  // A parameter goes by the name of the field that it is stored in, and that is asked for.
  const declared = ts.isIdentifier(value)
    ? environment.resolve(value)?.valueDeclaration
    : undefined;
  const life =
    declared !== undefined && ts.isParameter(declared)
      ? declaredLife(declared, 0, environment)
      : targetOf(value, identityOf(value, environment), environment).life;
  // What another method is given lives as long as its caller likes.
  return life === "local" ? "own" : life === "parameter" ? "given" : life;
}

/** `given ?? new Emitter()`, `own ? new Emitter() : given` */
function isChoice(value: ts.Expression): value is ts.BinaryExpression | ts.ConditionalExpression {
  return (
    ts.isConditionalExpression(value) ||
    (ts.isBinaryExpression(value) &&
      (value.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
        value.operatorToken.kind === ts.SyntaxKind.BarBarToken))
  );
}

function lifeOfChoice(
  value: ts.BinaryExpression | ts.ConditionalExpression,
  environment: Environment,
): Life {
  const [a, b] = ts.isConditionalExpression(value)
    ? [value.whenTrue, value.whenFalse]
    : [value.left, value.right];
  const lives = [lifeOfValue(a, environment), lifeOfValue(b, environment)];
  if (lives[0] === lives[1]) return lives[0] ?? "unknown";
  return lives.includes("injected") || lives.includes("given") ? "given" : "unknown";
}

/** `inject(Service)` of Angular. */
function isInjection(call: ts.CallExpression, { types }: Environment): boolean {
  const symbol = types.calleeSymbol(call.expression);
  return (
    symbol !== undefined &&
    types
      .declaredNames(symbol)
      .some(({ module, name }) => module === "@angular/core" && name === "inject")
  );
}
