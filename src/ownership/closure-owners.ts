/**
 * Functions that share captured variables are an owner like a class: what `make` returns in
 * `make = () => { let s; return { open() {…}, close() {…} } }` has `s` for a field.
 */
import ts from "typescript";
import { nodesIn } from "../typescript/nodes-in-file.ts";
import { type FunctionWithBody, valueOf } from "../flow/graph.ts";
import { functionAround, returnedLiterals } from "../typescript/syntax.ts";
import type { AccessPath, Root } from "./access-path.ts";
import { callsIn } from "./calls-in.ts";
import { type Member, memberName } from "./class-members.ts";
import type { Environment } from "./environment.ts";
import type { Owner } from "./field-verdicts.ts";
import { acquisitionsAt } from "./find-acquisitions.ts";
import { fieldAt, type OwnedField, ownedFields } from "./owned-fields.ts";
import { isReleaseName } from "../resources/infer-kind.ts";
import type { Summaries } from "./summaries.ts";
import { trackObligation } from "./track-obligation.ts";
import type { FieldRoots } from "./tracking.ts";

export interface ClosureOwner {
  readonly owner: Owner;
  readonly fields: readonly OwnedField[];
  readonly roots: FieldRoots;
}

/** The functions of a file that return closures over variables which hold resources. */
export function closureOwners(
  file: ts.SourceFile,
  environment: Environment,
  summaries: Summaries,
): readonly ClosureOwner[] {
  return makersIn(file).flatMap(({ maker, members }): readonly ClosureOwner[] => {
    if (callsIn(maker).length === 0) return [];
    const roots = capturedBy(members, maker, environment);
    if (roots.size === 0) return [];
    const inner = functionsIn(maker);
    const listed = inner.map(
      (code) => members.find((member) => member.code === code) ?? { node: code, code },
    );
    const owner: Owner = {
      declaration: maker,
      members: listed,
      ends: (member) => members.includes(member) && isReleaseName(memberName(member) ?? ""),
      isForever: false,
    };
    const code = listed.map((member) => ({ node: member.code, member }));
    const filled = ownedFields(code, roots, environment, summaries).filter(
      ({ filledBy, member }) => filledBy === member?.code,
    );
    const made = members.some((member) => owner.ends(member))
      ? filledByMaker(maker, roots, environment, summaries)
      : [];
    const fields = [...made, ...filled];
    return fields.length === 0 ? [] : [{ owner, fields, roots }];
  });
}

/** What the maker itself acquires and its closures share. Without a member that ends them, it is the maker's. */
function filledByMaker(
  maker: FunctionWithBody,
  fieldRoots: FieldRoots,
  environment: Environment,
  summaries: Summaries,
): readonly OwnedField[] {
  return callsIn(maker).flatMap((site) =>
    acquisitionsAt(site, environment, summaries).flatMap((acquired) => {
      if (acquired.graph.unit !== maker) return [];
      const outcome = trackObligation({ ...acquired, fieldRoots }, environment, summaries);
      const places: readonly AccessPath[] = outcome.owed ? outcome.namedAtReturn : [];
      return fieldAt(places, fieldRoots, acquired, outcome, undefined);
    }),
  );
}

interface Maker {
  readonly maker: FunctionWithBody;
  readonly members: readonly Member[];
}

function makersIn(file: ts.SourceFile): readonly Maker[] {
  return nodesIn(file).functions.flatMap((node): readonly Maker[] => {
    const members = returnedLiterals(node).flatMap(membersOfLiteral);
    return members.length > 0 ? [{ maker: node, members }] : [];
  });
}

function membersOfLiteral(literal: ts.ObjectLiteralExpression): readonly Member[] {
  return literal.properties.flatMap((node): readonly Member[] => {
    if (ts.isMethodDeclaration(node) || ts.isAccessor(node)) {
      return node.body === undefined ? [] : [{ node, code: node as FunctionWithBody }];
    }
    if (!ts.isPropertyAssignment(node)) return [];
    const value = valueOf(node.initializer);
    return ts.isArrowFunction(value) || ts.isFunctionExpression(value)
      ? [{ node, code: value }]
      : [];
  });
}

/** Every function inside the maker: one that is not returned may be what ends the object all the same. */
function functionsIn(maker: FunctionWithBody): readonly FunctionWithBody[] {
  const found: FunctionWithBody[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined)
      found.push(node as FunctionWithBody);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(maker.body, visit);
  return found;
}

/** The variables of the maker that its returned closures name. */
function capturedBy(
  members: readonly Member[],
  maker: FunctionWithBody,
  environment: Environment,
): FieldRoots {
  const names = new Set<string>();
  const declare = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) names.add(node.name.text);
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, declare);
  };
  ts.forEachChild(maker.body, declare);
  const roots = new Map<Root, "variable">();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && names.has(node.text)) {
      const symbol = environment.resolve(node);
      if (
        symbol?.declarations?.some(
          (one) => ts.isVariableDeclaration(one) && functionAround(one) === maker,
        ) === true
      )
        roots.set(symbol, "variable");
    }
    ts.forEachChild(node, visit);
  };
  for (const { code } of members) visit(code);
  return roots;
}
