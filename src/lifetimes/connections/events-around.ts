/**
 * On which events code runs, found by walking outwards from it, and from functions to their calls.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { isExported, isPrivate } from "../../typescript/modifiers.ts";
import { functionAround } from "../../typescript/syntax.ts";
import { namesakesOf, referencesTo } from "../holders/references.ts";
import { eventName } from "../listeners/listener-removal.ts";
import { listenersIn } from "../listeners/listeners.ts";

export interface EventsAround {
  readonly events: ReadonlySet<string>;
  /** It may run when a timer fires. */
  readonly timed: boolean;
  /** It may run on other occasions too. */
  readonly unknown: boolean;
}

/**
 * The events on which any of some pieces of code runs.
 *
 * @param handler a function that counts as an unknown occasion: what it does itself, it does in time
 */
export function eventsAround(
  code: readonly ts.Node[],
  environment: Environment,
  handler?: ts.Node,
): EventsAround {
  const search = new Search(environment, handler);
  for (const one of code) search.visit(one, 0);
  return search;
}

const maximalDepth = 5;
const inPlace = new Set(["forEach", "map", "filter", "some", "every", "find", "flatMap", "reduce"]);

const timers = new Set(["setTimeout", "setInterval", "setImmediate"]);

class Search implements EventsAround {
  readonly events = new Set<string>();
  timed = false;
  unknown = false;
  private readonly seen = new Set<ts.Node>();

  private readonly environment: Environment;
  private readonly handler: ts.Node | undefined;

  constructor(environment: Environment, handler: ts.Node | undefined) {
    this.environment = environment;
    this.handler = handler;
  }

  visit(code: ts.Node, depth: number): void {
    if (this.unknown) return;
    const unit = functionAround(code);
    if (ts.isSourceFile(unit) || depth > maximalDepth) {
      this.unknown = true;
      return;
    }
    if (this.seen.has(unit)) return;
    this.seen.add(unit);
    // The handler itself takes it out again when it has done its work.
    if (unit === this.handler || !this.follow(unit, depth)) this.unknown = true;
  }

  /** @returns false when the function may be called by code that is not seen */
  private follow(unit: ts.Node, depth: number): boolean {
    const { parent } = unit;
    if (ts.isCallExpression(parent) && parent.expression !== unit)
      return this.given(unit, parent, depth);
    if (ts.isBinaryExpression(parent) && parent.right === unit) return this.assigned(parent);
    const named =
      ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) ? parent : unit;
    return (
      (ts.isFunctionDeclaration(named) ||
        ts.isVariableDeclaration(named) ||
        ts.isMethodDeclaration(named) ||
        ts.isPropertyDeclaration(named)) &&
      this.called(named, depth)
    );
  }

  private given(unit: ts.Node, call: ts.CallExpression, depth: number): boolean {
    const listened = this.listened(call, unit);
    if (listened !== undefined) {
      this.events.add(listened);
      return true;
    }
    if (this.isTimer(call)) {
      this.timed = true;
      return true;
    }
    const callee = call.expression;
    if (!ts.isPropertyAccessExpression(callee) || !inPlace.has(callee.name.text)) return false;
    this.visit(call, depth);
    return true;
  }

  /** `socket.onclose = () => …` */
  private assigned({ left }: ts.BinaryExpression): boolean {
    if (!ts.isPropertyAccessExpression(left) || !left.name.text.startsWith("on")) return false;
    this.events.add(left.name.text.slice("on".length));
    return true;
  }

  private called(declaration: ts.Declaration, depth: number): boolean {
    const isMember = ts.isClassElement(declaration);
    const isOpen = isMember ? !isPrivate(declaration) : isExported(declaration);
    if (isOpen || namesakesOf(declaration).length === 0) return false;
    return referencesTo(declaration, this.environment).every((reference) => {
      const use = boundFunction(reference);
      const { parent } = use;
      if (!ts.isCallExpression(parent)) return false;
      if (parent.expression === use) {
        this.visit(parent, depth + 1);
        return true;
      }
      if (this.isTimer(parent)) {
        this.timed = true;
        return true;
      }
      const event = this.listened(parent, use);
      if (event !== undefined) this.events.add(event);
      return event !== undefined;
    });
  }

  private isTimer(call: ts.CallExpression): boolean {
    const name = this.environment.recogniser.calleeName(call);
    return name !== undefined && timers.has(name);
  }

  /** The event of a registration whose listener this is. */
  private listened(call: ts.CallExpression, listener: ts.Node): string | undefined {
    const found = listenersIn(call.getSourceFile(), this.environment).registrations.find(
      (one) => one.site === call && valueOf(one.listener) === listener,
    );
    return found && eventName(found.event, this.environment);
  }
}

/** `this.leave.bind(this)` stands for the method. */
function boundFunction(reference: ts.Expression): ts.Expression {
  const access = reference.parent;
  return ts.isPropertyAccessExpression(access) &&
    access.name.text === "bind" &&
    ts.isCallExpression(access.parent)
    ? access.parent
    : reference;
}
