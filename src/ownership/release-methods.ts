/**
 * Which members end an instance: by the dispose symbols, by the names that users of any object look
 * for, or by the framework that the class belongs to.
 *
 * A hook such as `ngOnDestroy` is no evidence by its name. It counts where the class says which
 * framework makes its instances: by its base class, by an interface, by a decorator.
 */
import ts from "typescript";
import { matchesPattern } from "../resources/catalog-index.ts";
import { isReleaseName } from "../resources/infer-kind.ts";
import type { DeclarationPattern } from "../resources/kind.ts";
import { type Lifecycle, lifecycles } from "../resources/lifecycles.ts";
import { isHidden } from "../typescript/modifiers.ts";
import { type Member, memberName } from "./class-members.ts";
import type { Environment } from "./environment.ts";

/** A method by which users or a framework end an instance. */
export function endsInstance(member: Member, environment: Environment): boolean {
  const { node } = member;
  if (node.name === undefined || ts.isAccessor(node)) return false;
  if (ts.isComputedPropertyName(node.name)) {
    return environment.types.isDisposeKey(node.name.expression);
  }
  const name = memberName(member);
  if (name === undefined || ts.isPrivateIdentifier(node.name)) return false;
  if (isReleaseName(name)) return !isHidden(member.node) && !namesOne(member, environment);
  return isHook(member, name, environment);
}

/** `stop(id: string)` ends one of several things, which it has to be told, and not the instance. */
function namesOne({ code }: Member, { types }: Environment): boolean {
  const [first] = code.parameters;
  return (
    first !== undefined &&
    first.questionToken === undefined &&
    first.initializer === undefined &&
    first.dotDotDotToken === undefined &&
    first.type !== undefined &&
    !types.isBoolean(types.typeOf(first.type)) &&
    types.isPrimitive(types.typeOf(first.type))
  );
}

/** Methods that run once in the life of an instance, unless something shows a second call. */
const opener =
  /^(?:start|open|init|initialize|initialise|connect|setup|mount|run|launch|boot|bootstrap|listen|load|create|build|configure|activate|attach|register|begin)(?![a-z])/;
const beginHooks = new Set(lifecycles.flatMap(({ begins }) => begins));

/** A method that is meant to run once. Its name suffices, as believing it costs at most a miss. */
export function beginsInstance(member: Member): boolean {
  const name = memberName(member);
  return name !== undefined && (opener.test(name) || beginHooks.has(name));
}

function isHook({ node }: Member, name: string, environment: Environment): boolean {
  const { parent } = node;
  return (
    ts.isClassLike(parent) &&
    lifecycles.some(
      (lifecycle) => lifecycle.ends.includes(name) && isManagedBy(lifecycle, parent, environment),
    )
  );
}

/** A framework shows the instances of a class, and ends them whether or not the class has a hook for it. */
export function isShown(declaration: ts.ClassLikeDeclaration, environment: Environment): boolean {
  const lifecycle = lifecycles.find((one) => isManagedBy(one, declaration, environment));
  return lifecycle?.instances === "component";
}

/** The framework makes the instances of a class: its base, an interface or a decorator says so. */
export function isManagedBy(
  lifecycle: Lifecycle,
  declaration: ts.ClassLikeDeclaration,
  { types }: Environment,
): boolean {
  const isOneOf = (patterns: readonly DeclarationPattern[], symbol: ts.Symbol): boolean =>
    patterns.some((pattern) => matchesPattern(pattern, types.declaredNames(symbol)));
  const decorated = (ts.getDecorators(declaration) ?? []).some(({ expression }) => {
    const symbol = types.calleeSymbol(
      ts.isCallExpression(expression) ? expression.expression : expression,
    );
    return symbol !== undefined && isOneOf(lifecycle.decorators, symbol);
  });
  if (decorated) return true;
  return types
    .classSymbols(types.typeOf(declaration))
    .some((symbol) => isOneOf(lifecycle.types, symbol));
}

/**
 * A base class outside the program that is known not to touch the fields of its subclasses: those of
 * Node, of the standard library, and of a framework whose hooks are known.
 */
export function isKnownBase(symbol: ts.Symbol, { types, recogniser }: Environment): boolean {
  const declared = types.declaredNames(symbol);
  return (
    recogniser.isClosedWorld(symbol) ||
    lifecycles.some((lifecycle) =>
      lifecycle.types.some((pattern) => matchesPattern(pattern, declared)),
    )
  );
}
