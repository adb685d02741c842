/**
 * Fields that a member of a class does not touch, whatever it calls.
 *
 * What such a member does with one of these fields it does with all of them: nothing. One summary then
 * serves every field of the class and every kind, instead of one for each.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../flow/graph.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { isStatic } from "../typescript/modifiers.ts";
import { memberCode } from "../typescript/syntax.ts";
import type { Types } from "../typescript/types.ts";
import { type AccessPath, thisRoot } from "./access-path.ts";

/** What a function says of its `this`, by its syntax alone. */
interface UseOfThis {
  /** `this.name`, `const { name } = this` */
  readonly names: ReadonlySet<string>;
  readonly superNames: ReadonlySet<string>;
  /** `this` is passed on, or its member has a computed key. */
  readonly isLoose: boolean;
}

/** The fields a member and all that it calls on `this` can touch, and the code that was looked through. */
interface Reach {
  readonly names: ReadonlySet<string>;
  readonly code: readonly ts.Node[];
}

/** No code can write this behind a dot. What stands for elements of collections is never a `#name`. */
function untouchedName(field: string, index: number): string {
  return `${field.startsWith("#") ? "#" : ""}untouched field ${String(index)}`;
}

/** What nothing releases, reads or mentions need not be of any kind. */
export const untouchedKind: ResourceKind = {
  id: "untouched",
  label: "",
  grade: "should",
  duty: "close",
  acquire: [],
  release: [],
  releasedWhen: [],
  source: "",
};

export class OutOfReach {
  private readonly types: Types;
  private readonly reaches = new WeakMap<ts.Node, Reach | "anything">();

  constructor(types: Types) {
    this.types = types;
  }

  /**
   * The paths of fields of `this`, renamed to a field that stands for all those which a function cannot
   * touch; undefined where it may touch one of them, or where that cannot be told.
   */
  untouched(
    unit: FunctionWithBody,
    paths: readonly AccessPath[],
    kind: ResourceKind,
  ): readonly AccessPath[] | undefined {
    const isOfFields = paths.every(({ root, members }) => root === thisRoot && members.length > 0);
    if (!isOfFields || isReleasedUnnamed(kind)) return undefined;
    const reach = this.reachOf(unit);
    if (reach === "anything") return undefined;
    if (paths.some(({ members: [field = ""] }) => reach.names.has(field))) return undefined;
    if (reach.code.some((code) => mayTestFor(kind, code))) return undefined;
    const fields = [...new Set(paths.map(({ members: [field] }) => field))];
    return paths.map(({ root, members: [field = "", ...rest] }) => ({
      root,
      members: [untouchedName(field, fields.indexOf(field)), ...rest],
    }));
  }

  private reachOf(unit: FunctionWithBody): Reach | "anything" {
    let reach = this.reaches.get(unit);
    if (reach === undefined) {
      reach = this.findReach(unit);
      this.reaches.set(unit, reach);
    }
    return reach;
  }

  private findReach(unit: FunctionWithBody): Reach | "anything" {
    const names = new Set<string>();
    const seen = new Set<ts.Node>([unit]);
    for (const code of seen) {
      const owner = ts.isPropertyDeclaration(code.parent) ? code.parent.parent : code.parent;
      if (!ts.isClassLike(owner) || ts.isConstructorDeclaration(code) || isOfClass(code))
        return "anything";
      const use = useOfThis(code);
      if (use.isLoose) return "anything";
      // What has no body that can be seen does the same to whatever field.
      for (const name of use.names) {
        names.add(name);
        for (const body of this.bodiesNamed(name, owner)) seen.add(body);
      }
      const base = use.superNames.size === 0 ? undefined : this.types.baseClass(owner);
      if (base !== undefined) {
        for (const name of use.superNames)
          for (const body of this.bodiesNamed(name, base)) seen.add(body);
      }
    }
    return { names, code: [...seen] };
  }

