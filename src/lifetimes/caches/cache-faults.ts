/**
 * Caches of the catalog whose policy, or whose users, drop a resource that nobody releases.
 */
import ts from "typescript";
import type { Environment } from "../../ownership/environment.ts";
import type { Summaries } from "../../ownership/summaries.ts";
import type { CacheKind, RemovalReason } from "../../resources/cache-kind.ts";
import { matchesPattern } from "../../resources/catalog-index.ts";
import type { CacheRecogniser, RecognisedCache } from "../../resources/recognise-cache.ts";
import { resultOfCall, resultOfMember, typeArgument } from "../../typescript/held-types.ts";
import {
  functionAround,
  isDropped,
  returnedValues,
  withWrappers,
} from "../../typescript/syntax.ts";
import { type CacheFault, type CacheFinding, plainFinding } from "./cache-finding.ts";
import { type GivenHook, GivenHooks } from "./given-hooks.ts";
import { freshIn, type HeldResource, heldByType, isLent } from "./held-resources.ts";
import { type Holder, type Removal, removalsIn, type Store, storesIn } from "./holders.ts";
import { isNoLimit, type OptionReading, type OptionValue, readOption } from "../holders/options.ts";
import {
  boundDeclaration,
  methodCallOn,
  referencesTo,
  selfReferences,
} from "../holders/references.ts";
import { releasesSome } from "./release-calls.ts";
import { hookFunctions } from "./removal-hooks.ts";
import { isPutBack, type Leak, leakOf } from "./removals.ts";

/** A cache of the catalog with everything that the file says of it. */
export class CacheAnalysis {
  readonly recognised: RecognisedCache;
  private readonly environment: Environment;
  private readonly summaries: Summaries;
  private readonly caches: CacheRecogniser;
  readonly declaration: ts.Declaration | undefined;
  readonly references: readonly ts.Expression[];
  readonly stores: readonly Store[];
  private readonly hooks: GivenHooks;

  constructor(
    recognised: RecognisedCache,
    environment: Environment,
    summaries: Summaries,
    caches: CacheRecogniser,
  ) {
    this.recognised = recognised;
    this.environment = environment;
    this.summaries = summaries;
    this.caches = caches;
    this.declaration = boundDeclaration(recognised.site, environment);
    this.references = [
      ...(this.declaration === undefined ? [] : referencesTo(this.declaration, environment)),
      ...(recognised.subclass === undefined ? [] : selfReferences(recognised.subclass)),
    ];
    this.stores = storesIn(this.references, recognised.kind.methods);
    this.hooks = new GivenHooks(this, environment, summaries);
  }

