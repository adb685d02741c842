/**
 * Gives a listener a signal that takes it off: of an object whose end aborts it, or of an effect whose
 * cleanup does. This is for functions that have no name by which a removal could name them.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../flow/graph.ts";
import { valueOf } from "../flow/graph.ts";
import type { ListenerFinding } from "../lifetimes/listeners/analyse-listeners.ts";
import type { Environment } from "../ownership/environment.ts";
import { takesOption } from "../typescript/writable-code.ts";
import {
  freshName,
  indentOf,
  insertAt,
  insertBefore,
  lineBreak,
  statementAround,
  type TextEdit,
} from "./edits.ts";
import { cleanupOf, inCleanup } from "./effect-cleanup.ts";
import { functionAround } from "./held-variable.ts";
import { withOption } from "./options.ts";
import { appendToBody } from "./release-in-member.ts";

/** @returns undefined where the call takes no signal, or nobody is there who could abort it */
export function passSignal(
  finding: ListenerFinding,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const { site, fault } = finding;
  if (fault.how !== "kept" || !takesOption(site, 2, "signal", environment.types.program))
    return undefined;
  const listener = site.arguments[1] && valueOf(site.arguments[1]);
  const isNameless =
    listener !== undefined && (ts.isArrowFunction(listener) || ts.isFunctionExpression(listener));
  if (!isNameless) return undefined;
  if (fault.by.is === "component") return inEffect(site, fault.by.code, environment);
  if (fault.by.is !== "instance") return undefined;
  const [end, ...others] = fault.by.ends;
  const { code } = fault.by;
  if (end === undefined || others.length > 0 || end.node.parent !== code) return undefined;
  return ts.isBlock(end.code.body) ? ofObject(site, code, end.code.body) : undefined;
}

/** A controller in a field; a new one each time that the listener is added outside of the constructor. */
function ofObject(
  site: ts.CallExpression,
  owner: ts.ClassLikeDeclaration,
  end: ts.Block,
): readonly TextEdit[] | undefined {
  const unit = functionAround(site);
  const statement = statementAround(site);
  const isMember = unit?.parent === owner && (ts.isMethodDeclaration(unit) || isConstructor(unit));
  if (unit === undefined || statement === undefined || !isMember) return undefined;
  const file = site.getSourceFile();
  const isTyped = !/\.[cm]?jsx?$/.test(file.fileName);
  const isOnce = isConstructor(unit);
  const field = `${isTyped ? "" : "#"}${freshName("listening", file)}`;
  const name = `this.${field}`;
  const controller = "new AbortController()";
  const modifiers = isTyped ? `private ${isOnce ? "readonly " : ""}` : "";
  const value = isOnce ? ` = ${controller}` : isTyped ? "?: AbortController" : "";
  const [first] = owner.members;
  const option = withOption(site, 2, `signal: ${name}.signal`);
  if (first === undefined || option === undefined) return undefined;
  return [
    insertAt(
      owner.members.pos,
      `${lineBreak(file)}${indentOf(first)}${modifiers}${field}${value};`,
    ),
    ...(isOnce ? [] : [insertBefore(statement, `${name}?.abort();\n${name} = ${controller};`)]),
    ...option,
    ...appendToBody(end, `${name}${isOnce ? "" : "?"}.abort();`),
  ];
}

function isConstructor(unit: ts.SignatureDeclaration | undefined): boolean {
  return unit !== undefined && ts.isConstructorDeclaration(unit);
}

/** A controller of the effect, aborted by its cleanup. */
function inEffect(
  site: ts.CallExpression,
  code: FunctionWithBody,
  environment: Environment,
): readonly TextEdit[] | undefined {
  const cleanup = cleanupOf(code, environment);
  const statement = statementAround(site);
  if (cleanup === undefined || statement?.parent !== cleanup.body) return undefined;
  const name = freshName("listening", site.getSourceFile());
  const option = withOption(site, 2, `signal: ${name}.signal`);
  return (
    option && [
      insertBefore(statement, `const ${name} = new AbortController();`),
      ...option,
      ...inCleanup(cleanup, `${name}.abort();`),
    ]
  );
}