  /** What runs under a name of a class, or of the nearest base that has the name. */
  private bodiesNamed(name: string, owner: ts.ClassLikeDeclaration): readonly ts.Node[] {
    const seen = new Set<ts.ClassLikeDeclaration>();
    let current: ts.ClassLikeDeclaration | undefined = owner;
    while (current !== undefined && !seen.has(current)) {
      seen.add(current);
      const found = membersByName(current).get(name);
      if (found !== undefined) return found.flatMap((member) => memberCode(member) ?? []);
      current = this.types.baseClass(current);
    }
    return [];
  }
}

/** A call that names nothing releases what there is, as `mock.restoreAll()` does. */
function isReleasedUnnamed({ release }: ResourceKind): boolean {
  return release.some((one) => "argument" in one && one.argument === "none");
}

/** The code names the global class of the kind, perhaps to ask whether the platform has it. */
function mayTestFor({ types = [] }: ResourceKind, code: ts.Node): boolean {
  const globals = types.filter(({ module }) => module === undefined);
  if (globals.length === 0) return false;
  const text = code.getText();
  return globals.some(({ name }) => [name].flat().some((one) => text.includes(one)));
}

function isOfClass(code: ts.Node): boolean {
  const member = ts.isPropertyDeclaration(code.parent) ? code.parent : code;
  return ts.isClassElement(member) && isStatic(member);
}

const usesOfThis = new WeakMap<ts.Node, UseOfThis>();

function useOfThis(code: ts.Node): UseOfThis {
  let use = usesOfThis.get(code);
  if (use === undefined) {
    use = findUses(code);
    usesOfThis.set(code, use);
  }
  return use;
}

function findUses(code: ts.Node): UseOfThis {
  const names = new Set<string>();
  const superNames = new Set<string>();
  let isLoose = false;
  const visit = (node: ts.Node, isShared: boolean): void => {
    if (node.kind === ts.SyntaxKind.ThisKeyword || node.kind === ts.SyntaxKind.SuperKeyword) {
      const read = namesRead(node);
      // Another function has a `this` of its own, which callers may set to this one.
      if (!isShared || read === undefined) isLoose = true;
      for (const name of read ?? [])
        (node.kind === ts.SyntaxKind.ThisKeyword ? names : superNames).add(name);
      return;
    }
    const isOther = node !== code && !ts.isArrowFunction(node);
    const inner = isShared && !(isOther && (ts.isFunctionLike(node) || ts.isClassLike(node)));
    ts.forEachChild(node, (child) => {
      if (!isLoose) visit(child, inner);
    });
  };
  visit(code, true);
  return { names, superNames, isLoose };
}

/** Of `this.name` and `const { name, other: same } = this` the names; undefined for any other use. */
function namesRead(self: ts.Node): readonly string[] | undefined {
  const { parent } = self;
  if (ts.isPropertyAccessExpression(parent)) return [parent.name.text];
  if (!ts.isVariableDeclaration(parent) || !ts.isObjectBindingPattern(parent.name))
    return undefined;
  const { elements } = parent.name;
  const read = elements.map(({ name, propertyName = name, dotDotDotToken }) =>
    dotDotDotToken === undefined && ts.isIdentifier(propertyName) ? propertyName.text : undefined,
  );
  return read.some((name) => name === undefined) ? undefined : (read as string[]);
}

const membersOfClasses = new WeakMap<
  ts.ClassLikeDeclaration,
  ReadonlyMap<string, readonly ts.ClassElement[]>
>();

/** The members of instances by the names that code writes behind a dot; overloads are left out. */
function membersByName(
  declaration: ts.ClassLikeDeclaration,
): ReadonlyMap<string, readonly ts.ClassElement[]> {
  let members = membersOfClasses.get(declaration);
  if (members === undefined) {
    const found = new Map<string, ts.ClassElement[]>();
    for (const member of declaration.members) {
      const { name } = member;
      const isOverload = ts.isMethodDeclaration(member) && member.body === undefined;
      if (isStatic(member) || name === undefined || isOverload) continue;
      if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name) && !ts.isStringLiteral(name))
        continue;
      const list = found.get(name.text);
      if (list === undefined) found.set(name.text, [member]);
      else list.push(member);
    }
    members = found;
    membersOfClasses.set(declaration, members);
  }
  return members;
}
