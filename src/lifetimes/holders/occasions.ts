/**
 * When code runs: once while its module is loaded, each time an event comes, or when somebody calls it.
 *
 * The abstract domain is a set of occasions. It is found by walking outwards from the code, and from a
 * function that has a name to the places that call it or hand it on. An empty way out (an exported
 * function, a callback of a function that nothing is known of) is the occasion "unknown", so a set
 * without it is complete as far as names and symbols tell; calls through an interface are not found.
 */
import ts from "typescript";
import type { Environment } from "../../ownership/environment.ts";
import { isManagedBy } from "../../ownership/release-methods.ts";
import { matchesPattern } from "../../resources/catalog-index.ts";
import { eventCarriers, type EventKind } from "../../resources/events.ts";
import type { DeclarationPattern } from "../../resources/kind.ts";
import { lifecycles } from "../../resources/lifecycles.ts";
import { isSeenOutside, isStatic } from "../../typescript/modifiers.ts";
import { isWrapper, skipWrappers } from "../../typescript/syntax.ts";
import { referencesInProgram } from "./program-references.ts";
import { registration } from "./registrations.ts";

export type Occasion =
  /** While the module is loaded, so once. `at` is the code at the top level. */
  | { readonly when: "load"; readonly at: ts.Node }
  /** Each time an event comes. `at` is the call that registers the handler, or the handler itself. */
  | { readonly when: "event"; readonly event: EventKind; readonly at: ts.Node }
  /** When an instance of the class is made. */
  | { readonly when: "construction"; readonly owner: ts.ClassLikeDeclaration; readonly at: ts.Node }
  /** Each time a component is shown, by a framework: a hook, an effect. */
  | { readonly when: "component"; readonly at: ts.Node }
  /** For one test. */
  | { readonly when: "test"; readonly at: ts.Node }
  /** Whenever the function runs that the question is asked within. */
  | { readonly when: "within"; readonly at: ts.Node }
  /** When somebody calls it who is not seen. */
  | { readonly when: "unknown"; readonly at: ts.Node };

/** A function that is called through more others than this has unknown occasions. */
const maximalDepth = 6;
const maximalOccasions = 24;

const remembered = new WeakMap<Environment, WeakMap<ts.Node, readonly Occasion[]>>();

/**
 * The occasions on which code runs.
 *
 * @param code any node; the function around it decides
 * @param within a function whose callers are not asked for: each run of it is one occasion
 * @returns at least one; "unknown" among them means that there may be others
 */
export function occasionsOf(
  code: ts.Node,
  environment: Environment,
  within?: ts.Node,
): readonly Occasion[] {
  const unit = unitAround(code);
  if (within !== undefined) return new Search(environment, within).from(unit);
  const known = remembered.get(environment) ?? new WeakMap<ts.Node, readonly Occasion[]>();
  remembered.set(environment, known);
  let occasions = known.get(unit);
  if (occasions === undefined) {
    occasions = new Search(environment).from(unit);
    known.set(unit, occasions);
  }
  return occasions;
}

/** The function, initialiser of a field or file that runs the code. */
export function unitAround(code: ts.Node): ts.Node {
  let child = code;
  let { parent } = code;
  if (ts.isSourceFile(code)) return code;
  while (!ts.isSourceFile(parent)) {
    if (ts.isFunctionLike(parent) && !isEvaluatedOutside(child, parent)) return parent;
    if (ts.isClassStaticBlockDeclaration(parent)) return parent;
    if (ts.isPropertyDeclaration(parent) && parent.initializer === child) return parent;
    child = parent;
    ({ parent } = parent);
  }
  return parent;
}

/**
 * The code runs when the function around it runs, or once soon after: directly, or in callbacks that
 * are called back before the call ends, or when a promise or a timeout is settled.
 */
