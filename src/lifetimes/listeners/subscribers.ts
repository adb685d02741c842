/**
 * Who registers a listener, and whether something shows that he ends: an effect of a component, the
 * handler of an event that comes again, an object of a class, a function that is called.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../../flow/graph.ts";
import { valueOf } from "../../flow/graph.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { type Member, membersWithBody } from "../../ownership/class-members.ts";
import { type Environment, foundOnce } from "../../ownership/environment.ts";
import { endsInstance, isShown } from "../../ownership/release-methods.ts";
import { matchesPattern } from "../../resources/catalog-index.ts";
import { type ComponentHooks, componentHooks } from "../../resources/components.ts";
import { lifecycles } from "../../resources/lifecycles.ts";
import { isStatic } from "../../typescript/modifiers.ts";
import { isFunctionWithBody } from "../../typescript/nodes-in-file.ts";
import { functionAround, withWrappers } from "../../typescript/syntax.ts";
import { listenersIn, type Registration } from "./listeners.ts";

export type Subscriber =
  /** The callback of an effect or of a hook, or the function around such hooks. */
  | {
      readonly is: "component";
      readonly code: FunctionWithBody;
      readonly end: string;
      /** The framework may end what others register in it. */
      readonly adopts: boolean;
    }
  /** A listener of an event that comes again and again. */
  | { readonly is: "event"; readonly code: FunctionWithBody; readonly of: Registration }
  | {
      readonly is: "instance";
      readonly code: ts.ClassLikeDeclaration;
      /** The members that end an object, those of base classes included. */
      readonly ends: readonly Member[];
      /** All members, those of base classes included. */
      readonly members: readonly Member[];
      /** A framework shows the objects, and ends them. */
      readonly shown: boolean;
    }
  | { readonly is: "call"; readonly code: FunctionWithBody };

/** Who may be meant, the nearest first; empty for code that runs once, when its module is loaded. */
export function subscribersOf(site: ts.Node, environment: Environment): readonly Subscriber[] {
  const found: Subscriber[] = [];
  let node: ts.Node = site.parent;
  for (; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isClassLike(node)) {
      found.push(instanceOf(node, environment));
      break;
    }
    if (!isFunctionWithBody(node) || isCalledInPlace(node)) continue;
    const subscriber = subscriberIn(node, environment);
    if (subscriber !== undefined) found.push(subscriber);
    if (ts.isClassElement(node) && isStatic(node)) break;
  }
  return found;
}

function subscriberIn(node: FunctionWithBody, environment: Environment): Subscriber | undefined {
  const hook = hookOf(node, environment);
  if (hook !== undefined) return component(node, hook);
  const outer = registrationOf(node, environment);
  if (outer !== undefined) return { is: "event", code: node, of: outer };
  const setup = setupsIn(node.getSourceFile(), environment).get(node);
  if (setup !== undefined) return component(node, setup);
  const option = optionOf(node, environment);
  if (option !== undefined)
    return { is: "component", code: node, end: `${option}()`, adopts: false };
  return ts.isClassElement(node) && !isStatic(node) ? undefined : { is: "call", code: node };
}

function component(code: FunctionWithBody, { end, adopts }: ComponentHooks): Subscriber {
  return { is: "component", code, end, adopts: adopts === true };
}

/** `(() => { … })()` */
function isCalledInPlace(node: ts.Node): boolean {
  const outer = withWrappers(node);
  return ts.isCallExpression(outer.parent) && outer.parent.expression === outer;
}

function instanceOf(code: ts.ClassLikeDeclaration, environment: Environment): Subscriber {
  const lineage = environment.types.lineage(code) ?? [code];
  const members = lineage.flatMap((one) => membersWithBody(one, "instance"));
  const ends = members.filter((member) => endsInstance(member, environment));
  return { is: "instance", code, ends, members, shown: isShown(code, environment) };
}

// ---- components

const hookNames = new Set(
  componentHooks.flatMap(({ begins, ends }) =>
    [begins, ends].flatMap((pattern) => (pattern === undefined ? [] : pattern.name)),
  ),
);

/** The hook that a call calls. */
function hookAt(call: ts.Node, environment: Environment): ComponentHooks | undefined {
  if (!ts.isCallExpression(call)) return undefined;
  const name = environment.recogniser.nameOfCallee(call.expression);
  if (name === undefined || !hookNames.has(name)) return undefined;
  const symbol = environment.types.calleeSymbol(call.expression);
  if (symbol === undefined) return undefined;
  const declared = environment.types.declaredNames(symbol);
  return componentHooks.find(
    ({ begins, ends }) =>
      matchesPattern(begins, declared) || (ends !== undefined && matchesPattern(ends, declared)),
  );
}

/** The hook whose callback a function is. */
function hookOf(node: FunctionWithBody, environment: Environment): ComponentHooks | undefined {
  const { parent } = node;
  return ts.isCallExpression(parent) && parent.arguments[0] === node
    ? hookAt(parent, environment)
    : undefined;
}

/** The hooks that functions of a file call themselves, if they run once for each component. */
const setupsIn = foundOnce((file, environment): ReadonlyMap<ts.Node, ComponentHooks> => {
  const found = new Map<ts.Node, ComponentHooks>();
  for (const call of callsIn(file)) {
    const hook = hookAt(call, environment);
    if (hook?.setup !== true) continue;
    const code = functionAround(call);
    if (!found.has(code)) found.set(code, hook);
  }
  return found;
});

/** `mounted() { … }` among the options that `defineComponent` is given: the hook that ends it. */
function optionOf(node: FunctionWithBody, environment: Environment): string | undefined {
  const { parent } = node;
  const literal = ts.isObjectLiteralExpression(parent) ? parent : undefined;
  if (literal === undefined || !ts.isMethodDeclaration(node)) return undefined;
  const name = node.name.getText();
  const lifecycle = lifecycles.find(({ begins, options }) => options && begins.includes(name));
  const call = literal.parent;
  if (lifecycle?.options === undefined || !ts.isCallExpression(call)) return undefined;
  const symbol = environment.types.calleeSymbol(call.expression);
  const { options } = lifecycle;
  return symbol !== undefined && matchesPattern(options, environment.types.declaredNames(symbol))
    ? lifecycle.ends[lifecycle.ends.length - 1]
    : undefined;
}

// ---- events

/** The registration whose listener a function is. */
function registrationOf(
  node: FunctionWithBody,
  environment: Environment,
): Registration | undefined {
  const { parent } = node;
  if (!ts.isCallExpression(parent)) return undefined;
  return listenersIn(node.getSourceFile(), environment).registrations.find(
    ({ site, listener }) => site === parent && valueOf(listener) === node,
  );
}
