/**
 * Fields that code of the same file fills from outside: a factory that makes an instance, puts a fresh
 * resource into a field of it, and returns it.
 */
import ts from "typescript";
import { isInside } from "../typescript/syntax.ts";
import { type AccessPath, thisRoot } from "./access-path.ts";
import { callsIn } from "./calls-in.ts";
import type { Environment } from "./environment.ts";
import { acquisitionsAt } from "./find-acquisitions.ts";
import { fieldAt, type OwnedField } from "./owned-fields.ts";
import type { Summaries } from "./summaries.ts";
import { trackObligation } from "./track-obligation.ts";
import type { FieldRoots } from "./tracking.ts";

export function fieldsFilledOutside(
  declaration: ts.ClassLikeDeclaration,
  environment: Environment,
  summaries: Summaries,
): readonly OwnedField[] {
  const fields = new Set(
    declaration.members.flatMap((member) =>
      ts.isPropertyDeclaration(member) && ts.isIdentifier(member.name) ? [member.name.text] : [],
    ),
  );
  const { name } = declaration;
  if (fields.size === 0 || name === undefined) return [];
  return callsIn(declaration.getSourceFile()).flatMap((site) => {
    const target = assignedMember(site);
    if (target === undefined || isInside(site, declaration) || !fields.has(target.name.text))
      return [];
    const instance = environment.resolve(target.expression);
    if (instance === undefined || !isMadeFrom(instance, name, environment)) return [];
    const places: readonly AccessPath[] = [{ root: thisRoot, members: [target.name.text] }];
    return acquisitionsAt(site, environment, summaries).flatMap((acquired) => {
      const fieldRoots: FieldRoots = new Map([[instance, "object"]]);
      const outcome = trackObligation({ ...acquired, fieldRoots }, environment, summaries);
      return outcome.owed && outcome.returnedAs.has(target.name.text)
        ? fieldAt(places, fieldRoots, acquired, outcome, undefined)
        : [];
    });
  });
}

/** `instance.field = site` */
function assignedMember(
  site: ts.Expression,
): (ts.PropertyAccessExpression & { readonly expression: ts.Identifier }) | undefined {
  const value = ts.isAwaitExpression(site.parent) ? site.parent : site;
  const { parent } = value;
  if (!ts.isBinaryExpression(parent) || parent.right !== value) return undefined;
  if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const { left } = parent;
  return ts.isPropertyAccessExpression(left) && ts.isIdentifier(left.expression)
    ? (left as ts.PropertyAccessExpression & { readonly expression: ts.Identifier })
    : undefined;
}

/** The variable holds what `new` of the class makes. */
function isMadeFrom(instance: ts.Symbol, name: ts.Identifier, environment: Environment): boolean {
  const variable = instance.declarations?.find(ts.isVariableDeclaration);
  const made = variable?.initializer;
  return (
    made !== undefined &&
    ts.isNewExpression(made) &&
    ts.isIdentifier(made.expression) &&
    made.expression.text === name.text &&
    environment.resolve(made.expression) === environment.resolve(name)
  );
}
