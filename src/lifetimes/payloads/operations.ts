/**
 * Operations: what runs for one message. A method or a callback that fills a slot, with the functions
 * that only it calls.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { enclosingFunction } from "../../ownership/places.ts";
import { beginsInstance, endsInstance } from "../../ownership/release-methods.ts";
import { isReleaseName } from "../../resources/infer-kind.ts";
import { payloadOf } from "../../resources/payload.ts";
import { isExported, isPrivate, isStatic } from "../../typescript/modifiers.ts";
import { isInside, skipWrappers } from "../../typescript/syntax.ts";
import { referencesTo } from "../holders/references.ts";
import type { Slot } from "./slots.ts";

/** What belongs to one operation. */
export interface Operation {
  /** Where it starts: whoever else runs in it is called by this function. */
  readonly root: FunctionWithBody;
  /** Functions that run in it and nowhere else, the root among them. */
  readonly functions: ReadonlySet<FunctionWithBody>;
}

/** What a function is to the object or the closures that a slot belongs to. */
export type Part =
  /** It runs once, before there is a message. */
  | "start"
  /** It ends the object. */
  | "end"
  /** Anything else. */
  | "other";

/** More functions than this between a slot and its operation are not looked through. */
const maximalDepth = 4;

export class Operations {
  private readonly environment: Environment;
  private readonly callers = new Map<ts.Node, readonly FunctionWithBody[] | undefined>();

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** The operations that fill a slot; undefined when a fill happens in none. */
  of(slot: Slot): readonly Operation[] | undefined {
    const roots = new Set<FunctionWithBody>();
    for (const { node } of slot.fills) {
      const unit = this.unitOf(node);
      if (unit === undefined || unit === declaringFunction(slot)) return undefined;
      const root = this.rootOf(unit);
      if (this.partOf(root) !== "other" || isOnce(root)) return undefined;
      roots.add(root);
    }
    return [...roots].map((root) => ({ root, functions: this.runIn(root, slot) }));
  }

  /** The function that runs the code; undefined for code at the top level, in a class body, or in a setter. */
  unitOf(node: ts.Node): FunctionWithBody | undefined {
    const around = this.functionAround(node);
    if (around === undefined || ts.isSetAccessor(around)) return undefined;
    return around;
  }

  private functionAround(node: ts.Node): FunctionWithBody | undefined {
    let unit = enclosingFunction(node, new Set());
    // What a promise chain or an executor runs belongs to the function around it.
    for (;;) {
      if (!ts.isFunctionLike(unit) || !("body" in unit) || unit.body === undefined)
        return undefined;
      const outer = enclosingFunction(unit, new Set());
      const isFunction = ts.isFunctionLike(outer) && "body" in outer && outer.body !== undefined;
      if (!isFunction || !this.environment.graph(outer as FunctionWithBody).inlined.has(unit))
        return unit as FunctionWithBody;
      unit = outer;
    }
  }

  /** The one function that calls a helper, however far up; the function itself where others may call it. */
  private rootOf(unit: FunctionWithBody): FunctionWithBody {
    let current = unit;
    for (let depth = 0; depth < maximalDepth; depth++) {
      const callers = this.callersOf(current);
      const [only, ...others] = callers ?? [];
      if (only === undefined || others.length > 0 || only === current) return current;
      if (this.partOf(only) !== "other") return current;
      current = only;
    }
    return current;
  }

  /** Functions that only the operation calls, and that have to do with the slot. */
  private runIn(root: FunctionWithBody, { uses }: Slot): ReadonlySet<FunctionWithBody> {
    const inside = new Set([root]);
    const candidates = new Set(
      uses.flatMap(({ node }) => {
        const unit = this.unitOf(node);
        return unit === undefined ? [] : [unit];
      }),
    );
    for (let depth = 0, grew = true; grew && depth < maximalDepth; depth++) {
      grew = false;
      for (const candidate of candidates) {
        if (inside.has(candidate)) continue;
        const callers = this.callersOf(candidate) ?? [];
        for (const caller of callers) if (caller !== root) candidates.add(caller);
        if (callers.length === 0 || !callers.every((caller) => isPartOf(caller, inside))) continue;
        inside.add(candidate);
        grew = true;
      }
    }
    return inside;
  }

  /** The functions of the file that call a function; undefined when others may call it as well. */
  callersOf(unit: FunctionWithBody): readonly FunctionWithBody[] | undefined {
    if (this.callers.has(unit)) return this.callers.get(unit);
    const callers = this.findCallers(unit);
    this.callers.set(unit, callers);
    return callers;
  }

