/**
 * Tasks that start while their module is loaded, and only then: they are meant to last as long as the
 * process.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isExported } from "../../typescript/modifiers.ts";
import { functionAround, isInside } from "../../typescript/syntax.ts";
import { referencesTo } from "../holders/references.ts";

/** Functions that call each other are followed this far up to the top level. */
const maximalDepth = 4;

/**
 * All that starts the task is code at the top level of the file.
 *
 * @param code the functions that the task consists of; what they do to each other does not count
 */
export function isProcessTask(
  code: readonly FunctionWithBody[],
  environment: Environment,
): boolean {
  return code.some((one) => isStartedAtTop(one, code, environment, 0));
}

function isStartedAtTop(
  started: ts.Node,
  own: readonly FunctionWithBody[],
  environment: Environment,
  depth: number,
): boolean {
  const declaration = declarationOf(started);
  if (declaration === undefined || depth > maximalDepth || isExported(declaration)) return false;
  const uses = referencesTo(declaration, environment).filter(
    (use) => !own.some((one) => isInside(use, one)),
  );
  return (
    uses.length > 0 &&
    uses.every((use) => {
      const around = functionAround(use);
      if (ts.isSourceFile(around)) return !isInClass(use);
      return isCalled(use) && isStartedAtTop(around, [], environment, depth + 1);
    })
  );
}

function isCalled(use: ts.Expression): boolean {
  return ts.isCallExpression(use.parent) && use.parent.expression === use;
}

/** The initialiser of a field runs for each instance. */
function isInClass(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent)
    if (ts.isClassLike(at)) return true;
  return false;
}

/** The named function at the top level of a file. */
function declarationOf(code: ts.Node): ts.Declaration | undefined {
  if (ts.isFunctionDeclaration(code)) return ts.isSourceFile(code.parent) ? code : undefined;
  const { parent } = code;
  return ts.isVariableDeclaration(parent) && ts.isSourceFile(functionAround(parent))
    ? parent
    : undefined;
}
