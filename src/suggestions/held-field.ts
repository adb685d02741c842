/**
 * The field of a class that holds a resource, as code of the class names it.
 */
import ts from "typescript";
import type { Environment } from "../ownership/environment.ts";
import type { FieldFinding } from "../ownership/class-obligations.ts";
import { elementOf } from "../typescript/held-types.ts";
import { isStatic } from "../typescript/modifiers.ts";
import { functionAround } from "../typescript/syntax.ts";
import { rootOf } from "../lifetimes/holders/values.ts";
import { isNullable } from "../typescript/writable-code.ts";
import { releaseStatement, type ReleaseStatement } from "./release-statement.ts";

export interface HeldField {
  /** `this.file` */
  readonly name: string;
  readonly type: ts.Type;
  /** It can be empty, whatever its type says: `file!: FileHandle`. */
  readonly mayBeEmpty: boolean;
}

/** @returns undefined where no member of the class declares the field, or an object in it holds the resource */
export function heldField(
  { owner, field }: Pick<FieldFinding, "owner" | "field">,
  { types }: Environment,
): HeldField | undefined {
  if (!ts.isClassLike(owner)) return undefined;
  const declaration =
    owner.members.find(
      (one): one is ts.PropertyDeclaration =>
        ts.isPropertyDeclaration(one) && one.name.getText() === field && !isStatic(one),
    ) ??
    owner.members
      .find((one) => ts.isConstructorDeclaration(one))
      ?.parameters.find(
        (one) => ts.isParameterPropertyDeclaration(one, one.parent) && one.name.getText() === field,
      );
  if (declaration === undefined) return undefined;
  const type = types.typeOf(declaration.name);
  const mayBeEmpty =
    isNullable(type) ||
    (ts.isPropertyDeclaration(declaration) && declaration.exclamationToken !== undefined);
  return { name: `this.${field}`, type, mayBeEmpty };
}

/** The statement by which code of the class releases the field, or everything that is in it. */
export function releaseOfField(
  { name, type, mayBeEmpty }: HeldField,
  { kind: held, node }: Pick<FieldFinding, "kind" | "node">,
  canAwait: boolean,
  environment: Environment,
): ReleaseStatement | undefined {
  const { types } = environment;
  const value = types.nonNullable(type);
  const kind = isAskedOfLocal(node, environment)
    ? { ...held, release: held.release.filter((one) => "method" in one) }
    : held;
  const target = { kind, site: node, canAwait, mayBeEmpty };
  if (types.isPromiseType(type)) {
    return canAwait
      ? releaseStatement(
          { ...target, name: `(await ${name})`, type: types.awaited(type) },
          environment,
        )
      : undefined;
  }
  const element = elementOf(value, types.program);
  if (element === undefined) return releaseStatement({ ...target, name, type }, environment);
  if (mayBeEmpty || !types.isIterable(value)) return undefined;
  const one = releaseStatement(
    { ...target, name: "one", type: element, mayBeEmpty: false },
    environment,
  );
  const values =
    types.member(value, "has") !== undefined && types.member(value, "set") !== undefined;
  return (
    one && { ...one, text: `for (const one of ${name}${values ? ".values()" : ""}) ${one.text}` }
  );
}

/** `this.at = wasm.malloc(8)`, where only the constructor knows `wasm`: no other member can call it. */
function isAskedOfLocal(node: ts.Node, { resolve }: Environment): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const root = rootOf(node.expression);
  const declaration = ts.isIdentifier(root) ? resolve(root)?.valueDeclaration : undefined;
  // The name of a namespace is declared by a whole file.
  if (declaration === undefined || ts.isSourceFile(declaration)) return false;
  return !ts.isSourceFile(functionAround(declaration));
}