  private findCallers(unit: FunctionWithBody): readonly FunctionWithBody[] | undefined {
    const declaration = declarationOf(unit);
    if (declaration === undefined || !isLocal(declaration, unit)) return undefined;
    const found = new Set<FunctionWithBody>();
    for (const reference of referencesTo(declaration, this.environment)) {
      const call = reference.parent;
      if (!ts.isCallExpression(call) || skipWrappers(call.expression) !== reference)
        return undefined;
      const caller = this.unitOf(call);
      if (caller === undefined) return undefined;
      if (caller !== unit) found.add(caller);
    }
    return [...found];
  }

  /** Whether a function starts or ends what the slot belongs to. */
  partOf(unit: FunctionWithBody): Part {
    if (ts.isConstructorDeclaration(unit)) return "start";
    const member = memberOf(unit);
    if (member !== undefined) {
      if (endsInstance(member, this.environment)) return "end";
      return beginsInstance(member) ? "start" : "other";
    }
    const { parent } = unit;
    if (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(unit)) {
      const { name } = ts.isMethodDeclaration(unit) ? unit : (parent as ts.PropertyAssignment);
      return isReleaseName(name.getText()) ? "end" : "other";
    }
    return endsOwner(unit, this.environment) ? "end" : "other";
  }

  /** What a function empties says nothing of the message before: the holder starts, or ends. */
  isOutsideOfLife(unit: FunctionWithBody): boolean {
    return ts.isConstructorDeclaration(unit) || this.ends(unit);
  }

  /** The function ends the object, or only such functions call it. */
  private ends(unit: FunctionWithBody, depth = 0): boolean {
    if (this.partOf(unit) === "end") return true;
    const callers = this.callersOf(unit) ?? [];
    return (
      depth < maximalDepth &&
      callers.length > 0 &&
      callers.every((caller) => this.ends(caller, depth + 1))
    );
  }
}

/** The node is in one of the functions, or in a function inside one of them. */
export function isPartOf(node: ts.Node, functions: ReadonlySet<FunctionWithBody>): boolean {
  for (const one of functions) if (isInside(node, one)) return true;
  return false;
}

function declaringFunction({ declaration }: Slot): ts.Node | undefined {
  return ts.isVariableDeclaration(declaration)
    ? enclosingFunction(declaration, new Set())
    : undefined;
}

/** The function as a member of its class. */
function memberOf(
  unit: FunctionWithBody,
): { readonly node: ts.ClassElement; readonly code: FunctionWithBody } | undefined {
  if (ts.isClassElement(unit) && ts.isClassLike(unit.parent)) return { node: unit, code: unit };
  const { parent } = unit;
  return ts.isPropertyDeclaration(parent) && parent.initializer === unit
    ? { node: parent, code: unit }
    : undefined;
}

/** What has the name under which a function is called. */
function declarationOf(unit: FunctionWithBody): ts.Declaration | undefined {
  if (ts.isFunctionDeclaration(unit) || ts.isMethodDeclaration(unit)) return unit;
  const { parent } = unit;
  return (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)) &&
    parent.initializer === unit
    ? parent
    : undefined;
}

/** Nobody outside the file, or the class, can call it. */
function isLocal(declaration: ts.Declaration, unit: FunctionWithBody): boolean {
  const member = memberOf(unit);
  if (member !== undefined) return isPrivate(member.node) && !isStatic(member.node);
  return !ts.isMethodDeclaration(declaration) && !isExported(declaration);
}

/** A callback that is called once: what it keeps is the one message there is. */
function isOnce(unit: FunctionWithBody): boolean {
  const call = unit.parent;
  if (!ts.isCallExpression(call)) return false;
  const { expression } = call;
  if (
    ts.isPropertyAccessExpression(expression) &&
    /^(?:once|prependOnceListener)$/.test(expression.name.text)
  )
    return true;
  return call.arguments.some(
    (one) =>
      ts.isObjectLiteralExpression(one) &&
      one.properties.some(
        (property) =>
          ts.isPropertyAssignment(property) &&
          property.name.getText() === "once" &&
          property.initializer.kind === ts.SyntaxKind.TrueKeyword,
      ),
  );
}

/** Events after which nothing more comes from what emits them. */
const lastEvents = new Set(["close", "exit", "disconnect"]);

/** `socket.on("close", () => { … })`, where what ends is no message itself. */
function endsOwner(unit: FunctionWithBody, { types }: Environment): boolean {
  const call = unit.parent;
  if (!ts.isCallExpression(call)) return false;
  const [event] = call.arguments;
  const { expression } = call;
  if (event === undefined || !ts.isStringLiteralLike(event) || !lastEvents.has(event.text))
    return false;
  return (
    ts.isPropertyAccessExpression(expression) &&
    payloadOf(types.typeOf(expression.expression), types) === undefined
  );
}
