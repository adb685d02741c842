/**
 * What the release of a class of the program surely gives back, by its code: it stops a timer, takes a listener
 * off, or releases something that is known to be a resource or that another package declares.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import { isReleaseName, membersWithBases } from "../resources/infer-kind.ts";
import { isHidden } from "../typescript/modifiers.ts";
import { memberCode } from "../typescript/syntax.ts";
import { callsIn } from "./calls-in.ts";
import type { Environment } from "./environment.ts";

/** Functions that stop a timer by its handle. */
export const timerStops: ReadonlySet<string> = new Set([
  "clearTimeout",
  "clearInterval",
  "cancelAnimationFrame",
]);

const takingOff: ReadonlySet<string> = new Set(["off", "removeListener", "removeEventListener"]);

/** What the release of a class gives back. */
export type Released =
  /** More than memory, whatever else it has been given. */
  | "more"
  /** What it has been given and only an interface tells of: a store of disposables, a slot for one. */
  | "given"
  /** The code does not show it. */
  | "unknown";

const answers = new WeakMap<Environment, Map<ts.ClassLikeDeclaration, Released>>();

export function releasedBy(
  declaration: ts.ClassLikeDeclaration,
  environment: Environment,
): Released {
  const known = answers.get(environment) ?? new Map<ts.ClassLikeDeclaration, Released>();
  answers.set(environment, known);
  let answer = known.get(declaration);
  if (answer === undefined) {
    // Classes that release each other show nothing by that.
    known.set(declaration, "unknown");
    answer = findReleased(declaration, environment);
    known.set(declaration, answer);
  }
  return answer;
}

function findReleased(declaration: ts.ClassLikeDeclaration, environment: Environment): Released {
  let answer: Released = "unknown";
  const members = membersWithBases(declaration, environment.types);
  const reached = new Set<ts.ClassElement>(
    members.filter(
      (member) =>
        member.name !== undefined && isReleaseName(member.name.getText()) && !isHidden(member),
    ),
  );
  for (const member of reached) {
    const code = memberCode(member);
    if (code === undefined) continue;
    for (const call of callsIn(code)) {
      const callee = valueOf(call.expression);
      const name = nameOf(callee);
      if (name === undefined) continue;
      if (timerStops.has(name)) return "more";
      if (!ts.isPropertyAccessExpression(callee)) continue;
      const receiver = valueOf(callee.expression);
      if (
        receiver.kind === ts.SyntaxKind.ThisKeyword ||
        receiver.kind === ts.SyntaxKind.SuperKeyword
      ) {
        for (const one of members) if (one.name?.getText() === name) reached.add(one);
      } else if (takingOff.has(name)) return "more";
      else if (isReleaseName(name)) {
        const released = releasedOn(receiver, environment);
        if (released === "more") return released;
        if (released === "given") answer = released;
      }
    }
  }
  return answer;
}

function nameOf(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
}

function releasedOn(receiver: ts.Expression, environment: Environment): Released {
  const { types, recogniser } = environment;
  const type = types.valueType(receiver);
  if (types.isAny(type)) return "unknown";
  if (types.isTypeParameter(type)) return "given";
  const kind = recogniser.kindOfType(type);
  if (kind !== undefined)
    return kind.grade === "must" || kind.grade === "should" ? "more" : "unknown";
  const [own] = types.classSymbols(type);
  const declarations = own?.declarations ?? [];
  if (declarations.length === 0) return "unknown";
  if (!declarations.some((one) => types.isOfProgram(one))) return "more";
  const declaration = declarations.find(ts.isClassLike);
  return declaration === undefined ? "given" : releasedBy(declaration, environment);
}
