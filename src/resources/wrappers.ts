/**
 * Classes of the program whose instances only stand for what their constructor was given: releasing an
 * instance releases that.
 */
import ts from "typescript";
import { plainStatements, skipWrappers } from "../typescript/syntax.ts";
import type { Types } from "../typescript/types.ts";
import { isReleaseName, membersWithBases } from "./infer-kind.ts";

/** A release method of the class calls a release method of what the constructor got at a position. */
export function forwardsRelease(site: ts.NewExpression, index: number, types: Types): boolean {
  const declaration = types.classSymbols(types.typeOf(site))[0]?.declarations?.find(ts.isClassLike);
  if (declaration === undefined || !types.isOfProgram(declaration)) return false;
  const members = membersWithBases(declaration, types);
  const constructor = members.find(
    (member): member is ts.ConstructorDeclaration =>
      ts.isConstructorDeclaration(member) && member.body !== undefined,
  );
  const parameter = constructor?.parameters[index];
  if (constructor === undefined || parameter === undefined || !ts.isIdentifier(parameter.name))
    return false;
  const fields = fieldsHolding(parameter.name.text, constructor, parameter);
  return members.some(
    (member) =>
      ts.isMethodDeclaration(member) &&
      isReleaseName(member.name.getText()) &&
      member.body !== undefined &&
      releasesOne(member.body, fields),
  );
}

function fieldsHolding(
  name: string,
  constructor: ts.ConstructorDeclaration,
  parameter: ts.ParameterDeclaration,
): ReadonlySet<string> {
  const fields = new Set<string>();
  if (ts.isParameterPropertyDeclaration(parameter, constructor)) fields.add(name);
  if (constructor.body === undefined) return fields;
  for (const statement of plainStatements(constructor.body)) {
    if (!ts.isExpressionStatement(statement)) continue;
    const { expression } = statement;
    if (!ts.isBinaryExpression(expression)) continue;
    const { left } = expression;
    const right = skipWrappers(expression.right);
    if (!ts.isIdentifier(right)) continue;
    if (right.text !== name || !ts.isPropertyAccessExpression(left)) continue;
    if (left.expression.kind === ts.SyntaxKind.ThisKeyword) fields.add(left.name.text);
  }
  return fields;
}

function releasesOne(body: ts.Node, fields: ReadonlySet<string>): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      if (
        isReleaseName(name.text) &&
        ts.isPropertyAccessExpression(expression) &&
        expression.expression.kind === ts.SyntaxKind.ThisKeyword &&
        fields.has(expression.name.text)
      )
        return true;
    }
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(body);
}
