/**
 * Caches made by hand: a map, set, array or record that outlives a call and out of which code of the
 * file takes resources, by its own policy or because it is told to, and releases none.
 *
 * Whether the members that end a class release what it holds is asked elsewhere: of its fields.
 */
import ts from "typescript";
import { valueOf } from "../../flow/graph.ts";
import type { Environment } from "../../ownership/environment.ts";
import { unitOf } from "../../ownership/find-acquisitions.ts";
import type { Summaries } from "../../ownership/summaries.ts";
import type { CacheMethods } from "../../resources/cache-kind.ts";
import { isReleaseName } from "../../resources/infer-kind.ts";
import { elementOf } from "../../typescript/held-types.ts";
import { functionAround } from "../../typescript/syntax.ts";
import { type CacheFinding, plainFinding } from "./cache-finding.ts";
import {
  type CollectionName,
  collections,
  collectionsIn,
  type DeclaredCollection,
} from "../collections/declared-collections.ts";
import {
  freshIn,
  type FreshResource,
  type HeldResource,
  heldByType,
  isLent,
} from "./held-resources.ts";
import { type Holder, type Removal, removalsIn, type Store, storesIn } from "./holders.ts";
import { namesakesOf, referencesTo } from "../holders/references.ts";
import { releasesSome } from "./release-calls.ts";
import { isPutBack, type Leak, leakOf, looksUp, parameterIn } from "./removals.ts";

/** The faults of the collections that a file declares, in source order. */
export function handMadeFindings(
  file: ts.SourceFile,
  environment: Environment,
  summaries: Summaries,
): readonly CacheFinding[] {
  const found = collectionsIn(file).flatMap((one) => {
    const collection = new Collection(one, environment, summaries);
    return collection.finding() ?? [];
  });
  // An entry of two indexes is released once.
  return found.filter(({ node }, index) => found.findIndex((one) => one.node === node) === index);
}

export class Collection {
  private readonly declaration: DeclaredCollection["declaration"];
  private readonly methods: CacheMethods;
  private readonly name: CollectionName;
  private readonly environment: Environment;
  private readonly summaries: Summaries;
  private readonly references: readonly ts.Expression[];
  private readonly stores: readonly Store[];
  /** What the elements of a generic class hold where it is used. */
  private readonly generic: HeldResource | undefined;

  constructor(
    { declaration, name }: DeclaredCollection,
    environment: Environment,
    summaries: Summaries,
    generic?: HeldResource,
  ) {
    this.generic = generic;
    this.declaration = declaration;
    this.name = name;
    this.methods = collections[name];
    this.environment = environment;
    this.summaries = summaries;
    this.references =
      this.isWorthAsking() && this.mayHold() ? referencesTo(declaration, environment) : [];
    this.stores = storesIn(this.references, this.methods);
  }

  finding(): CacheFinding | undefined {
    if (this.stores.length === 0 || !this.outlivesCalls()) return undefined;
    for (const held of this.held()) {
      const leaks = this.leaks(held);
      const sure = leaks.filter((leak) => this.isOwner(leak, held));
      if (sure.length > 0) return this.report(held, sure, false);
      if (leaks.some((leak) => this.mayBeOwner(leak, held))) return this.report(held, leaks, true);
    }
    return undefined;
  }

  /** By names alone: it outlives a call, something is stored, and something leaves. */
  private isWorthAsking(): boolean {
    const namesakes = namesakesOf(this.declaration);
    if (storesIn(namesakes, this.methods).length === 0) return false;
    if (ts.isPropertyDeclaration(this.declaration)) return true;
    const own = functionAround(this.declaration);
    return ts.isSourceFile(own) || namesakes.some((one) => functionAround(one) !== own);
  }

  // ---- what it holds

  private elementType(): ts.Type | undefined {
    const { types } = this.environment;
    return elementOf(types.typeOf(this.declaration), types.program);
  }

  /** Its elements may be resources: by their type, or because numbers and texts may name one. */
  private mayHold(): boolean {
    if (this.generic !== undefined) return true;
    const type = this.elementType();
    if (type === undefined) return false;
    if (this.environment.types.isPrimitive(type)) return true;
    return heldByType(type, this.environment).length > 0;
  }

  private held(): readonly HeldResource[] {
    if (this.generic !== undefined) return [this.generic];
    const type = this.elementType();
    if (type === undefined) return [];
    const byType = heldByType(type, this.environment);
    if (byType.length === 0) return this.fresh();
    // What a pending entry will hold has, as a rule, another owner already.
    const isPending = this.environment.types.awaited(type) !== type;
    return byType.filter(({ members }) => !isPending || members.length === 0);
  }

  /** What the file makes and stores here. */
  private fresh(): readonly FreshResource[] {
    return this.stores.flatMap(({ value }) => freshIn(value, this.environment, this.summaries));
  }

  /** A variable that only one call knows dies with it. */
  private outlivesCalls(): boolean {
    if (ts.isPropertyDeclaration(this.declaration)) return true;
    const own = functionAround(this.declaration);
    return ts.isSourceFile(own) || this.references.some((one) => functionAround(one) !== own);
  }

