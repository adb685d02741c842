/**
 * Clears a guard timer whichever way what it guards settles: in `finally` of the block that armed it, or
 * in `finally` of the race that it lost.
 */
import ts from "typescript";
import type { DanglingTimer } from "../lifetimes/races/guard-timers.ts";
import type { Environment } from "../ownership/environment.ts";
import { guardTimer } from "../resources/catalog/timeouts.ts";
import { functionAround, isInside, withWrappers } from "../typescript/syntax.ts";
import { freshName, insertAt, insertBefore, type TextEdit } from "./edits.ts";
import { releaseAtEnd } from "./release-at-end.ts";

/** @returns undefined where the handle has no name that is known where the operation settles, and gets none */
export function clearTimer(
  timer: DanglingTimer,
  environment: Environment,
): readonly TextEdit[] | undefined {
  if (timer.race !== undefined) return clearAfterRace(timer.site, timer.race, environment);
  if (timer.ended === undefined) return undefined;
  const { site, ended } = timer;
  return releaseAtEnd({ site, kind: guardTimer, ended }, environment).inFinally;
}

/** `Promise.race([…]).finally(() => clearTimeout(timer))` */
function clearAfterRace(
  arming: ts.CallExpression,
  race: ts.Expression,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const known = handleNameOf(arming, environment);
  if (known !== undefined) {
    return isKnownAt(known, race, environment)
      ? [insertAt(race.end, clearing(known.text))]
      : undefined;
  }
  const statement = commonStatement(arming, race);
  if (statement === undefined) return undefined;
  const { parent } = withWrappers(arming);
  // A promise or a chained call needs the value that it gets.
  const isLoose = ts.isExpressionStatement(parent);
  const isBody = ts.isArrowFunction(parent);
  if (!isLoose && !isBody) return undefined;
  const name = freshName("timer", arming.getSourceFile());
  const start = arming.getStart();
  return [
    insertBefore(statement, `let ${name}: ReturnType<typeof setTimeout> | undefined;`),
    ...(isBody
      ? [insertAt(start, `(${name} = `), insertAt(arming.end, ")")]
      : [insertAt(start, `${name} = `)]),
    insertAt(race.end, clearing(name)),
  ];
}

function clearing(name: string): string {
  return `.finally(() => clearTimeout(${name}))`;
}

/** The variable that has the handle. */
function handleNameOf(
  arming: ts.CallExpression,
  { resolve }: Environment,
): ts.Identifier | undefined {
  const node = withWrappers(arming);
  const { parent } = node;
  const name = ts.isVariableDeclaration(parent)
    ? parent.name
    : ts.isBinaryExpression(parent) && parent.right === node
      ? parent.left
      : undefined;
  return name !== undefined && ts.isIdentifier(name) && resolve(name) !== undefined
    ? name
    : undefined;
}

function isKnownAt(name: ts.Identifier, place: ts.Node, { resolve }: Environment): boolean {
  const declaration = resolve(name)?.valueDeclaration;
  return declaration !== undefined && isInside(place, functionAround(declaration));
}

/** The statement of the block with the race that makes the timer, no later than the race. */
function commonStatement(arming: ts.Node, race: ts.Node): ts.Statement | undefined {
  const whole = ts.findAncestor(race, (node): node is ts.Statement => ts.isStatement(node));
  const block = whole?.parent;
  if (block === undefined || !(ts.isBlock(block) || ts.isSourceFile(block))) return undefined;
  const made = block.statements.find((one) => isInside(arming, one));
  return made !== undefined && whole !== undefined && made.pos <= whole.pos ? made : undefined;
}
