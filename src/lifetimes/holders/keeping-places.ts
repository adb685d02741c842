/**
 * Where a value is kept: a module variable, a static field, a field of instances, a variable that closures
 * share, or a variable of one call.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isStatic } from "../../typescript/modifiers.ts";
import { isDefault, isWrapper, storesOperand } from "../../typescript/syntax.ts";
import { runsWithin, unitAround } from "./occasions.ts";
import { referencesInProgram } from "./program-references.ts";
import { methodCallOn } from "./references.ts";

/** Where a value is kept. */
export type KeepingPlace =
  | { readonly kind: "module"; readonly declaration: ts.Declaration }
  | {
      readonly kind: "static" | "field";
      readonly declaration: ts.Declaration;
      readonly owner: ts.ClassLikeDeclaration;
    }
  /** A variable of a function that functions inside it use later, so that it may outlive the call. */
  | { readonly kind: "captured"; readonly declaration: ts.Declaration; readonly unit: ts.Node }
  | { readonly kind: "local"; readonly declaration: ts.Declaration; readonly unit: ts.Node };

/**
 * Where a variable, parameter property or field keeps its value.
 *
 * @returns undefined for what keeps nothing of its own, as a member of an object literal, and for what the
 * program does not declare
 */
export function placeOf(
  declaration: ts.Declaration,
  environment: Environment,
): KeepingPlace | undefined {
  const { parent } = declaration;
  if (!environment.types.isOfProgram(declaration)) return undefined;
  if (ts.isPropertyDeclaration(declaration) && ts.isClassLike(parent))
    return { kind: isStatic(declaration) ? "static" : "field", declaration, owner: parent };
  if (ts.isParameter(declaration) && ts.isParameterPropertyDeclaration(declaration, parent))
    return { kind: "field", declaration, owner: declaration.parent.parent as ts.ClassDeclaration };
  if (
    !ts.isVariableDeclaration(declaration) &&
    !ts.isParameter(declaration) &&
    !ts.isBindingElement(declaration)
  )
    return undefined;
  const unit = unitAround(declaration);
  if (ts.isSourceFile(unit)) return { kind: "module", declaration };
  const references = referencesInProgram(declaration, environment);
  const isShared =
    references !== "too-many" && references.some((one) => !runsWithin(one, unit, environment));
  return { kind: isShared ? "captured" : "local", declaration, unit };
}

/**
 * Where the object that an expression denotes is kept: the place of `sessions` for `sessions`, of the
 * field for `this.sessions`, of `state` for `state.sessions` where `state` is no instance of a class.
 *
 * @returns undefined for a value that no variable or field of the program keeps
 */
export function placeOfValue(
  expression: ts.Expression,
  environment: Environment,
): KeepingPlace | undefined {
  let node = valueOf(expression);
  for (;;) {
    if (ts.isIdentifier(node)) {
      const declaration = environment.resolve(node)?.valueDeclaration;
      return declaration && placeOf(declaration, environment);
    }
    if (ts.isPropertyAccessExpression(node)) {
      const declaration = environment.types.symbolAt(node.name)?.valueDeclaration;
      const place = declaration && placeOf(declaration, environment);
      if (place !== undefined) return place;
      node = valueOf(node.expression);
    } else if (ts.isElementAccessExpression(node)) node = valueOf(node.expression);
    else return undefined;
  }
}

/** Where the value of an expression goes from where it stands. */
export type Kept =
  | { readonly by: "place"; readonly place: KeepingPlace }
  /** Its function returns it. */
  | { readonly by: "result" }
  /** It is part of, or given to, what another expression makes. */
  | { readonly by: "made"; readonly expression: ts.Expression }
  /** It is put into a collection. */
  | { readonly by: "entry" }
  | { readonly by: "nobody" }
  | { readonly by: "unknown" };

export function keptAt(expression: ts.Expression, environment: Environment): Kept {
  const unknown: Kept = { by: "unknown" };
  let node: ts.Node = expression;
  for (;;) {
    const { parent }: ts.Node = node;
    if (
      isWrapper(parent) ||
      ts.isAwaitExpression(parent) ||
      ts.isConditionalExpression(parent) ||
      ts.isPropertyAssignment(parent) ||
      ts.isShorthandPropertyAssignment(parent) ||
      ts.isObjectLiteralExpression(parent) ||
      ts.isArrayLiteralExpression(parent) ||
      (ts.isBinaryExpression(parent) && isDefault(parent.operatorToken.kind))
    ) {
      node = parent;
      continue;
    }
    if (ts.isReturnStatement(parent)) return { by: "result" };
    if (ts.isArrowFunction(parent)) return parent.body === node ? { by: "result" } : unknown;
    if (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) {
      const place = parent.initializer === node ? placeOf(parent, environment) : undefined;
      return place === undefined ? unknown : { by: "place", place };
    }
    if (ts.isBinaryExpression(parent)) return assignedBy(parent, node, environment) ?? unknown;
    if (ts.isNewExpression(parent) && parent.expression !== node)
      return { by: "made", expression: parent };
    if (ts.isCallExpression(parent) && parent.expression !== node) {
      const callee = parent.expression;
      const isStored =
        ts.isPropertyAccessExpression(callee) &&
        /^(?:set|add|push|unshift)$/.test(callee.name.text) &&
        methodCallOn(callee.expression) !== undefined;
      return isStored ? { by: "entry" } : unknown;
    }
    // `new Server().listen()` and `sessions.size`: it is used here and goes nowhere.
    return { by: "nobody" };
  }
}

function assignedBy(
  assignment: ts.BinaryExpression,
  value: ts.Node,
  environment: Environment,
): Kept | undefined {
  if (assignment.right !== value) return { by: "nobody" };
  if (!storesOperand(assignment.operatorToken.kind)) return { by: "nobody" };
  const place = placeOfValue(assignment.left, environment);
  return place && { by: "place", place };
}
