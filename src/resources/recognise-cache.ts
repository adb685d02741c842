/**
 * Which calls make a cache of the catalog, decided by the imports of a file before any type is asked.
 */
import ts from "typescript";
import type { Types } from "../typescript/types.ts";
import type { CacheKind, CacheMaker } from "./cache-kind.ts";
import { lastPart, matchesPattern, namesOf } from "./catalog-index.ts";
import type { CallLike } from "./recognise.ts";

/** A cache that a call, a `new`, or the `super(…)` of a subclass makes. */
export interface RecognisedCache {
  readonly kind: CacheKind;
  readonly maker: CacheMaker;
  readonly site: CallLike;
  /** The type of the made object. */
  readonly instance: ts.Type;
  /** The class of the program that extends the cache, where one does. */
  readonly subclass: ts.ClassLikeDeclaration | undefined;
}

interface Entry {
  readonly kind: CacheKind;
  readonly maker: CacheMaker;
}

type Entries = readonly Entry[];

export class CacheRecogniser {
  private readonly types: Types;
  private readonly byName = new Map<string, Entry[]>();
  private readonly modules = new Set<string>();
  private readonly names = new WeakMap<ts.SourceFile, ReadonlyMap<string, Entries>>();

  constructor(types: Types, kinds: readonly CacheKind[]) {
    this.types = types;
    for (const kind of kinds) {
      for (const maker of kind.make) {
        for (const module of [maker.module ?? []].flat()) this.modules.add(module);
        for (const name of namesOf(maker)) {
          const key = lastPart(name);
          this.byName.set(key, [...(this.byName.get(key) ?? []), { kind, maker }]);
        }
      }
    }
  }

  /** The cache that a call or `new` makes; undefined when it makes none. */
  cacheAt(site: CallLike): RecognisedCache | undefined {
    const names = this.namesOf(site.getSourceFile());
    const { expression } = site;
    if (expression.kind === ts.SyntaxKind.SuperKeyword) return this.superCall(site, names);
    const name = nameOfCallee(expression);
    const entries = name === undefined ? undefined : names.get(name);
    if (entries === undefined) return undefined;
    const by = ts.isNewExpression(site) ? "construct" : "call";
    const instance = this.types.typeOf(site);
    const subclass = ts.isIdentifier(expression) ? this.subclass(expression) : undefined;
    // A constructor of its own says itself what it passes on.
    if (subclass?.members.some(ts.isConstructorDeclaration) === true) return undefined;
    const entry = this.pick(entries, by, instance);
    return entry && { ...entry, site, instance, subclass };
  }

  private superCall(
    site: CallLike,
    names: ReadonlyMap<string, Entries>,
  ): RecognisedCache | undefined {
    let node: ts.Node = site;
    while (!ts.isClassLike(node) && !ts.isSourceFile(node)) node = node.parent;
    if (!ts.isClassLike(node)) return undefined;
    const base = baseOf(node);
    const name = base && nameOfCallee(base);
    const entries = name === undefined ? undefined : names.get(name);
    if (entries === undefined) return undefined;
    const instance = this.types.typeOf(node);
    const entry = this.pick(entries, "construct", instance);
    return entry && { ...entry, site, instance, subclass: node };
  }

  private subclass(name: ts.Identifier): ts.ClassLikeDeclaration | undefined {
    const declaration = this.types.symbolAt(name)?.declarations?.find(ts.isClassLike);
    return declaration !== undefined && this.types.isOfProgram(declaration)
      ? declaration
      : undefined;
  }

  private pick(entries: Entries, by: CacheMaker["by"], instance: ts.Type): Entry | undefined {
    return entries.find(
      ({ kind, maker }) =>
        maker.by === by &&
        (kind.withMember === undefined ||
          this.types.member(instance, kind.withMember) !== undefined),
    );
  }

  /** The names of a file that stand for what makes a cache; a member of a namespace goes by its own name. */
  private namesOf(file: ts.SourceFile): ReadonlyMap<string, Entries> {
    let names = this.names.get(file);
    if (names === undefined) {
      names = this.findNames(file);
      this.names.set(file, names);
    }
    return names;
  }

  private findNames(file: ts.SourceFile): ReadonlyMap<string, Entries> {
    const found = new Map<string, Entries>(
      [...this.byName].flatMap(([name, entries]) => {
        const global = entries.filter(({ maker }) => maker.module === undefined);
        return global.length === 0 ? [] : [[name, global] as const];
      }),
    );
    const note = (local: ts.Identifier): void => {
      const entries = this.entriesOf(local);
      if (entries.length > 0) found.set(local.text, entries);
    };
    for (const statement of file.statements) {
      if (ts.isImportDeclaration(statement)) this.imported(statement, found, note);
      else if (ts.isImportEqualsDeclaration(statement)) note(statement.name);
      else if (ts.isClassDeclaration(statement)) {
        const base = baseOf(statement);
        const name = base && nameOfCallee(base);
        const entries = name === undefined ? undefined : found.get(name);
        if (entries !== undefined && statement.name !== undefined)
          found.set(statement.name.text, entries);
      }
    }
    return found;
  }

  private imported(
    statement: ts.ImportDeclaration,
    found: Map<string, Entries>,
    note: (local: ts.Identifier) => void,
  ): void {
    const clause = statement.importClause;
    if (clause === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) return;
    const from = statement.moduleSpecifier.text;
    const isRelative = from.startsWith(".");
    const isKnown = [...this.modules].some((one) => from === one || from.startsWith(`${one}/`));
    if (clause.name !== undefined && isKnown) {
      note(clause.name);
      // In some settings of the compiler a default import of CommonJS is the whole module.
      if (!found.has(clause.name.text)) this.namespace(from, found);
    }
    const { namedBindings } = clause;
    if (namedBindings === undefined) return;
    if (ts.isNamespaceImport(namedBindings)) {
      if (isKnown) this.namespace(from, found);
      return;
    }
    for (const element of namedBindings.elements) {
      // What another file of the program re-exports keeps its name.
      const imported = (element.propertyName ?? element.name).text;
      if (isKnown || (isRelative && this.byName.has(imported))) note(element.name);
    }
  }

  /** The members of a module, as they are called through its namespace. */
  private namespace(from: string, found: Map<string, Entries>): void {
    for (const [name, entries] of this.byName) {
      const own = entries.filter(({ maker }) =>
        [maker.module ?? []].flat().some((one) => from === one || from.startsWith(`${one}/`)),
      );
      if (own.length > 0) found.set(name, own);
    }
  }

  private entriesOf(local: ts.Identifier): Entries {
    const symbol = this.types.symbolAt(local);
    if (symbol === undefined) return [];
    const declared = this.types.declaredNames(symbol);
    return [
      ...new Set(
        declared.flatMap(({ name }) =>
          (this.byName.get(lastPart(name)) ?? []).filter(({ maker }) =>
            matchesPattern(maker, declared),
          ),
        ),
      ),
    ];
  }
}

function nameOfCallee(expression: ts.Expression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

function baseOf(declaration: ts.ClassLikeDeclaration): ts.Expression | undefined {
  return declaration.heritageClauses?.find(
    (clause) => clause.token === ts.SyntaxKind.ExtendsKeyword,
  )?.types[0]?.expression;
}