export function runsWithin(code: ts.Node, unit: ts.Node, environment: Environment): boolean {
  for (let inner = unitAround(code); inner !== unit; inner = unitAround(inner)) {
    if (!ts.isArrowFunction(inner) && !ts.isFunctionExpression(inner)) return false;
    const { parent } = inner;
    if (ts.isNewExpression(parent) && parent.expression.getText() === "Promise") continue;
    if (!ts.isCallExpression(parent) || parent.expression === inner) return false;
    if (registration(parent, environment) !== "now") return false;
  }
  return true;
}

/** A decorator or a computed name runs where the class is declared. */
function isEvaluatedOutside(child: ts.Node, parent: ts.Node): boolean {
  return ts.isDecorator(child) || (ts.isMethodDeclaration(parent) && parent.name === child);
}

class Search {
  private readonly environment: Environment;
  private readonly within: ts.Node | undefined;
  private readonly found: Occasion[] = [];
  private readonly seen = new Set<ts.Node>();

  constructor(environment: Environment, within?: ts.Node) {
    this.environment = environment;
    this.within = within;
  }

  from(unit: ts.Node): readonly Occasion[] {
    this.visit(unit, 0);
    return this.found;
  }

  private add(occasion: Occasion): void {
    this.found.push(occasion);
  }

  private visit(unit: ts.Node, depth: number): void {
    if (this.seen.has(unit)) return;
    this.seen.add(unit);
    if (unit === this.within) {
      this.add({ when: "within", at: unit });
      return;
    }
    if (ts.isSourceFile(unit) || ts.isClassStaticBlockDeclaration(unit)) {
      this.add({ when: "load", at: unit });
      return;
    }
    if (depth > maximalDepth || this.found.length > maximalOccasions) {
      this.add({ when: "unknown", at: unit });
      return;
    }
    if (ts.isPropertyDeclaration(unit)) {
      const owner = unit.parent;
      if (!ts.isClassLike(owner) || isStatic(unit)) this.add({ when: "load", at: unit });
      else this.add({ when: "construction", owner, at: unit });
      return;
    }
    if (ts.isConstructorDeclaration(unit)) {
      this.add({ when: "construction", owner: unit.parent, at: unit });
      return;
    }
    if (!ts.isFunctionLike(unit)) {
      this.add({ when: "unknown", at: unit });
      return;
    }
    const carried = this.carriedBy(unit);
    if (carried !== undefined) {
      this.add({ when: "event", event: carried, at: unit });
      return;
    }
    if (ts.isArrowFunction(unit) || ts.isFunctionExpression(unit)) this.visitValue(unit, depth);
    else this.visitNamed(unit, depth);
  }

