/** `(options) => … options.path …` as `({ path }) => … path …`. */
import ts from "typescript";
import { replace, type Rewritten } from "./edits.ts";
import type { Program } from "./program.ts";
import { isAssigned } from "./syntax.ts";

export function destructureParameters(program: Program): readonly Rewritten[] {
  return program.functions().flatMap((one, index) =>
    one.parameters.flatMap((parameter, position) => {
      const { name, dotDotDotToken, initializer, questionToken } = parameter;
      if (!ts.isIdentifier(name) || dotDotDotToken || initializer || questionToken) return [];
      if (ts.getModifiers(parameter) !== undefined) return [];
      const symbol = program.symbolOf(name);
      if (symbol === undefined) return [];
      const uses = program.referencesTo(symbol).filter((use) => use !== name);
      const members = uses.map(({ parent }) => parent);
      if (members.length === 0 || !members.every(isPlainRead)) return [];
      if (members.some((member) => needsReceiver(program, member))) return [];
      const properties = [...new Set(members.map((member) => member.name.text))];
      const locals = new Map(
        properties.map((property, at) => [
          property,
          program.fresh("part", index * 100 + position * 10 + at + 1),
        ]),
      );
      const pattern = properties.map((property) => `${property}: ${locals.get(property)!}`);
      return [
        {
          edits: [
            replace(name, `{ ${pattern.join(", ")} }`),
            ...members.map((member) => replace(member, locals.get(member.name.text)!)),
          ],
        },
      ];
    }),
  );
}

function isPlainRead(
  node: ts.Node,
): node is ts.PropertyAccessExpression & { readonly name: ts.Identifier } {
  if (!ts.isPropertyAccessExpression(node) || node.questionDotToken !== undefined) return false;
  if (!ts.isIdentifier(node.name) || isAssigned(node as unknown as ts.Identifier)) return false;
  return !ts.isDeleteExpression(node.parent);
}

/** Its method is called, or the value may be another one later. */
function needsReceiver(program: Program, member: ts.PropertyAccessExpression): boolean {
  const { parent } = member;
  if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === member)
    return true;
  const { checker } = program;
  if (checker.getTypeAtLocation(member).getCallSignatures().length > 0) return true;
  const declared = checker.getSymbolAtLocation(member.name)?.valueDeclaration;
  return (
    declared === undefined ||
    !(ts.isPropertySignature(declared) || ts.isPropertyAssignment(declared))
  );
}
