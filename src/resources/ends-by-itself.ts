/**
 * What the code around an acquisition says of its end: nobody has to release what a signal, a parent,
 * the scope or the source ends.
 */
import ts from "typescript";
import { isConstant, skipWrappers } from "../typescript/syntax.ts";
import { type Types } from "../typescript/types.ts";
import { lastPart, matchesPattern, modulesOf, namesOf } from "./catalog-index.ts";
import type { DeclarationPattern, ResourceKind } from "./kind.ts";
import type { CallLike, RecognisedResource, Recogniser } from "./recognise.ts";

/** @param site the call or `new` that acquires the resource */
export function endsByItself(
  { kind, acquisition }: RecognisedResource,
  site: CallLike,
  types: Types,
  recogniser: Recogniser,
): boolean {
  const names: Names = { types, recogniser };
  if (acquisition?.through !== undefined && !comesSurelyThrough(site, acquisition.through, names))
    return true;
  const { automatic } = kind;
  if (automatic === undefined) return false;
  const { parent, signal, once, within, through } = automatic;
  return (
    parent === true ||
    (signal !== undefined && isGivenSignal(site, signal.argument)) ||
    (once !== undefined && !isInOwnCallback(site, once.callback, types)) ||
    (within !== undefined && isWithin(site, within, names)) ||
    (through !== undefined && comesThrough(site, through, names))
  );
}

/** As {@link endsByItself}, for what a function of the program makes at the site: its scope ends it. */
export function endsWithScope(
  { automatic }: ResourceKind,
  site: CallLike,
  types: Types,
  recogniser: Recogniser,
): boolean {
  return automatic?.within !== undefined && isWithin(site, automatic.within, { types, recogniser });
}

interface Names {
  readonly types: Types;
  readonly recogniser: Recogniser;
}

function isGivenSignal(site: CallLike, position: number): boolean {
  const options = site.arguments?.[position];
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return false;
  return options.properties.some(
    (property) =>
      property.name !== undefined && "text" in property.name && property.name.text === "signal",
  );
}

/** `const turn = () => requestAnimationFrame(turn)` */
function isInOwnCallback(site: CallLike, position: number, types: Types): boolean {
  const given = site.arguments?.[position];
  if (given === undefined) return false;
  const callback = skipWrappers(given);
  const bodies: readonly ts.Node[] =
    ts.isArrowFunction(callback) || ts.isFunctionExpression(callback)
      ? []
      : types.implementations(callback, false);
  return bodies.some((body) => site.pos >= body.pos && site.end <= body.end);
}

function isWithin(site: CallLike, patterns: readonly DeclarationPattern[], names: Names): boolean {
  for (let node: ts.Node = site; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isClassLike(node) && extendsOne(node, patterns, names.types)) return true;
    if (ts.isFunctionLike(node) && isGivenToOne(node, patterns, names)) return true;
  }
  return false;
}

function extendsOne(
  declaration: ts.ClassLikeDeclaration,
  patterns: readonly DeclarationPattern[],
  types: Types,
): boolean {
  if (declaration.heritageClauses === undefined) return false;
  return types
    .classSymbols(types.typeOf(declaration))
    .some((symbol) =>
      patterns.some((pattern) => matchesPattern(pattern, types.declaredNames(symbol))),
    );
}

/** The function is an argument of such a call, where it is written or by its name. */
function isGivenToOne(
  declaration: ts.SignatureDeclaration,
  patterns: readonly DeclarationPattern[],
  names: Names,
): boolean {
  let { parent }: ts.Node = declaration;
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  if (ts.isCallExpression(parent)) return isOne(parent.expression, patterns, names);
  const name = ts.isVariableDeclaration(parent) ? parent.name : declaration.name;
  if (name === undefined || !ts.isIdentifier(name)) return false;
  const symbol = names.types.symbolAt(name);
  return argumentsByName(declaration.getSourceFile(), name.text).some(
    (argument) =>
      isOne((argument.parent as ts.CallExpression).expression, patterns, names) &&
      names.types.symbolAt(argument) === symbol,
  );
}

const namedArguments = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly ts.Identifier[]>>();

/** The places of a file where a name is an argument of a call. */
function argumentsByName(file: ts.SourceFile, name: string): readonly ts.Identifier[] {
  let all = namedArguments.get(file);
  if (all === undefined) {
    const found = new Map<string, ts.Identifier[]>();
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) {
        for (const argument of node.arguments) {
          if (!ts.isIdentifier(argument)) continue;
          const list = found.get(argument.text);
          if (list === undefined) found.set(argument.text, [argument]);
          else list.push(argument);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    all = found;
    namedArguments.set(file, all);
  }
  return all.get(name) ?? [];
}

/** As {@link comesThrough}, and no operator on the way is of somebody else, who may end it. */
function comesSurelyThrough(
  site: CallLike,
  patterns: readonly DeclarationPattern[],
  names: Names,
): boolean {
  return comesThrough(site, patterns, names, (operator) => {
    const symbol = names.types.calleeSymbol(operator.expression);
    return (
      symbol !== undefined &&
      names.types
        .declaredNames(symbol)
        .some(({ module }) => patterns.some((pattern) => modulesOf(pattern).includes(module)))
    );
  });
}

/** Some call or value in the chain that makes the receiver is one of these, operators included. */
function comesThrough(
  site: CallLike,
  patterns: readonly DeclarationPattern[],
  names: Names,
  isKnown: (operator: ts.CallExpression) => boolean = () => true,
): boolean {
  let node: ts.Expression | undefined = receiverOf(site.expression);
  for (let steps = 0; node !== undefined && steps < longestChain; steps++) {
    if (isOfOne(node, patterns, names.types)) return true;
    if (ts.isCallExpression(node)) {
      if (isOne(node.expression, patterns, names)) return true;
      const operators = node.arguments.map(skipWrappers).filter(ts.isCallExpression);
      if (operators.some((operator) => isOne(operator.expression, patterns, names))) return true;
      if (!operators.every(isKnown)) return false;
      node = receiverOf(node.expression);
    } else node = constantValue(node, names.types);
  }
  return false;
}

/** Calls in one chain that are looked at. */
const longestChain = 20;

function receiverOf(callee: ts.Expression): ts.Expression | undefined {
  const node = skipWrappers(callee);
  return ts.isPropertyAccessExpression(node) ? skipWrappers(node.expression) : undefined;
}

function constantValue(node: ts.Expression, types: Types): ts.Expression | undefined {
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = types.symbolAt(node)?.valueDeclaration;
  return declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    isConstant(declaration) &&
    declaration.initializer !== undefined
    ? skipWrappers(declaration.initializer)
    : undefined;
}

/** The value is of one of the classes. */
function isOfOne(
  node: ts.Expression,
  patterns: readonly DeclarationPattern[],
  types: Types,
): boolean {
  return types
    .classSymbols(types.valueType(node))
    .some((symbol) =>
      patterns.some((pattern) => matchesPattern(pattern, types.declaredNames(symbol))),
    );
}

/** The function is one of these; its name is asked before its symbol. */
function isOne(
  callee: ts.Expression,
  patterns: readonly DeclarationPattern[],
  { types, recogniser }: Names,
): boolean {
  const name = recogniser.nameOfCallee(callee);
  const named = patterns.filter((one) => namesOf(one).some((each) => lastPart(each) === name));
  if (named.length === 0) return false;
  const symbol = types.calleeSymbol(callee);
  return (
    symbol !== undefined &&
    named.some((pattern) => matchesPattern(pattern, types.declaredNames(symbol)))
  );
}
