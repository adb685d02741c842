/**
 * Abort controllers and the signals of functions: a signal that was given away and can never be
 * aborted, one that is aborted and that nobody has, and one that was received and is not passed on.
 */
import ts from "typescript";
import type { Engine } from "../../ownership/engine.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { functionAround, isWrapper, withWrappers } from "../../typescript/syntax.ts";
import type { AbandonedOperation } from "./abandoned-operations.ts";
import { givenSignal, isNewController, isSignal } from "./signals.ts";

type Found = Pick<AbandonedOperation, "site" | "fault" | "waitsAt" | "wait">;

/** A controller that a function makes for itself. */
interface Controller {
  readonly site: ts.NewExpression;
  readonly name: ts.Identifier;
  readonly around: ts.SignatureDeclaration;
}

function controllersIn(file: ts.SourceFile, { environment }: Engine): readonly Controller[] {
  if (!file.text.includes("AbortController")) return [];
  return callsIn(file).flatMap((site): readonly Controller[] => {
    if (!ts.isNewExpression(site) || !isNewController(site, environment)) return [];
    const { parent } = withWrappers(site);
    if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return [];
    const around = functionAround(site);
    return ts.isSourceFile(around) ? [] : [{ site, name: parent.name, around }];
  });
}

/** The controllers of a file whose signal somebody has and nobody aborts. */
export function controllersNeverAborted(file: ts.SourceFile, engine: Engine): readonly Found[] {
  return controllersIn(file, engine).flatMap(({ site, name, around }): readonly Found[] => {
    const uses = usesOf(name, around, engine);
    if (uses === undefined || uses.length === 0) return [];
    const strict = uses.every(isAwaited);
    return [
      {
        wait: { is: "loop" },
        waitsAt: site,
        site,
        fault: { how: "never-aborted", controller: name.text, strict },
      },
    ];
  });
}

/** The controllers of a file that are aborted, and whose signal nobody has. */
export function controllersUnheard(file: ts.SourceFile, engine: Engine): readonly Found[] {
  return controllersIn(file, engine).flatMap((one): readonly Found[] =>
    isUnheard(one, engine)
      ? [
          {
            wait: { is: "loop" },
            waitsAt: one.site,
            site: one.site,
            fault: { how: "unheard", controller: one.name.text },
          },
        ]
      : [],
  );
}

function isUnheard({ name, around }: Controller, engine: Engine): boolean {
  const mentions = mentionsOf(name, around, engine);
  const others = mentions.filter((node) => memberOf(node, "abort") === undefined);
  return (
    others.length < mentions.length &&
    others.every((node) => isForgotten(memberOf(node, "signal") ?? node, around, engine))
  );
}

/** The access to a member of that name which is asked of a value; undefined where none is. */
function memberOf(value: ts.Expression, name: string): ts.PropertyAccessExpression | undefined {
  const node = withWrappers(value);
  const { parent } = node;
  return ts.isPropertyAccessExpression(parent) &&
    parent.expression === node &&
    parent.name.text === name
    ? parent
    : undefined;
}

/** `const { signal } = controller;`, and nobody ever names `signal` again. */
function isForgotten(value: ts.Expression, around: ts.Node, engine: Engine): boolean {
  const whole = withWrappers(value);
  const { parent } = whole;
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== whole) return false;
  const { name } = parent;
  const names = ts.isIdentifier(name) ? [name] : name.elements.map(signalIn);
  // Another name of the controller itself may be aborted, or given away.
  if (ts.isIdentifier(name) && ts.isIdentifier(value)) return false;
  return names.every((one) => one !== undefined && mentionsOf(one, around, engine).length === 0);
}

function signalIn(element: ts.ArrayBindingElement): ts.Identifier | undefined {
  if (!ts.isBindingElement(element) || !ts.isIdentifier(element.name)) return undefined;
  const key = element.propertyName ?? element.name;
  return ts.isIdentifier(key) && key.text === "signal" ? element.name : undefined;
}

/** The further places of a function that name a variable. */
function mentionsOf(
  name: ts.Identifier,
  around: ts.Node,
  { environment }: Engine,
): readonly ts.Identifier[] {
  const symbol = environment.resolve(name);
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name) {
      if (environment.resolve(node) === symbol) found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(around);
  return found;
}

/** The calls that are given the signal; undefined where the controller could be aborted after all. */
function usesOf(
  name: ts.Identifier,
  around: ts.Node,
  engine: Engine,
): readonly ts.Node[] | undefined {
  const given: ts.Node[] = [];
  const escapes = mentionsOf(name, around, engine).some((node) => {
    const access = memberOf(node, "signal");
    const call = access && callGiven(access);
    if (call === undefined) return true;
    given.push(call);
    return false;
  });
  return escapes ? undefined : given;
}

/** The call that has the expression among its arguments, in an object literal or by itself. */
function callGiven(expression: ts.Expression): ts.Node | undefined {
  let node: ts.Node = expression;
  while (
    ts.isPropertyAssignment(node.parent) ||
    ts.isObjectLiteralExpression(node.parent) ||
    isWrapper(node.parent)
  )
    node = node.parent;
  const call = node.parent;
  if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return undefined;
  return call.expression === node ? undefined : call;
}

function isAwaited(call: ts.Node): boolean {
  let node = call;
  while (
    isWrapper(node.parent) ||
    ts.isPropertyAccessExpression(node.parent) ||
    ts.isCallExpression(node.parent)
  )
    node = node.parent;
  return (
    ts.isAwaitExpression(node.parent) ||
    ts.isReturnStatement(node.parent) ||
    ts.isArrowFunction(node.parent) ||
    ts.isForOfStatement(node.parent)
  );
}

/** The calls that could be aborted, in functions that have a signal and do not pass it on. */
export function signalsNotForwarded(file: ts.SourceFile, engine: Engine): readonly Found[] {
  const { environment } = engine;
  return callsIn(file).flatMap((call): readonly Found[] => {
    if (!ts.isCallExpression(call) || !isAwaited(call)) return [];
    const around = functionAround(call);
    if (!ts.isFunctionLike(around) || !receivesSignal(around, engine)) return [];
    if (givenSignal(call, environment).is !== "missing") return [];
    if (!environment.types.isPromise(call)) return [];
    return [
      {
        wait: { is: "loop" },
        waitsAt: call,
        site: call,
        fault: { how: "not-forwarded", strict: true },
      },
    ];
  });
}

function receivesSignal(unit: ts.SignatureDeclaration, { environment }: Engine): boolean {
  const { types } = environment;
  return unit.parameters.some(({ name }) => {
    if (!ts.isIdentifier(name) && !ts.isObjectBindingPattern(name)) return false;
    const type = types.typeOf(name);
    if (isSignal(type, environment)) return true;
    if (types.isAny(type) || types.isPrimitive(type)) return false;
    const member = types.plainMemberType(type, "signal");
    return member !== undefined && isSignal(member, environment);
  });
}
