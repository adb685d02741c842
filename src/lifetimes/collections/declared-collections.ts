/**
 * Variables and fields that are made as a collection of the language, found by syntax alone.
 */
import ts from "typescript";
import { nodesIn } from "../../typescript/nodes-in-file.ts";
import { valueOf } from "../../flow/graph.ts";
import type { CacheMethods } from "../../resources/cache-kind.ts";
import { firstAssignment } from "../../typescript/syntax.ts";

const none: readonly string[] = [];

/** The collections of the language, by the name of their class; a record has no methods. */
export const collections = {
  Map: {
    store: [{ method: "set", value: 1 }],
    look: ["get", "has"],
    delete: ["delete"],
    clear: ["clear"],
  },
  Set: {
    store: [{ method: "add", value: 0 }],
    look: ["has"],
    delete: ["delete"],
    clear: ["clear"],
  },
  Array: {
    store: [
      { method: "push", value: 0 },
      { method: "unshift", value: 0 },
    ],
    look: ["find", "findLast", "at", "includes", "indexOf"],
    delete: ["shift", "pop", "splice"],
    clear: none,
  },
  Record: { store: [], look: none, delete: none, clear: none },
} as const satisfies Record<string, CacheMethods>;

export type CollectionName = keyof typeof collections;

export interface DeclaredCollection {
  readonly declaration: ts.VariableDeclaration | ts.PropertyDeclaration;
  readonly name: CollectionName;
}

/** Variables and fields that are made as an empty collection, found by syntax alone. */
export function collectionsIn(file: ts.SourceFile): readonly DeclaredCollection[] {
  return nodesIn(file).variables.flatMap((declaration): readonly DeclaredCollection[] => {
    const first = ts.isVariableDeclaration(declaration) ? firstAssignment(declaration) : undefined;
    const made = declaration.initializer ?? first?.right;
    const name = made === undefined ? typedAs(declaration.type) : madeAs(made);
    return name === undefined ? [] : [{ declaration, name }];
  });
}

/** A member of an object literal that the top level of a file keeps: `const state = { rooms: new Map() }`. */
export interface StateCollection {
  readonly declaration: ts.PropertyAssignment;
  readonly name: CollectionName;
}

/** The members of the objects that a file keeps at its top level, made as an empty collection. */
export function stateCollectionsIn(file: ts.SourceFile): readonly StateCollection[] {
  const found: StateCollection[] = [];
  const visit = (expression: ts.Expression): void => {
    const value = valueOf(expression);
    if (!ts.isObjectLiteralExpression(value)) return;
    for (const declaration of value.properties) {
      if (!ts.isPropertyAssignment(declaration)) continue;
      const name = madeAs(declaration.initializer);
      if (name !== undefined) found.push({ declaration, name });
      else visit(declaration.initializer);
    }
  };
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { initializer } of statement.declarationList.declarations)
      if (initializer !== undefined) visit(initializer);
  }
  return found;
}

function madeAs(initializer: ts.Expression | undefined): CollectionName | undefined {
  const node = initializer && valueOf(initializer);
  if (node === undefined) return undefined;
  if (ts.isObjectLiteralExpression(node))
    return node.properties.length === 0 ? "Record" : undefined;
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0 ? "Array" : undefined;
  if (ts.isCallExpression(node))
    return node.expression.getText() === "Object.create" ? "Record" : undefined;
  if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const { text } = node.expression;
  return text === "Map" || text === "Set" ? text : undefined;
}

/** A field that the constructor fills. */
function typedAs(type: ts.TypeNode | undefined): CollectionName | undefined {
  if (type === undefined || !ts.isTypeReferenceNode(type)) return undefined;
  const name = type.typeName.getText();
  return name === "Map" || name === "Set" ? name : undefined;
}
