/**
 * Collections that no code outside of a file has.
 */
import ts from "typescript";
import type { Environment } from "../../ownership/environment.ts";
import { isExported, isPrivate } from "../../typescript/modifiers.ts";
import { withWrappers } from "../../typescript/syntax.ts";
import { referencesTo } from "../holders/references.ts";
import { type Identity, namedDeclaration } from "../listeners/identities.ts";

/** Only the file itself can take anything out of the collection. */
export function isHidden(
  identity: Identity,
  holder: ts.Expression,
  environment: Environment,
): boolean {
  if (identity.is === "made" || identity.steps.length > 1) return false;
  const declaration = namedDeclaration(identity);
  if (declaration?.getSourceFile() !== holder.getSourceFile()) return false;
  const isField = ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration);
  const isLocal = isField ? isPrivate(declaration) : !isExported(declaration);
  return isLocal && referencesTo(declaration, environment).every(isPlainUse);
}

/** The collection itself goes nowhere: it is asked, filled or walked. */
function isPlainUse(reference: ts.Expression): boolean {
  const node = withWrappers(reference);
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent))
    return parent.expression === node;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return true;
  return ts.isSpreadElement(parent) || (ts.isBinaryExpression(parent) && parent.left === node);
}
