/**
 * Who ends before a task does: the object that started it and has a way to end, the component or the
 * effect that it was started for. A task that nothing of that kind started may be meant to last as
 * long as the process.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../flow/graph.ts";
import { valueOf } from "../flow/graph.ts";
import { callsIn } from "../ownership/calls-in.ts";
import {
  isStatic,
  type Member,
  membersWithBody,
  overridingFirst,
} from "../ownership/class-members.ts";
import type { Environment } from "../ownership/environment.ts";
import { endsInstance, isKnownBase } from "../ownership/release-methods.ts";
import { lastPart, matchesPattern, namesOf } from "../resources/catalog-index.ts";
import { effectFunctions } from "../resources/effects.ts";
import { isReleaseName } from "../resources/infer-kind.ts";
import { contains } from "./values.ts";

export type OwnerEnd =
  /** The object that starts the task has a method that ends it. */
  | { readonly is: "method"; readonly owner: ts.Node; readonly method: ts.NamedDeclaration }
  /** The object stops another timer of its own. */
  | { readonly is: "sibling"; readonly stop: ts.CallExpression }
  /** It is started by a callback that runs for one component. */
  | { readonly is: "effect"; readonly call: ts.CallExpression };

/** What ends whoever starts a task; undefined where nothing says that it ends before the process. */
export function endOfOwner(site: ts.Node, environment: Environment): OwnerEnd | undefined {
  let node: ts.Node = site;
  while (!ts.isSourceFile(node)) {
    const { parent }: ts.Node = node;
    if (ts.isClassLike(parent)) {
      return ts.isClassElement(node) && !isStatic(node)
        ? endOfInstance(parent, site, environment)
        : undefined;
    }
    const end = ts.isFunctionLike(node)
      ? (effectAround(node, environment) ?? endOfClosures(node, site))
      : undefined;
    if (end !== undefined) return end;
    node = parent;
  }
  return undefined;
}

function endOfInstance(
  declaration: ts.ClassLikeDeclaration,
  site: ts.Node,
  environment: Environment,
): OwnerEnd | undefined {
  const { types } = environment;
  const lineage = types.lineage(declaration, (base) => isKnownBase(base, environment)) ?? [
    declaration,
  ];
  const members = overridingFirst(lineage.flatMap((one) => membersWithBody(one, "instance")));
  const ending = members.find(
    (member) =>
      endsInstance(member, environment) &&
      !contains(member.node, site) &&
      !types.returnsValue(member.code) &&
      doesSomething(member),
  );
  if (ending !== undefined) return { is: "method", owner: declaration, method: ending.node };
  const stop = members.flatMap((member) => stopsOfFields(member.code, site))[0];
  return stop && { is: "sibling", stop };
}

function doesSomething({ code }: Member): boolean {
  return !ts.isBlock(code.body) || code.body.statements.length > 0;
}

/** `clearInterval(this.timer)` in another function than the one that starts the task. */
function stopsOfFields(code: ts.Node, site: ts.Node): readonly ts.CallExpression[] {
  if (contains(code, site)) return [];
  return callsIn(code).filter((call): call is ts.CallExpression => {
    if (!ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return false;
    const [handle] = call.arguments;
    return (
      call.expression.text === "clearInterval" &&
      handle !== undefined &&
      ts.isPropertyAccessExpression(valueOf(handle))
    );
  });
}

/** The function is what a framework runs for one component: `useEffect(() => …)`. */
function effectAround(
  code: ts.SignatureDeclaration,
  { types, recogniser }: Environment,
): OwnerEnd | undefined {
  let argument: ts.Node = code;
  while (ts.isParenthesizedExpression(argument.parent)) argument = argument.parent;
  const call = argument.parent;
  if (!ts.isCallExpression(call)) return undefined;
  const position = call.arguments.indexOf(argument as ts.Expression);
  const name = recogniser.calleeName(call);
  if (name === undefined || position < 0) return undefined;
  const named = effectFunctions.filter(
    (one) => one.callback === position && namesOf(one).some((each) => lastPart(each) === name),
  );
  const symbol = named.length === 0 ? undefined : types.calleeSymbol(call.expression);
  if (symbol === undefined) return undefined;
  const declared = types.declaredNames(symbol);
  return named.some((one) => matchesPattern(one, declared)) ? { is: "effect", call } : undefined;
}

/** The function returns an object with a method that ends it, as a class would have one. */
function endOfClosures(code: ts.SignatureDeclaration, site: ts.Node): OwnerEnd | undefined {
  if (!("body" in code) || code.body === undefined) return undefined;
  const method = returnedMembers(code as FunctionWithBody).find(
    (member) =>
      member.name !== undefined &&
      ts.isIdentifier(member.name) &&
      isReleaseName(member.name.text) &&
      !contains(member, site),
  );
  return method && { is: "method", owner: code, method };
}

function returnedMembers({ body }: FunctionWithBody): readonly ts.ObjectLiteralElementLike[] {
  const found: ts.ObjectLiteralElementLike[] = [];
  const consider = (expression: ts.Expression): void => {
    const value = valueOf(expression);
    if (ts.isObjectLiteralExpression(value)) found.push(...value.properties);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression !== undefined) consider(node.expression);
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  if (ts.isExpression(body)) consider(body);
  else ts.forEachChild(body, visit);
  return found;
}
