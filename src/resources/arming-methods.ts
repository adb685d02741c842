/**
 * Classes of the program that owe nothing when they are made: all that their release undoes is what
 * some later method began.
 */
import ts from "typescript";
import { isHidden } from "../typescript/modifiers.ts";
import {
  fieldOfThis,
  isAssignment,
  isNothing,
  memberCode,
  skipWrappers,
} from "../typescript/syntax.ts";

/** How many own methods deep a member is looked into. */
const maximalDepth = 4;

/**
 * The public methods that begin what the release of a class undoes; undefined where the constructor
 * may have begun something, or where it cannot be told what is undone.
 *
 * @param members of the class, those of its bases included
 * @param releases the members that release an instance
 */
export function armingMethods(
  members: readonly ts.ClassElement[],
  releases: readonly ts.ClassElement[],
): readonly string[] | undefined {
  const code = new ClassCode(members);
  const undone = new Set<string>();
  for (const release of releases) if (!code.mentionedFields(release, undone)) return undefined;
  const fields = [...undone].filter((field) => !code.isMethod(field));
  if (fields.length === 0 || fields.some((field) => !code.isEmptyWhenMade(field))) return undefined;
  const begins = members.filter(
    (member) =>
      isMethod(member) &&
      !releases.includes(member) &&
      member.name !== undefined &&
      ts.isIdentifier(member.name) &&
      !isHidden(member) &&
      fields.some((field) => code.fills(member, field)),
  );
  const names = begins.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : []));
  return names.length === 0 ? undefined : [...new Set(names)];
}

class ClassCode {
  private readonly members: readonly ts.ClassElement[];
  private readonly byName = new Map<string, ts.ClassElement>();

  constructor(members: readonly ts.ClassElement[]) {
    this.members = members;
    for (const member of members) {
      const name = member.name?.getText();
      if (name !== undefined && !this.byName.has(name)) this.byName.set(name, member);
    }
  }

  isMethod(name: string): boolean {
    const member = this.byName.get(name);
    return member !== undefined && isMethod(member);
  }

  /** Adds the fields that a member speaks of; false where it does something that cannot be seen. */
  mentionedFields(member: ts.ClassElement, found: Set<string>): boolean {
    return this.every(member, (node) => {
      if (node.kind === ts.SyntaxKind.SuperKeyword) return false;
      if (node.kind !== ts.SyntaxKind.ThisKeyword) return true;
      const field = fieldOfThis(node.parent);
      if (field === undefined) return isDisposeAccess(node.parent);
      found.add(field);
      return true;
    });
  }

  /** The field holds nothing that could be undone until a method fills it. */
  isEmptyWhenMade(field: string): boolean {
    const declaration = this.byName.get(field);
    if (declaration === undefined || !ts.isPropertyDeclaration(declaration)) return false;
    if (declaration.initializer !== undefined && !isEmpty(declaration.initializer)) return false;
    return this.members.every(
      (member) => !ts.isConstructorDeclaration(member) || !this.fills(member, field),
    );
  }

  /** The member, or one that it calls, puts something into the field. */
  fills(member: ts.ClassElement, field: string): boolean {
    return !this.every(member, (node) => {
      if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind))
        return fieldOfThis(node.left) !== field || isEmpty(node.right);
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression))
        return true;
      const { expression, name } = node.expression;
      return fieldOfThis(expression) !== field || !/^(?:add|push|set|unshift)$/.test(name.text);
    });
  }

  /** Every node of a member, and of the members that it calls on `this`, passes. */
  private every(member: ts.ClassElement, passes: (node: ts.Node) => boolean): boolean {
    const seen = new Set<ts.ClassElement>();
    const visitMember = (one: ts.ClassElement, depth: number): boolean => {
      if (seen.has(one)) return true;
      seen.add(one);
      const visit = (node: ts.Node): boolean => {
        if (!passes(node)) return false;
        const called = ts.isCallExpression(node) ? this.calledMember(node) : undefined;
        if (called !== undefined && (depth >= maximalDepth || !visitMember(called, depth + 1)))
          return false;
        return ts.forEachChild(node, (child) => !visit(child)) !== true;
      };
      const code = memberCode(one);
      return code !== undefined && visit(code.body);
    };
    return visitMember(member, 0);
  }

  private calledMember({ expression }: ts.CallExpression): ts.ClassElement | undefined {
    const name = fieldOfThis(expression);
    const member = name === undefined ? undefined : this.byName.get(name);
    return member !== undefined && isMethod(member) ? member : undefined;
  }
}

/** A method, or a field that holds a function. */
function isMethod(member: ts.ClassElement): boolean {
  return (
    ts.isMethodDeclaration(member) ||
    (ts.isPropertyDeclaration(member) && memberCode(member) !== undefined)
  );
}

/** `this[Symbol.dispose]()`: the other release of the same class. */
function isDisposeAccess(node: ts.Node): boolean {
  return (
    ts.isElementAccessExpression(node) && node.argumentExpression.getText().startsWith("Symbol.")
  );
}

/** A value by which a field says that there is nothing, or not yet: `undefined`, a literal, an empty collection. */
function isEmpty(value: ts.Expression): boolean {
  const node = skipWrappers(value);
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  if (ts.isNewExpression(node))
    return (
      (node.arguments ?? []).length === 0 &&
      /^(?:Map|Set|WeakMap|WeakSet|Array)$/.test(node.expression.getText())
    );
  return (
    ts.isLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    isNothing(node)
  );
}