  /** What a function literal, or a name that stands for a function, is used for. */
  private visitValue(value: ts.Expression, depth: number): void {
    let node: ts.Node = value;
    let { parent } = value;
    while (isWrapper(parent) || ts.isConditionalExpression(parent) || isBinding(parent, node)) {
      node = isBinding(parent, node) ? parent.parent : parent;
      ({ parent } = node);
    }
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      if (parent.expression === node) this.visit(unitAround(parent), depth + 1);
      else this.visitArgument(parent, node as ts.Expression, depth);
    } else if (
      (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) &&
      parent.initializer === node
    ) {
      this.visitNamed(parent, depth);
    } else if (isHandlerProperty(parent, node, this.environment)) {
      this.add({ when: "event", event: "event", at: parent });
    } else this.add({ when: "unknown", at: value });
  }

  /** A function that is an argument of a call: the call says when it runs. */
  private visitArgument(
    call: ts.CallExpression | ts.NewExpression,
    argument: ts.Expression,
    depth: number,
  ): void {
    const { environment } = this;
    const again = (): void => {
      this.visit(unitAround(call), depth + 1);
    };
    if (ts.isNewExpression(call)) {
      // The executor of a promise runs now; nothing is known of other constructors.
      if (call.expression.getText() === "Promise") again();
      else this.add({ when: "unknown", at: call });
      return;
    }
    const registered = registration(call, environment);
    if (registered === "now") {
      again();
      return;
    }
    if (registered !== undefined) {
      this.add({ ...registered, at: call });
      return;
    }
    // A helper of the program may only call what it is given, or keep it: it is not followed.
    this.add({ when: "unknown", at: argument });
  }

  private visitNamed(declaration: ts.Declaration, depth: number): void {
    const { environment } = this;
    if (ts.isObjectLiteralExpression(declaration.parent)) {
      this.add({ when: "unknown", at: declaration });
      return;
    }
    if (isHookOfComponent(declaration, environment)) {
      this.add({ when: "component", at: declaration });
      return;
    }
    if (isHandlerOfFramework(declaration, environment)) {
      this.add({ when: "event", event: "request", at: declaration });
      return;
    }
    const references = referencesInProgram(declaration, environment);
    if (references === "too-many") {
      this.add({ when: "unknown", at: declaration });
      return;
    }
    const isOpen = isSeenOutside(declaration);
    if (isOpen || references.length === 0) this.add({ when: "unknown", at: declaration });
    for (const reference of references) this.visitValue(reference, depth);
  }

  /** What starts with a call of the function, by the types of what it is given. */
  private carriedBy(unit: ts.SignatureDeclaration): EventKind | undefined {
    const { types } = this.environment;
    for (const parameter of unit.parameters) {
      const type = types.typeOf(parameter);
      if (types.isPrimitive(type) || types.isAny(type)) continue;
      const names = types.classSymbols(type).map((symbol) => types.declaredNames(symbol));
      const carrier = eventCarriers.find((one) => names.some((name) => matchesPattern(one, name)));
      if (carrier !== undefined) return carrier.starts;
    }
    return undefined;
  }
}

/** `handler.bind(this)` */
function isBinding(parent: ts.Node, node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === node &&
    parent.name.text === "bind" &&
    ts.isCallExpression(parent.parent) &&
    parent.parent.expression === parent
  );
}

/** `socket.onmessage = handler`, for a member that no file of the program declares. */
function isHandlerProperty(parent: ts.Node, node: ts.Node, { types }: Environment): boolean {
  if (!ts.isBinaryExpression(parent) || parent.right !== node) return false;
  const target = skipWrappers(parent.left);
  if (!ts.isPropertyAccessExpression(target) || !/^on[a-z]/.test(target.name.text)) return false;
  const symbol = types.symbolAt(target.name);
  return (
    symbol !== undefined && types.declaredNames(symbol).every(({ origin }) => origin !== "program")
  );
}

/** A member that the framework of a component calls: `componentDidMount`. */
function isHookOfComponent(declaration: ts.Declaration, environment: Environment): boolean {
  const { parent } = declaration;
  const name = ts.getNameOfDeclaration(declaration)?.getText();
  return (
    ts.isClassLike(parent) &&
    name !== undefined &&
    lifecycles.some(
      (one) =>
        one.instances === "component" &&
        (one.begins.includes(name) || one.ends.includes(name)) &&
        isManagedBy(one, parent, environment),
    )
  );
}

const routeDecorators: readonly DeclarationPattern[] = [
  {
    module: "@nestjs/common",
    name: ["Get", "Post", "Put", "Patch", "Delete", "All", "Options", "Head", "Sse"],
  },
  { module: "@nestjs/websockets", name: "SubscribeMessage" },
  { module: "@nestjs/microservices", name: ["MessagePattern", "EventPattern"] },
];

/** A decorator says that the framework calls the method for each request. */
function isHandlerOfFramework(declaration: ts.Declaration, { types }: Environment): boolean {
  if (!ts.isMethodDeclaration(declaration)) return false;
  return (ts.getDecorators(declaration) ?? []).some(({ expression }) => {
    const symbol = types.calleeSymbol(
      ts.isCallExpression(expression) ? expression.expression : expression,
    );
    return (
      symbol !== undefined &&
      routeDecorators.some((one) => matchesPattern(one, types.declaredNames(symbol)))
    );
  });
}
