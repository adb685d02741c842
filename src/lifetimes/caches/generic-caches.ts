/**
 * Caches that a program writes for any value: a generic class whose own policy takes elements out and
 * hands them to nobody. Whether that matters is decided where it is made to hold resources.
 *
 * What the class does with a value is read off its type parameter: a value that is passed to a callback,
 * returned or kept elsewhere is in other hands. Silent where the file does not make what it stores.
 */
import ts from "typescript";
import { callsIn } from "../../ownership/calls-in.ts";
import type { Environment } from "../../ownership/environment.ts";
import type { Summaries } from "../../ownership/summaries.ts";
import { returnedValues } from "../../typescript/syntax.ts";
import { classArguments, genericElement } from "../../typescript/held-types.ts";
import { collectionsIn } from "../collections/declared-collections.ts";
import { boundDeclaration, methodCallOn, referencesTo } from "../holders/references.ts";
import { type CacheFinding, plainFinding } from "./cache-finding.ts";
import { Collection } from "./hand-made.ts";
import { freshIn, type HeldResource, heldByType } from "./held-resources.ts";
import { hookFunctions } from "./removal-hooks.ts";

/** The places of a file that make a generic cache of the program for resources, which it drops. */
export function genericFindings(
  file: ts.SourceFile,
  environment: Environment,
  summaries: Summaries,
): readonly CacheFinding[] {
  return callsIn(file).flatMap((site): readonly CacheFinding[] => {
    if (!ts.isNewExpression(site)) return [];
    const made = genericClass(site, environment);
    if (made === undefined) return [];
    const { types } = environment;
    for (const { parameter, argument } of classArguments(types.typeOf(site), types.program)) {
      const [first] = heldByType(argument, environment);
      if (first === undefined) continue;
      const nodes = evictionsIn(made, { ...first, parameter }, environment, summaries);
      if (nodes.length === 0 || !isGivenFresh(site, environment, summaries)) continue;
      const declaration = boundDeclaration(site, environment);
      const name = declaration && ts.getNameOfDeclaration(declaration);
      return [
        {
          ...plainFinding,
          fault: "no-hook-offered",
          node: site,
          name: name?.getText(),
          label: made.name?.text ?? "class",
          held: first,
          reasons: ["evicted"],
          removals: nodes,
        },
      ];
    }
    return [];
  });
}

/** The class of the program that a `new` names, where it has type parameters. */
function genericClass(
  site: ts.NewExpression,
  { types }: Environment,
): ts.ClassLikeDeclaration | undefined {
  const declaration = types.symbolAt(site.expression)?.valueDeclaration;
  return declaration !== undefined &&
    ts.isClassLike(declaration) &&
    declaration.typeParameters !== undefined &&
    types.isOfProgram(declaration)
    ? declaration
    : undefined;
}

function evictionsIn(
  made: ts.ClassLikeDeclaration,
  { kind, members, parameter }: HeldResource & { readonly parameter: ts.Type },
  environment: Environment,
  summaries: Summaries,
): readonly ts.Node[] {
  const { types } = environment;
  return collectionsIn(made.getSourceFile()).flatMap((one) => {
    if (one.declaration.parent !== made) return [];
    const place = genericElement(types.typeOf(one.declaration), parameter, types.program);
    if (place === undefined) return [];
    const held = { kind, members: [...place, ...members], parameter };
    return new Collection(one, environment, summaries, held).evictions();
  });
}

/** The file makes resources for the cache: it passes a fresh one to a method of it, or what makes one. */
function isGivenFresh(
  site: ts.NewExpression,
  environment: Environment,
  summaries: Summaries,
): boolean {
  const declaration = boundDeclaration(site, environment);
  if (declaration === undefined) return false;
  const isFresh = (value: ts.Expression): boolean =>
    freshIn(value, environment, summaries).length > 0;
  return referencesTo(declaration, environment).some((reference) =>
    methodCallOn(reference)?.call.arguments.some(
      (argument) =>
        isFresh(argument) ||
        hookFunctions(argument, environment).some((body) => returnedValues(body).some(isFresh)),
    ),
  );
}
