/**
 * Who ends before a task does: the object that started it and has a way to end, the component, the
 * connection or the request that it was started for. A task that nothing of that kind started may be meant to last as
 * long as the process.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../../flow/graph.ts";
import { valueOf } from "../../flow/graph.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { type Member, membersWithBody, overridingFirst } from "../../ownership/class-members.ts";
import type { Environment } from "../../ownership/environment.ts";
import { endsInstance, isKnownBase } from "../../ownership/release-methods.ts";
import type { EventKind } from "../../resources/events.ts";
import { isReleaseName } from "../../resources/infer-kind.ts";
import { isStatic } from "../../typescript/modifiers.ts";
import { isInside, returnedLiterals, returnedValues } from "../../typescript/syntax.ts";
import { lifetimesOfInstances } from "../holders/holder-lifetimes.ts";
import { occasionsOf } from "../holders/occasions.ts";

export type OwnerEnd =
  /** The object that starts the task has a method that ends it. */
  | { readonly is: "method"; readonly owner: ts.Node; readonly method: ts.NamedDeclaration }
  /** The object stops another timer of its own. */
  | { readonly is: "sibling"; readonly stop: ts.CallExpression }
  /** The variable that has its handle is set to nothing. */
  | { readonly is: "forgotten"; readonly at: ts.Node }
  /** It is started for each component, connection or request anew. */
  | { readonly is: "component" | "connection" | "request" | "message"; readonly from: ts.Node };

/** What ends whoever starts a task; undefined where nothing says that it ends before the process. */
export function endOfOwner(site: ts.Node, environment: Environment): OwnerEnd | undefined {
  let node: ts.Node = site;
  while (!ts.isSourceFile(node)) {
    const { parent }: ts.Node = node;
    if (ts.isClassLike(parent) && ts.isClassElement(node)) {
      if (isStatic(node)) return undefined;
      return (
        endOfInstance(parent, site, environment) ??
        endOfOccasion(site, environment) ??
        endOfLifetime(parent, environment)
      );
    }
    const end = ts.isFunctionLike(node) ? endOfClosures(node, site) : undefined;
    if (end !== undefined) return end;
    node = parent;
  }
  return endOfOccasion(site, environment);
}

/** The code runs for each component, or each time that somebody connects. */
function endOfOccasion(site: ts.Node, environment: Environment): OwnerEnd | undefined {
  for (const occasion of occasionsOf(site, environment)) {
    const { when, at } = occasion;
    if (when === "component") return { is: "component", from: at };
    if (when === "event" && startsSomething(occasion.event))
      return { is: occasion.event, from: at };
  }
  return undefined;
}

/** The instances live as long as a component, or as somebody is connected. */
function endOfLifetime(
  owner: ts.ClassLikeDeclaration,
  environment: Environment,
): OwnerEnd | undefined {
  for (const lifetime of lifetimesOfInstances(owner, environment)) {
    const { lasts, from } = lifetime;
    if (lasts === "component") return { is: "component", from };
    if (lasts === "event" && startsSomething(lifetime.event)) return { is: lifetime.event, from };
  }
  return undefined;
}

function startsSomething(event: EventKind): event is "connection" | "request" | "message" {
  return event !== "tick" && event !== "event";
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
      !isInside(site, member.node) &&
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
  if (isInside(site, code)) return [];
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

/**
 * The function returns an object with a method that ends it, as a class would have one, or a function
 * that stops another timer.
 */
function endOfClosures(code: ts.SignatureDeclaration, site: ts.Node): OwnerEnd | undefined {
  if (!("body" in code) || code.body === undefined) return undefined;
  const stop = stopReturnedBy(code as FunctionWithBody, site);
  if (stop !== undefined) return { is: "sibling", stop };
  const method = returnedLiterals(code as FunctionWithBody)
    .flatMap(({ properties }) => [...properties])
    .find(
      (member) =>
        member.name !== undefined &&
        ts.isIdentifier(member.name) &&
        isReleaseName(member.name.text) &&
        !isInside(site, member),
    );
  return method && { is: "method", owner: code, method };
}

const stopping: ReadonlySet<string> = new Set(["clearInterval", "clearTimeout"]);

function stopReturnedBy(code: FunctionWithBody, site: ts.Node): ts.CallExpression | undefined {
  for (const returned of returnedValues(code)) {
    const value = valueOf(returned);
    if (!ts.isArrowFunction(value) && !ts.isFunctionExpression(value)) continue;
    if (isInside(site, value)) continue;
    const stop = callsIn(value).find(
      (call): call is ts.CallExpression =>
        ts.isCallExpression(call) &&
        ts.isIdentifier(call.expression) &&
        stopping.has(call.expression.text),
    );
    if (stop !== undefined) return stop;
  }
  return undefined;
}
