/**
 * The fresh resources in the result of a function of the program: what its caller owns.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../flow/graph.ts";
import { valueOf } from "../flow/graph.ts";
import type { ResourceKind } from "../resources/kind.ts";
import type { CallLike } from "../resources/recognise.ts";
import type { Bindings } from "./bindings.ts";
import type { Environment } from "./environment.ts";
import { findAcquisitions } from "./find-acquisitions.ts";
import { Ended } from "./obligation-state.ts";
import { declaredIn } from "./places.ts";
import type { Summaries } from "./summaries.ts";
import { trackObligation } from "./track-obligation.ts";

/** A fresh resource in the result of a function. */
export interface FreshResult {
  readonly kind: ResourceKind;
  /** The places in the result under which it is reachable; the empty path is the result itself. */
  readonly paths: readonly (readonly string[])[];
  /** The acquiring call in the body; undefined where the body writes the resource as a literal. */
  readonly site: CallLike | undefined;
  /** It owes something when the function returns: nothing has to be called on it first. */
  readonly armed: boolean;
}

export function isSameResult(a: FreshResult, b: FreshResult | undefined): boolean {
  return (
    b !== undefined && a.site === b.site && a.armed === b.armed && a.paths.join() === b.paths.join()
  );
}

export function findFresh(
  unit: FunctionWithBody,
  bindings: Bindings,
  environment: Environment,
  summaries: Summaries,
): readonly FreshResult[] {
  if ("asteriskToken" in unit && unit.asteriskToken !== undefined) return [];
  const results: FreshResult[] = [...returnedLiterals(unit, environment)];
  for (const tracked of findAcquisitions(unit, bindings, environment, summaries)) {
    const outcome = trackObligation(tracked, environment, summaries);
    if (outcome.unknown || outcome.hiddenReturns.length > 0) continue;
    if ((outcome.atEnd.ended & Ended.kept) !== 0) continue;
    if ((outcome.atEnd.ended & Ended.handed) !== 0) {
      const kind = ownerOf(tracked.kind, outcome.releasers);
      if (outcome.returnedAs.size === 0 && !results.some((one) => one.paths.join() === ""))
        results.push({ kind, paths: [[]], site: undefined, armed: true });
      continue;
    }
    const paths = [...outcome.returnedAs].map((path) => (path === "" ? [] : path.split(".")));
    // Alternatives come out at one place: the caller has one of them.
    const isAlternative = results.some((one) => one.paths.join(";") === paths.join(";"));
    if (paths.length > 0 && !isAlternative) {
      results.push({ kind: tracked.kind, paths, site: tracked.site, armed: outcome.owed });
    }
  }
  return results.length > 0 && mayReturnBorrowed(unit, environment) ? [] : results;
}

const owners = new WeakMap<ResourceKind, Map<string, ResourceKind>>();

/** A function that releases what it captured, or an object that has such functions, as a resource. */
function ownerOf(kind: ResourceKind, releasers: ReadonlySet<string>): ResourceKind {
  const members = [...releasers].sort();
  let known = owners.get(kind);
  if (known === undefined) owners.set(kind, (known = new Map<string, ResourceKind>()));
  let owner = known.get(members.join());
  if (owner === undefined) {
    const isFunction = members.includes("");
    owner = {
      id: `owner.${kind.id}.${members.join()}`,
      label: `${isFunction ? "function" : "object"} that closes a ${kind.label}`,
      grade: kind.grade,
      duty: kind.duty,
      acquire: [],
      release: isFunction ? [{ invoke: true }] : members.map((method) => ({ method })),
      ...(kind.weak && { weak: true as const }),
      source: kind.source,
    };
    known.set(members.join(), owner);
  }
  return owner;
}

/** `return { [Symbol.dispose]() {…} }` makes a resource without a call. */
function returnedLiterals(
  unit: FunctionWithBody,
  environment: Environment,
): readonly FreshResult[] {
  for (const block of environment.graph(unit).blocks) {
    for (const event of block.events) {
      if (event.kind !== "return" || event.value === undefined) continue;
      const value = valueOf(event.value);
      if (!ts.isObjectLiteralExpression(value)) continue;
      const kind = environment.recogniser.kindOfType(environment.types.typeOf(value));
      if (kind !== undefined) return [{ kind, paths: [[]], site: undefined, armed: true }];
    }
  }
  return [];
}

/** Some `return` gives back what the function did not make: a field, a cached or a looked-up value. */
function mayReturnBorrowed(unit: FunctionWithBody, environment: Environment): boolean {
  const graph = environment.graph(unit);
  for (const block of graph.blocks) {
    for (const event of block.events) {
      if (event.kind !== "return" || event.value === undefined) continue;
      if (armsOf(event.value).some((value) => isBorrowed(value, unit, environment))) return true;
    }
  }
  return false;
}

function isBorrowed(value: ts.Expression, unit: ts.Node, environment: Environment): boolean {
  if (ts.isPropertyAccessExpression(value) || ts.isElementAccessExpression(value)) return true;
  return ts.isIdentifier(value) && isOuterVariable(value, unit, environment);
}

function isOuterVariable(name: ts.Identifier, unit: ts.Node, environment: Environment): boolean {
  if (name.text === "undefined") return false;
  const symbol = environment.resolve(name);
  return (
    symbol !== undefined &&
    (!declaredIn(symbol, unit) || symbol.declarations?.some(ts.isParameter) === true)
  );
}
/** What the value of an expression may be: the arms of conditionals and of `??`, `||`. */
function armsOf(expression: ts.Expression): readonly ts.Expression[] {
  const value = valueOf(expression);
  if (ts.isConditionalExpression(value))
    return [...armsOf(value.whenTrue), ...armsOf(value.whenFalse)];
  if (
    ts.isBinaryExpression(value) &&
    (value.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
      value.operatorToken.kind === ts.SyntaxKind.BarBarToken)
  ) {
    return [...armsOf(value.left), ...armsOf(value.right)];
  }
  return [value];
}