  /** The one fault of the cache; undefined where it has none, or where it cannot be told. */
  finding(): CacheFinding | undefined {
    if (this.option(this.kind.storeOption).state !== "absent") return undefined;
    for (const held of this.held()) {
      const fault = this.faultOf(held);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  private get kind(): CacheKind {
    return this.recognised.kind;
  }

  // ---- what it holds

  private held(): readonly HeldResource[] {
    const type = this.valueType();
    const byType = type === undefined ? [] : heldByType(type, this.environment);
    if (byType.length > 0) return byType;
    const { environment, summaries } = this;
    const stored = this.stores.flatMap(({ value }) => {
      const { types } = environment;
      const type = types.valueType(value);
      // `cache.wrap(key, () => open())` stores what the function brings.
      const result = types.isCallable(type) ? types.resultOfCalling(value) : undefined;
      const given = heldByType(result ?? type, environment);
      return given.length > 0 ? given : freshIn(value, environment, summaries);
    });
    if (stored.length > 0) return stored;
    return this.loaders().flatMap((value) =>
      hookFunctions(value, environment).flatMap((body) =>
        returnedValues(body).flatMap((one) => freshIn(one, environment, summaries)),
      ),
    );
  }

  private valueType(): ts.Type | undefined {
    const { program } = this.environment.types;
    const { instance, maker } = this.recognised;
    const { values } = this.kind;
    if ("member" in values)
      return this.ofUser() ?? resultOfMember(instance, values.member, program);
    if ("typeArgument" in values) return typeArgument(instance, values.typeArgument, program);
    if ("result" in values && maker.memoises !== undefined) return resultOfCall(instance, program);
    return undefined;
  }

  /** A cache that a memoiser is given as its store holds what the memoised function returns. */
  private ofUser(): ts.Type | undefined {
    const property = this.recognised.site.parent;
    if (!ts.isPropertyAssignment(property)) return undefined;
    const call = property.parent.parent;
    if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return undefined;
    const user = this.caches.cacheAt(call);
    if (user?.kind.storeOption !== property.name.getText()) return undefined;
    const { program } = this.environment.types;
    const { values } = user.kind;
    return "member" in values
      ? resultOfMember(user.instance, values.member, program)
      : resultOfCall(user.instance, program);
  }

  private loaders(): readonly OptionValue[] {
    const { maker, site } = this.recognised;
    const memoised = maker.memoises === undefined ? undefined : site.arguments?.[maker.memoises];
    const named = (this.kind.loaders ?? []).flatMap((name) => {
      const reading = this.option(name);
      return reading.state === "given" ? [reading.value] : [];
    });
    return memoised === undefined ? named : [memoised, ...named];
  }

  // ---- when it drops

  /** What the options say under a name. */
  option(name: string | undefined): OptionReading {
    if (name === undefined) return { state: "absent" };
    const { maker, site } = this.recognised;
    const args = site.arguments ?? [];
    if (args.some(ts.isSpreadElement)) return { state: "unknown" };
    for (const index of maker.options ?? []) {
      const reading = readOption(args[index], name, this.environment);
      if (reading.state === "given") return reading;
      // What is no object of options, as a store, is no obstacle where options may come later.
      if (reading.state === "unknown" && index === maker.options?.at(-1)) return reading;
    }
    return { state: "absent" };
  }

  /** The removals that the cache makes of its own accord. */
  private policy(): readonly RemovalReason[] {
    const args = this.recognised.site.arguments ?? [];
    const reasons = this.kind.policies.flatMap(({ drops, option, argument }) => {
      if (argument !== undefined) {
        const given = args[argument];
        return given === undefined || isNoLimit(given) ? [] : [drops];
      }
      if (option === undefined) return [drops];
      return [option].flat().some((name) => {
        const reading = this.option(name);
        return reading.state === "given" && !isNoLimit(reading.value);
      })
        ? [drops]
        : [];
    });
    return [...new Set([...reasons, ...(this.storesForAWhile() ? ["expired" as const] : [])])];
  }

  /** `cache.set(key, value, ttl)` */
  private storesForAWhile(): boolean {
    return this.stores.some(({ call }) => {
      const method = call && methodCallOn(receiverOf(call))?.method;
      const expires = this.kind.methods.store.find((one) => one.method === method)?.expires;
      const given = expires && call?.arguments[expires.argument];
      if (expires === undefined || given === undefined) return false;
      if (expires.property === undefined) return !isNoLimit(given);
      const reading = readOption(given, expires.property, this.environment);
      return reading.state === "given" && !isNoLimit(reading.value);
    });
  }

  // ---- the verdict

  private faultOf(held: HeldResource): CacheFinding | undefined {
    const { environment } = this;
    const policy = this.policy();
    if (policy.includes("collected") && !this.isLostWithKey(held)) return undefined;
    if (this.stores.length > 0 && this.stores.every(({ value }) => isLent(value, environment)))
      return undefined;
    const hooks = this.hooks.of(held);
    if (hooks === undefined) return undefined;
    const faulty = hooks.find(({ verdict }) => verdict.does !== "releases");
    const releasing = hooks.filter(({ verdict }) => verdict.does === "releases");
    if (releasing.length > 0) return this.uncovered(held, policy, releasing);
    if (faulty !== undefined) {
      if (faulty.verdict.does === "unknown") return undefined;
      return this.report(
        faulty.verdict.does === "releases-key" ? "hook-releases-key" : "hook-forgets",
        held,
        { hook: faulty.hook, reasons: policy },
      );
    }
    if (this.takesWhatGoes(held)) return undefined;
    if (policy.length > 0) {
      const hook = this.kind.hooks.find(
        ({ covers, value, form }) =>
          (value !== undefined || form === "override") &&
          policy.some((one) => covers.includes(one)),
      );
      return this.report(hook === undefined ? "no-hook-offered" : "no-hook", held, {
        hook,
        reasons: policy,
      });
    }
    const leaks = this.leaks(held, []);
    return leaks.length === 0
      ? undefined
      : this.report("dropped", held, { removals: leaks.map(({ removal }) => removal.node) });
  }

  /** Every place that stores is given what goes, and releases such values: `cache.setpop(key, value)`. */
  private takesWhatGoes({ kind }: HeldResource): boolean {
    const { environment, stores } = this;
    return (
      stores.length > 0 &&
      stores.every(({ call }) => {
        const method = call && methodCallOn(receiverOf(call))?.method;
        const store = this.kind.methods.store.find((one) => one.method === method);
        return (
          call !== undefined &&
          store?.gives === true &&
          !isDropped(call) &&
          releasesSome(functionAround(call), kind, environment)
        );
      })
    );
  }

  /** What the hooks that release leave out. */
  private uncovered(
    held: HeldResource,
    policy: readonly RemovalReason[],
    releasing: readonly GivenHook[],
  ): CacheFinding | undefined {
    const covered = new Set(releasing.flatMap((one) => this.coveredBy(one)));
    const missed = policy.filter((one) => !covered.has(one));
    const [{ hook } = { hook: undefined }] = releasing;
    if (missed.length > 0) {
      return this.report("hook-misses", held, {
        hook,
        reasons: missed,
        isPartial: missed.length < policy.length,
      });
    }
    const leaks = this.leaks(held, [...covered]);
    if (leaks.length === 0) return undefined;
    return this.report("hook-misses", held, {
      hook,
      reasons: [...new Set(leaks.map(({ removal }) => removal.how))],
      removals: leaks.map(({ removal }) => removal.node),
      isPartial: true,
    });
  }

  private coveredBy({ hook, verdict }: GivenHook): readonly RemovalReason[] {
    const lost = (hook.unless ?? []).flatMap(({ option, loses }) =>
      this.option(option).state === "given" ? [loses] : [],
    );
    const ignored = verdict.does === "releases" ? verdict.ignores : new Set<RemovalReason>();
    return hook.covers.filter((one) => !lost.includes(one) && !ignored.has(one));
  }

  /** Removals by code that release nothing and that no hook hears of. */
  private leaks(held: HeldResource, covered: readonly RemovalReason[]): readonly Leak[] {
    const { environment, summaries, stores, references, declaration } = this;
    const { methods } = this.kind;
    const holder: Holder = { declaration, references, stores, held, look: methods.look };
    return [...removalsIn(references, methods, environment), ...this.clearedByFunction()]
      .filter(({ how }) => !covered.includes(how))
      .filter(({ how, value }) => how !== "overwritten" || isFresh(value))
      .flatMap((removal) => leakOf(removal, holder, environment, summaries) ?? []);

    function isFresh(value: ts.Expression | undefined): boolean {
      return (
        value !== undefined &&
        freshIn(value, environment, summaries).length > 0 &&
        !isPutBack(value, references, environment)
      );
    }
  }

  /** `pMemoizeClear(clientOf)` */
  private clearedByFunction(): readonly Removal[] {
    const { clearedBy } = this.kind;
    const { types } = this.environment;
    if (clearedBy === undefined) return [];
    return this.references.flatMap((reference): readonly Removal[] => {
      const given = withWrappers(reference);
      const node = given.parent;
      if (!ts.isCallExpression(node) || node.arguments[0] !== given) return [];
      const symbol = types.calleeSymbol(node.expression);
      if (symbol === undefined || !matchesPattern(clearedBy, types.declaredNames(symbol)))
        return [];
      return [{ how: "cleared", node, key: undefined, value: undefined }];
    });
  }

  /** The map itself is the owner, and the file knows no other end of its values. */
  private isLostWithKey(held: HeldResource): boolean {
    const { environment, summaries } = this;
    const [reference] = this.references;
    return (
      reference !== undefined &&
      held.kind.duty !== "remove" &&
      this.stores.some(({ value }) => freshIn(value, environment, summaries).length > 0) &&
      !releasesSome(reference.getSourceFile(), held.kind, environment, 0)
    );
  }

  private report(
    fault: CacheFault,
    held: HeldResource,
    details: Partial<CacheFinding>,
  ): CacheFinding {
    const own = this.declaration && ts.getNameOfDeclaration(this.declaration);
    const { subclass, site } = this.recognised;
    return {
      ...plainFinding,
      fault,
      node: site,
      name: (own ?? subclass?.name)?.getText(),
      label: this.kind.label,
      held,
      instead: this.kind.instead,
      cache: this.recognised,
      ...details,
    };
  }
}

function receiverOf(call: ts.CallExpression): ts.Expression {
  const { expression } = call;
  return ts.isPropertyAccessExpression(expression) ? expression.expression : expression;
}
