/**
 * Fields that only weak evidence says must be released, where the owner says so itself: it releases one
 * field of a class, or hands it to what releases it, and forgets another of the same class.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import type { FunctionWithBody } from "../flow/graph.ts";
import { hasReleaseMember, isReleaseName } from "../resources/infer-kind.ts";
import type { ResourceKind } from "../resources/kind.ts";

import type { Environment } from "./environment.ts";
import { type Fault, isJudged, type Owner, releaseFault } from "./field-verdicts.ts";
import { isStatic } from "../typescript/modifiers.ts";
import { Ended } from "./obligation-state.ts";
import type { OwnedField } from "./owned-fields.ts";
import type { Summaries } from "./summaries.ts";

export interface Forgotten {
  readonly field: Pick<OwnedField, "name" | "kind" | "site">;
  readonly fault: Fault;
}

/** The fields of weak kinds that are left alone where a sibling is released. */
export function forgottenSiblings(
  fields: readonly OwnedField[],
  owner: Owner,
  environment: Environment,
  summaries: Summaries,
): readonly Forgotten[] {
  const weak = fields.filter(({ kind }) => !isJudged(kind));
  if (weak.length < 2) return [];
  const ending = owner.members.filter((member) => owner.ends(member));
  const isReleased = ({ places, kind }: OwnedField): boolean =>
    ending.some(({ code }) => {
      const effect = summaries.effect(code, places, kind);
      return !effect.unknown && (effect.normalEnded & Ended.released) !== 0;
    });
  const released = new Set(weak.filter(isReleased).map(({ kind }) => kind.id));
  return weak.flatMap((field) => {
    if (!released.has(field.kind.id)) return [];
    const fault = releaseFault(field, owner, environment, summaries);
    return fault?.fault === "forgotten" ? [{ field, fault }] : [];
  });
}

// ---- fields that their class registers

interface MadeField {
  readonly name: string;
  readonly site: ts.NewExpression;
  /** `this.register(new Timer())`: the call around it. */
  readonly given: ts.CallExpression | undefined;
}

/** By syntax alone: one initialiser hands over what it makes, and another does not. */
export function mayHaveSiblings(declaration: ts.ClassLikeDeclaration): boolean {
  const made = madeFields(declaration);
  return (
    made.some(({ given }) => given !== undefined) && made.some(({ given }) => given === undefined)
  );
}

/** The fields that keep what is handed over where it is made for other fields of the same class. */
export function unregisteredSiblings(
  declaration: ts.ClassLikeDeclaration,
  owner: Owner,
  environment: Environment,
  summaries: Summaries,
): readonly Forgotten[] {
  if (!mayHaveSiblings(declaration)) return [];
  const method = owner.members.find((member) => owner.ends(member));
  if (method === undefined) return [];
  const { types, recogniser } = environment;
  const made = madeFields(declaration).flatMap((field) => {
    const type = types.typeOf(field.site);
    const [own] = types.classSymbols(type);
    const isReleasable = own !== undefined && hasReleaseMember(type, types);
    const kind = isReleasable ? recogniser.kindOfInstances(type) : undefined;
    return own === undefined || kind === undefined ? [] : [{ ...field, own, kind }];
  });
  const handedOver = new Set(
    made.flatMap(({ given, own, kind }) =>
      given !== undefined && keepsArgument(given, kind, environment, summaries) ? [own] : [],
    ),
  );
  const fault: Fault = { fault: "forgotten", method, strength: "sure" };
  return made.flatMap(({ name, site, given, own, kind }) =>
    given === undefined && handedOver.has(own) && !goesElsewhere(name, declaration)
      ? [{ field: { name, kind, site }, fault }]
      : [],
  );
}

function madeFields(declaration: ts.ClassLikeDeclaration): readonly MadeField[] {
  return declaration.members.flatMap((member): readonly MadeField[] => {
    if (!ts.isPropertyDeclaration(member) || isStatic(member)) return [];
    const value = member.initializer && valueOf(member.initializer);
    if (value === undefined) return [];
    const name = member.name.getText();
    if (ts.isNewExpression(value)) return [{ name, site: value, given: undefined }];
    const [first, second] = ts.isCallExpression(value) ? value.arguments : [];
    const site = first && valueOf(first);
    return ts.isCallExpression(value) &&
      isOwnMethod(value.expression) &&
      site !== undefined &&
      second === undefined &&
      ts.isNewExpression(site)
      ? [{ name, site, given: value }]
      : [];
  });
}

function isOwnMethod(callee: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(callee) && callee.expression.kind === ts.SyntaxKind.ThisKeyword
  );
}

function keepsArgument(
  call: ts.CallExpression,
  kind: ResourceKind,
  { types }: Environment,
  summaries: Summaries,
): boolean {
  return types
    .implementations(call.expression, false)
    .filter((body): body is FunctionWithBody => "body" in body && body.body !== undefined)
    .some((body) => {
      const effect = summaries.effect(body, summaries.parameterPaths(body, 0, []), kind);
      return !effect.unknown && (effect.normalEnded & Ended.kept) !== 0;
    });
}

/** Code of the class releases the field, or gives it to somebody who may. */
function goesElsewhere(name: string, declaration: ts.ClassLikeDeclaration): boolean {
  const visit = (node: ts.Node): boolean => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ThisKeyword &&
      node.name.getText() === name &&
      isGivenOrReleased(node)
    )
      return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(declaration);
}

function isGivenOrReleased(access: ts.PropertyAccessExpression): boolean {
  let node: ts.Node = access;
  if (!ts.isPropertyAccessExpression(node.parent)) return true;
  for (;;) {
    const { parent }: ts.Node = node;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
      if (isReleaseName(parent.name.text)) return true;
    } else if (!ts.isNonNullExpression(parent) && !isCalled(node, parent)) return false;
    node = parent;
  }
}

function isCalled(node: ts.Node, parent: ts.Node): boolean {
  return ts.isCallExpression(parent) && parent.expression === node;
}