  /** `known ?? open()`, in a constant or not: an old one is stored again. */
  private isSameAsBefore(value: ts.Expression): boolean {
    return isPutBack(value, this.references, this.environment);
  }

  // ---- what leaves it

  /** The places where a generic class takes an element out by its own policy, and lets nobody have it. */
  evictions(): readonly ts.Node[] {
    if (this.generic === undefined || this.stores.length === 0) return [];
    return this.leaks(this.generic)
      .filter(({ decision, removal }) => decision === "policy" && removal.how === "deleted")
      .map(({ removal }) => removal.node);
  }

  private leaks(held: HeldResource): readonly Leak[] {
    const { environment, summaries, declaration, references, stores } = this;
    const holder: Holder = { declaration, references, stores, held, look: this.methods.look };
    return removalsIn(references, this.methods, environment)
      .filter((removal) => !this.isEnd(removal) && !this.isAnsweredBySettling(removal))
      .filter((removal) => removal.how !== "overwritten" || this.mayReplace(removal))
      .flatMap((removal) => leakOf(removal, holder, environment, summaries) ?? []);
  }

  /** Emptying a field in a method that ends the object is a question of the class. */
  private isEnd({ how, node }: Removal): boolean {
    if (how !== "cleared" || !ts.isPropertyDeclaration(this.declaration)) return false;
    const unit = functionAround(node);
    const name = ts.isFunctionLike(unit) ? unit.name?.getText() : undefined;
    return (
      name !== undefined && (isReleaseName(name) || /^on[A-Z]|Symbol|Destroy|Unmount/.test(name))
    );
  }

  /** A promise that is kept while it is pending goes to whoever waits for it. */
  private isAnsweredBySettling({ node, key }: Removal): boolean {
    const type = this.elementType();
    if (type === undefined || this.environment.types.awaited(type) === type) {
      const stored = this.stores.some(({ value }) => this.environment.types.isPromise(value));
      if (!stored) return false;
    }
    const unit = unitOf(node, this.environment);
    return this.stores.some(
      (store) =>
        store.key?.getText() === key?.getText() && unitOf(store.node, this.environment) === unit,
    );
  }

  /** Storing puts something fresh under a key that the caller chose, so that it may be taken. */
  private mayReplace({ key, value, node }: Removal): boolean {
    if (key === undefined || value === undefined || this.name === "Array") return false;
    if (freshIn(value, this.environment, this.summaries).length === 0) return false;
    if (this.isSameAsBefore(value)) return false;
    const unit = unitOf(node, this.environment);
    return unit !== undefined && parameterIn(key, unit, this.environment) !== undefined;
  }

  /** The elements are this file's to release: it makes them, and keeps them for itself. */
  private isOwner(leak: Leak, held: HeldResource): boolean {
    if (leak.decision === "policy") return this.mayBeOwner(leak, held);
    return this.makers(held).some((maker) => this.keepsForItself(maker));
  }

  /** It makes them, and others have them too; or it is given them, and decides alone which one goes. */
  private mayBeOwner({ decision }: Leak, held: HeldResource): boolean {
    if (this.makers(held).length > 0) return true;
    return (
      decision === "policy" &&
      (!this.stores.every(({ value }) => isLent(value, this.environment)) ||
        this.releasesElements(held))
    );
  }

  /** Another function of the file releases what it finds here: then it is the file's to release. */
  private releasesElements(held: HeldResource): boolean {
    const units = new Set(this.references.map((one) => unitOf(one, this.environment)));
    return [...units].some(
      (unit) => unit !== undefined && releasesSome(unit, held.kind, this.environment, 0),
    );
  }

  private makers(held: HeldResource): readonly Store[] {
    return this.stores.filter(({ value }) =>
      freshIn(value, this.environment, this.summaries).some(({ kind }) => kind.id === held.kind.id),
    );
  }

  /**
   * What is stored is not also given away for good: it is not returned, or only as what is looked up.
   * Whoever got it may have released it before it says which one goes.
   */
  private keepsForItself({ node, value }: Store): boolean {
    const unit = unitOf(node, this.environment);
    if (unit === undefined) return false;
    if (looksUp(unit, this.references, this.methods.look)) return true;
    const name = valueOf(value);
    if (!ts.isIdentifier(name)) return true;
    const visit = (at: ts.Node): boolean =>
      ts.isReturnStatement(at) && at.expression !== undefined
        ? valueOf(at.expression).getText() === name.text
        : (ts.forEachChild(at, visit) ?? false);
    return !visit(unit);
  }

  private report(held: HeldResource, leaks: readonly Leak[], isPartial: boolean): CacheFinding {
    const sites = this.fresh()
      .filter(({ kind }) => kind.id === held.kind.id)
      .map(({ site }) => site);
    return {
      ...plainFinding,
      fault: "dropped",
      node: sites[0] ?? this.declaration.name,
      name: this.declaration.name.getText(),
      label: this.name,
      held,
      sites,
      removals: leaks.map(({ removal }) => removal.node),
      isPartial,
    };
  }
}
