/**
 * The hooks that a cache of the catalog was given: in its options, by assignment, as a member of a
 * subclass, or registered as a listener.
 */
import ts from "typescript";
import type { Environment } from "../../ownership/environment.ts";
import type { Summaries } from "../../ownership/summaries.ts";
import type { RemovalHook } from "../../resources/cache-kind.ts";
import type { RecognisedCache } from "../../resources/recognise-cache.ts";
import { withWrappers } from "../../typescript/syntax.ts";
import type { OptionReading, OptionValue } from "../holders/options.ts";
import { type MethodCall, methodCallOn } from "../holders/references.ts";
import type { HeldResource } from "./held-resources.ts";
import { hookFunctions, type HookVerdict, judgeHook } from "./removal-hooks.ts";

/** A hook that a cache has, with what it does. */
export interface GivenHook {
  readonly hook: RemovalHook;
  readonly verdict: HookVerdict;
}

/** What has to be known of a cache to find its hooks. */
interface HookedCache {
  readonly recognised: RecognisedCache;
  readonly declaration: ts.Declaration | undefined;
  readonly references: readonly ts.Expression[];
  option(name: string): OptionReading;
}

export class GivenHooks {
  private readonly cache: HookedCache;
  private readonly environment: Environment;
  private readonly summaries: Summaries;

  constructor(cache: HookedCache, environment: Environment, summaries: Summaries) {
    this.cache = cache;
    this.environment = environment;
    this.summaries = summaries;
  }

  /** The hooks that this cache has, with what they do; undefined where they may be set unseen. */
  of(held: HeldResource): readonly GivenHook[] | undefined {
    const { environment, summaries } = this;
    const given: GivenHook[] = [];
    for (const hook of this.cache.recognised.kind.hooks) {
      const values = this.valuesOf(hook);
      if (values === undefined) return undefined;
      for (const value of values) {
        const functions = hookFunctions(value, environment);
        given.push({ hook, verdict: judgeHook(functions, hook, held, environment, summaries) });
      }
    }
    return given;
  }

  private valuesOf(hook: RemovalHook): readonly OptionValue[] | undefined {
    switch (hook.form) {
      case "option": {
        const overriding = this.member(hook.name);
        if (overriding !== undefined) return [overriding];
        const assigned = this.assignedTo(hook.name);
        if (assigned.length > 0) return assigned;
        const reading = this.cache.option(hook.name);
        if (reading.state === "unknown") return undefined;
        return reading.state === "given" ? [reading.value] : [];
      }
      case "override": {
        const overriding = this.member(hook.name);
        return overriding === undefined ? [] : [overriding];
      }
      case "event":
      case "method":
        return this.registered(hook);
    }
  }

  /** The member of a subclass that takes the place of the hook. */
  private member(name: string): OptionValue | undefined {
    const member = this.cache.recognised.subclass?.members.find(
      (one) => one.name?.getText() === name,
    );
    if (member === undefined) return undefined;
    if (ts.isMethodDeclaration(member)) return member;
    return ts.isPropertyDeclaration(member) ? member.initializer : undefined;
  }

  /** `cache.dispose = …` */
  private assignedTo(name: string): readonly ts.Expression[] {
    return this.cache.references.flatMap((reference) => {
      const { parent } = reference;
      if (!ts.isPropertyAccessExpression(parent) || parent.name.text !== name) return [];
      const assignment = parent.parent;
      return ts.isBinaryExpression(assignment) && assignment.left === parent
        ? [assignment.right]
        : [];
    });
  }

  /** `cache.on("del", …)`, `cache.onEvict(…)`, on the spot or on a name of the cache. */
  private registered(hook: RemovalHook): readonly OptionValue[] | undefined {
    const { form, name, registeredBy = emitterMethods } = hook;
    const { types } = this.environment;
    const found: ts.Expression[] = [];
    let isPassedOn =
      this.cache.declaration === undefined && this.cache.recognised.subclass === undefined;
    const note = (call: ts.CallExpression, method: string): void => {
      const [first, second] = call.arguments;
      if (first === undefined) return;
      if (form === "method" && method === name) found.push(first);
      const isListening = form === "event" && registeredBy.includes(method);
      if (isListening && second !== undefined && types.literalText(first) === name)
        found.push(second);
    };
    for (let node: ts.Expression = this.cache.recognised.site; ;) {
      const chained = memberCallOn(node);
      if (chained === undefined) break;
      note(chained.call, chained.method);
      node = chained.call;
    }
    for (const reference of this.cache.references) {
      const called = memberCallOn(reference);
      if (called !== undefined) note(called.call, called.method);
      else if (isArgument(reference) || ts.isReturnStatement(reference.parent)) isPassedOn = true;
    }
    return found.length === 0 && isPassedOn ? undefined : found;
  }
}

const emitterMethods: readonly string[] = ["on", "once", "addListener"];

/** The call of a member, or of a member of one: `cache.on(…)`, `cache.hooks.addHandler(…)`. */
function memberCallOn(reference: ts.Expression): MethodCall | undefined {
  const called = methodCallOn(reference);
  const part = withWrappers(reference).parent;
  if (called !== undefined || !ts.isPropertyAccessExpression(part)) return called;
  const inner = methodCallOn(part);
  return inner && { ...inner, method: `${part.name.text}.${inner.method}` };
}

function isArgument({ parent }: ts.Expression): boolean {
  return ts.isCallExpression(parent) || ts.isNewExpression(parent);
}
