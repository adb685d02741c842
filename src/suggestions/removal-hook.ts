/**
 * Gives a cache the hook that releases what it drops.
 *
 * Closing on removal can break somebody who still uses the value, so this is offered and never done,
 * and the words of the suggestion say so.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import type { CacheFinding } from "../lifetimes/caches/cache-finding.ts";
import type { HeldResource } from "../lifetimes/caches/held-resources.ts";
import type { RemovalHook } from "../resources/cache-kind.ts";
import type { Release } from "../resources/kind.ts";
import type { RecognisedCache } from "../resources/recognise-cache.ts";
import {
  declaredMember,
  declaredResult,
  shapeOf,
  type ValueShape,
} from "../typescript/held-types.ts";
import { indentOf, insertAfter, insertAt, lineBreak, lineStart, type TextEdit } from "./edits.ts";

/**
 * @returns undefined where the hook cannot be written without knowing more: options that are built
 *   elsewhere, values of which only some are resources, releases that need an import
 */
export function hookSuggestion(
  finding: CacheFinding,
  program: ts.Program,
): readonly TextEdit[] | undefined {
  const { fault, cache, hook, held } = finding;
  if (cache === undefined || hook?.value === undefined) return undefined;
  const shape = shapeOfValue(cache, held, program);
  if (fault === "hook-forgets") return inHook(cache, hook, held, shape);
  if (fault !== "no-hook") return undefined;
  const body = releaseOf(held, shape);
  if (body === undefined) return undefined;
  switch (hook.form) {
    case "option":
      return inOptions(cache, `${hook.name}: ${hookFunction(hook, body)}`);
    case "event":
    case "method":
      return behindDeclaration(cache, hook, hookFunction(hook, body));
    case "override":
      return undefined;
  }
}

/** How the removed value, or the member of it that is meant, gives the resource. */
function shapeOfValue(
  { kind, instance }: RecognisedCache,
  { members }: HeldResource,
  program: ts.Program,
): ValueShape {
  const { values } = kind;
  const member = "member" in values ? values.member : undefined;
  const isTyped = "member" in values || "result" in values;
  const result = isTyped ? declaredResult(instance, member, program) : undefined;
  const [part, ...deeper] = members;
  if (deeper.length > 0) return "other";
  // Where no type tells, what is stored is the resource itself.
  if (result === undefined) return part === undefined ? "itself" : "other";
  const whole = shapeOf(result, program);
  if (part === undefined || whole !== "itself") return part === undefined ? whole : "other";
  const type = /^[\p{ID_Start}$_]/u.test(part) ? declaredMember(result, part, program) : undefined;
  return type === undefined || type.isUnion() ? "other" : shapeOf(type, program);
}

/** Before all else that the hook does, where its function is written in the options. */
function inHook(
  cache: RecognisedCache,
  { form, name, value }: RemovalHook,
  held: HeldResource,
  shape: ValueShape,
): readonly TextEdit[] | undefined {
  if (form !== "option" || value?.property !== undefined || value === undefined) return undefined;
  const property = optionsOf(cache)?.properties.find((one) => one.name?.getText() === name);
  const hook =
    property !== undefined && ts.isPropertyAssignment(property)
      ? valueOf(property.initializer)
      : property;
  if (hook === undefined || !(ts.isArrowFunction(hook) || ts.isMethodDeclaration(hook)))
    return undefined;
  const parameter = hook.parameters[value.parameter]?.name;
  if (hook.body === undefined || parameter === undefined || !ts.isIdentifier(parameter))
    return undefined;
  const statement = releaseOf(held, shape, parameter.text);
  if (statement === undefined) return undefined;
  if (ts.isBlock(hook.body)) return [insertAt(hook.body.getStart() + 1, ` ${statement}`)];
  return [insertAt(hook.body.getStart(), `{ ${statement} `), insertAt(hook.body.end, "; }")];
}

/** The statement that releases a resource which a value holds. */
export function releaseOf(
  { kind, members }: HeldResource,
  shape: ValueShape,
  name = "value",
): string | undefined {
  const [release] = kind.release;
  if (release === undefined || shape === "other") return undefined;
  const value = [name, ...members].join(".");
  if (shape === "promise") {
    const call = releaseCall(release, "one");
    return call && `void ${value}.then((one) => ${call});`;
  }
  const call = releaseCall(release, value);
  return call && `${kind.asyncRelease === true ? "void " : ""}${call};`;
}

function releaseCall(release: Release, target: string): string | undefined {
  if ("argument" in release) {
    // What a module exports would have to be imported first.
    if (release.module !== undefined || release.argument !== 0) return undefined;
    const name = typeof release.name === "string" ? release.name : release.name[0];
    return name && `${name}(${target})`;
  }
  if (!("method" in release) || "ofEach" in release) return undefined;
  const isName = /^[\p{ID_Start}$_]/u.test(release.method);
  return isName ? `${target}.${release.method}()` : `${target}${release.method}()`;
}

/** `(value) => { … }`, with the parameters in the order of the hook. */
function hookFunction({ value }: RemovalHook, body: string): string {
  if (value?.property !== undefined) {
    const name = value.property === "value" ? "value" : `${value.property}: value`;
    return `({ ${name} }) => { ${body} }`;
  }
  const before = value?.parameter === 1 ? "_key, " : "";
  return `(${before}value) => { ${body} }`;
}

/** At the end of the options, where the call has them as a literal. */
function inOptions(cache: RecognisedCache, property: string): readonly TextEdit[] | undefined {
  const literal = optionsOf(cache);
  const last = literal?.properties.at(-1);
  if (literal === undefined || last === undefined) return undefined;
  const file = literal.getSourceFile();
  const startsLine = file.text.slice(lineStart(file.text, last.getStart()), last.getStart()).trim();
  const gap = startsLine === "" ? lineBreak(file) + indentOf(last) : " ";
  return [insertAt(last.end, `,${gap}${property}`)];
}

/** The options as the call has them, where they are a literal that says something. */
function optionsOf({ site, maker }: RecognisedCache): ts.ObjectLiteralExpression | undefined {
  return (maker.options ?? [])
    .map((index) => site.arguments?.[index])
    .map((argument) => argument && valueOf(argument))
    .filter((value) => value !== undefined)
    .filter(ts.isObjectLiteralExpression)
    .find(({ properties }) => properties.length > 0);
}

/** `cache.onEvict(…)` behind the statement that declares the cache. */
function behindDeclaration(
  { site }: RecognisedCache,
  { form, name }: RemovalHook,
  listener: string,
): readonly TextEdit[] | undefined {
  const declaration = site.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name))
    return undefined;
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list) || list.declarations.length > 1) return undefined;
  if (!ts.isVariableStatement(list.parent)) return undefined;
  const call = form === "event" ? `on("${name}", ${listener})` : `${name}(${listener})`;
  return [insertAfter(list.parent, `${declaration.name.text}.${call};`)];
}
