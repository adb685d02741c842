/**
 * What a call or `new` acquires, in the order of evidence: catalog (a resource, or explicitly none),
 * then the type of the value, then a class of the program that owns resources.
 */
import ts from "typescript";
import type { DeclaredName } from "../typescript/declared-name.ts";
import { type Types, skipWrappers } from "../typescript/types.ts";
import { type CatalogIndex, type KnownAcquisition, matchesPattern } from "./catalog-index.ts";
import {
  type Inference,
  isReleaseName,
  kindOfDisposable,
  kindOfGenerator,
  kindOfReleasedClass,
} from "./infer-kind.ts";
import type {
  Acquisition,
  FunctionFact,
  OptionCondition,
  ResourceKind,
  ResourcePlace,
} from "./kind.ts";
import { optionHolds } from "./option-conditions.ts";

export type CallLike = ts.CallExpression | ts.NewExpression;

/** What a call yields. */
export type Recognised = RecognisedResource | RecognisedBody;

/**
 * A function of the program is called, and its result could be or hold a resource: its body must say
 * which, and whether it is fresh.
 */
export interface RecognisedBody {
  readonly freshness: "body";
}

/** A fresh resource that a call yields. */
export interface RecognisedResource {
  readonly kind: ResourceKind;
  /** Where in the result, or in which callback parameter; undefined is the (awaited) result itself. */
  readonly place: ResourcePlace | undefined;
  /** Whether it owes already, although its kind starts to owe only when it is armed. */
  readonly armed: boolean;
  /**
   * `known`: the catalog or a constructor says the value is fresh. `named`: only a declaration
   * exists, and its name says that it makes something.
   */
  readonly freshness: "known" | "named";
}

/** Verbs by which a function without a visible body says that its result is new. */
const makingVerb =
  /^(?:create|open|make|build|connect|acquire|start|spawn|launch|begin|lock|reserve|fork|new|checkout|alloc|allocate|subscribe|watch|observe|listen|register)(?![a-z])/;
/**
 * Verbs by which it says that its result existed before. A promise of a resource is nearly always of
 * a new one, so for functions that return one only these count against it.
 */
const lookingVerb =
  /^(?:get|find|lookup|resolve|inject|use|current|shared|peek|wait|ensure|require)(?![a-z])/;

export class Recogniser {
  readonly index: CatalogIndex;
  private readonly types: Types;
  private readonly inference: Inference;
  private readonly calls = new WeakMap<CallLike, readonly Recognised[]>();
  private readonly released = new WeakMap<ts.SourceFile, ReadonlySet<ts.Symbol>>();
  private readonly holders = new Map<ts.Type, boolean>();
  private readonly kindsByType = new Map<ts.Type, ResourceKind | undefined>();
  private readonly renamedImports = new WeakMap<ts.SourceFile, ReadonlyMap<string, string>>();

  constructor(types: Types, index: CatalogIndex) {
    this.types = types;
    this.index = index;
    this.inference = {
      types,
      recognise: (node) => this.acquisitions(node),
      kindOfType: (type) => this.kindOfType(type),
    };
  }

  /** The resources that a call or `new` yields; empty when it yields none. */
  acquisitions(node: CallLike): readonly Recognised[] {
    let found = this.calls.get(node);
    if (found === undefined) {
      // A class whose field is built by its own constructor asks again while it is answered.
      this.calls.set(node, []);
      found = this.recognise(node);
      this.calls.set(node, found);
    }
    return found;
  }

  private recognise(node: CallLike): readonly Recognised[] {
    const name = this.calleeName(node);
    if (name === undefined) return [];
    return ts.isNewExpression(node) ? this.construction(node) : this.call(node, name);
  }

  private construction(node: ts.NewExpression): readonly Recognised[] {
    const type = this.types.typeOf(node);
    if (this.types.isAny(type)) return [];
    const args = node.arguments ?? [];
    for (const symbol of this.types.classSymbols(type)) {
      const known = this.said(this.types.declaredNames(symbol), lastName(symbol), args, "new");
      if (known !== undefined) return known;
    }
    const kind = this.kindOfType(type) ?? this.kindOfReleasedClass(node, type);
    if (kind?.wraps === true && !args.some((argument) => this.isFresh(argument))) return [];
    return kind === undefined
      ? []
      : [{ kind, place: undefined, armed: kind.armedBy === undefined, freshness: "known" }];
  }

  /**
   * What the settings or else the catalog say of a function or class; undefined when they say nothing.
   * What the settings say under conditions that the call does not meet they do not say.
   */
  private said(
    declared: readonly DeclaredName[],
    name: string,
    args: readonly ts.Expression[],
    way: WayToAcquire,
  ): readonly RecognisedResource[] | undefined {
    const { settings } = this.index;
    const told = settings && knownIn(settings, declared, name, args, way);
    if (told?.isDecided === true) return told.resources;
    return knownIn(this.index, declared, name, args, way)?.resources;
  }

  /** The expression is a call that makes a resource, or a local name for one. */
  private isFresh(expression: ts.Expression): boolean {
    let node = skipWrappers(expression);
    if (ts.isAwaitExpression(node)) node = skipWrappers(node.expression);
    if (ts.isCallExpression(node) || ts.isNewExpression(node))
      return this.acquisitions(node).length > 0;
    if (!ts.isIdentifier(node)) return false;
    const declaration = this.types.symbolAt(node)?.valueDeclaration;
    return (
      declaration !== undefined &&
      ts.isVariableDeclaration(declaration) &&
      declaration.initializer !== undefined &&
      !ts.isIdentifier(declaration.initializer) &&
      this.isFresh(declaration.initializer)
    );
  }

  private kindOfReleasedClass(node: ts.NewExpression, type: ts.Type): ResourceKind | undefined {
    const symbols = this.types.classSymbols(type);
    return symbols[0]?.declarations?.some(ts.isClassLike) === true
      ? kindOfReleasedClass(type, symbols, this.releasedIn(node.getSourceFile()), this.types)
      : undefined;
  }

  /** The classes of which a file calls a member that looks like a release. */
  private releasedIn(file: ts.SourceFile): ReadonlySet<ts.Symbol> {
    let released = this.released.get(file);
    if (released === undefined) {
      const found = new Set<ts.Symbol>();
      const visit = (node: ts.Node): void => {
        if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
          const { name, expression } = node.expression;
          if (isReleaseName(name.text)) {
            for (const symbol of this.types.classSymbols(this.types.valueType(expression)))
              found.add(symbol);
          }
        }
        ts.forEachChild(node, visit);
      };
      visit(file);
      released = found;
      this.released.set(file, released);
    }
    return released;
  }

  private call(node: ts.CallExpression, name: string): readonly Recognised[] {
    const symbol = this.types.calleeSymbol(node.expression);
    if (symbol === undefined) return [];
    const known = this.said(this.types.declaredNames(symbol), name, node.arguments, "call");
    if (known !== undefined) return known;
    if (this.isClosedWorld(symbol)) return [];
    const bodies = this.types.implementations(node.expression, false);
    if (bodies.length > 0) return this.programCall(node, bodies);
    if (lookingVerb.test(name)) return [];
    const plain = this.types.typeOf(node);
    if (!makingVerb.test(name) && this.types.awaited(plain) === plain) return [];
    const type = this.types.valueType(node);
    if (this.types.isAny(type)) return [];
    const kind = this.kindOfType(type);
    if (kind === undefined || this.types.isPassedThrough(node)) return [];
    return [{ kind, place: undefined, armed: true, freshness: "named" }];
  }

  private programCall(
    node: ts.CallExpression,
    bodies: readonly ts.FunctionLikeDeclaration[],
  ): readonly Recognised[] {
    const generator = bodies.map(kindOfGenerator).find((kind) => kind !== undefined);
    if (generator !== undefined) {
      return [{ kind: generator, place: undefined, armed: false, freshness: "known" }];
    }
    const type = this.types.valueType(node);
    const holds = this.types.isNumber(type)
      ? bodies.some((body) => this.namesDescriptor(body))
      : this.mayHoldResource(type);
    return holds ? [{ freshness: "body" }] : [];
  }

  /** The value is a resource, or an object, tuple or array that could hold one. */
  private mayHoldResource(type: ts.Type): boolean {
    let holds = this.holders.get(type);
    if (holds === undefined) {
      holds =
        !this.types.isAny(type) &&
        !this.types.isPrimitive(type) &&
        (this.kindOfType(type) !== undefined ||
          this.types
            .constituents(type)
            .some((part) =>
              this.types.heldTypes(part).some((held) => this.kindOfType(held) !== undefined),
            ));
      this.holders.set(type, holds);
    }
    return holds;
  }

  /** Some call in the body has the name of a function that gives out numeric handles. */
  private namesDescriptor(body: ts.Node): boolean {
    const visit = (node: ts.Node): boolean => {
      if (ts.isCallExpression(node)) {
        const name = this.calleeName(node);
        if (name !== undefined && this.index.descriptors.has(name)) return true;
      }
      return ts.forEachChild(node, (child) => visit(child)) ?? false;
    };
    return visit(body);
  }

  /** The kind whose values have this type, whoever made them. */
  kindOfType(type: ts.Type): ResourceKind | undefined {
    if (this.kindsByType.has(type)) return this.kindsByType.get(type);
    this.kindsByType.set(type, undefined);
    const kind = this.findKindOfType(type);
    this.kindsByType.set(type, kind);
    return kind;
  }

  private findKindOfType(type: ts.Type): ResourceKind | undefined {
    if (this.types.isPrimitive(type)) return undefined;
    const symbols = this.types.classSymbols(type);
    const { settings, off } = this.index;
    for (const symbol of symbols) {
      const declared = this.types.declaredNames(symbol);
      const own = lastName(symbol);
      const known =
        (settings && kindIn(settings, declared, own)) ?? kindIn(this.index, declared, own);
      if (known === "none") return undefined;
      if (known !== undefined) return off.has(known) ? undefined : known;
    }
    return kindOfDisposable(type, symbols, this.inference);
  }

  /** What the catalog says that a callee does with its arguments. */
  functionFact(callee: ts.Expression, name: string): FunctionFact | undefined {
    const facts = this.index.functions.get(name);
    if (facts === undefined) return undefined;
    const symbol = this.types.calleeSymbol(callee);
    if (symbol === undefined) return undefined;
    const declared = this.types.declaredNames(symbol);
    return facts.find((fact) => matchesPattern(fact, declared));
  }

  /** Everything about the symbol's module is known, so an argument is borrowed unless a fact says otherwise. */
  isClosedWorld(symbol: ts.Symbol): boolean {
    const declared = this.types.declaredNames(symbol);
    return (
      declared.length > 0 &&
      declared.every(
        (one) =>
          one.origin === "global" ||
          (one.origin === "module" && this.index.closedWorlds.has(one.module)),
      )
    );
  }

  /** The catalog knows what the call makes. */
  makesKnownResource(node: CallLike): boolean {
    return this.acquisitions(node).some(
      (one) => one.freshness === "known" && one.kind.acquire.length > 0,
    );
  }

  /** The callee is this member of the standard library, as `Array.map`. */
  isStandardMember(callee: ts.Expression, name: string): boolean {
    const symbol = this.types.calleeSymbol(callee);
    return symbol !== undefined && matchesPattern({ name }, this.types.declaredNames(symbol));
  }

  /** The declared name of what is called, renamed imports looked through without asking for a type. */
  calleeName(node: CallLike): string | undefined {
    return this.nameOfCallee(node.expression);
  }

  nameOfCallee(callee: ts.Expression): string | undefined {
    const node = skipWrappers(callee);
    if (ts.isPropertyAccessExpression(node)) return node.name.text;
    if (ts.isIdentifier(node))
      return this.importsOf(node.getSourceFile()).get(node.text) ?? node.text;
    if (node.kind === ts.SyntaxKind.SuperKeyword) return "super";
    return undefined;
  }

  private importsOf(file: ts.SourceFile): ReadonlyMap<string, string> {
    let renamed = this.renamedImports.get(file);
    if (renamed === undefined) {
      renamed = this.findRenames(file);
      this.renamedImports.set(file, renamed);
    }
    return renamed;
  }

  /** Local names of the file that stand for something declared under another name. */
  private findRenames(file: ts.SourceFile): ReadonlyMap<string, string> {
    const renamed = new Map<string, string>();
    const note = (local: ts.Identifier): void => {
      const symbol = this.types.calleeSymbol(local);
      if (symbol !== undefined && lastName(symbol) !== local.text)
        renamed.set(local.text, lastName(symbol));
    };
    for (const statement of file.statements) {
      if (ts.isImportDeclaration(statement)) {
        const bindings = statement.importClause?.namedBindings;
        if (bindings !== undefined && ts.isNamedImports(bindings)) {
          for (const element of bindings.elements) note(element.name);
        }
      } else if (ts.isVariableStatement(statement)) {
        for (const { name, initializer } of statement.declarationList.declarations) {
          if (ts.isIdentifier(name) && initializer !== undefined && isName(initializer)) note(name);
          else if (ts.isObjectBindingPattern(name)) {
            for (const element of name.elements) {
              if (element.propertyName !== undefined && ts.isIdentifier(element.name))
                note(element.name);
            }
          }
        }
      }
    }
    return renamed;
  }
}

function isName(node: ts.Expression): boolean {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node);
}

function conditionsAllow(
  acquisition: {
    readonly when?: readonly OptionCondition[];
    readonly unless?: readonly OptionCondition[];
  },
  args: readonly ts.Expression[],
): boolean {
  const when = acquisition.when ?? [];
  const unless = acquisition.unless ?? [];
  // What cannot be read counts against a report.
  return (
    when.every((condition) => optionHolds(condition, args) === true) &&
    unless.every((condition) => optionHolds(condition, args) === false)
  );
}

interface Known {
  /** It owes nothing whatever it is given, or the call meets the conditions of an acquisition. */
  readonly isDecided: boolean;
  /** What the call makes, switched-off kinds left out. */
  readonly resources: readonly RecognisedResource[];
}

/** Where a catalog is asked: for calls, or for `new`. */
type WayToAcquire = "call" | "new";

/** What a catalog says of a function or class; undefined when it does not know it. */
function knownIn(
  index: CatalogIndex,
  declared: readonly DeclaredName[],
  name: string,
  args: readonly ts.Expression[],
  way: WayToAcquire,
): Known | undefined {
  const [noDuty, acquisitions] =
    way === "call" ? [index.noDutyCalls, index.calls] : [index.noDutyTypes, index.constructions];
  if (noDuty.get(name)?.some((entry) => matchesPattern(entry, declared)) === true)
    return { isDecided: true, resources: [] };
  const known = acquisitions
    .get(name)
    ?.filter(({ acquisition }) => matchesPattern(acquisition, declared));
  if (known === undefined || known.length === 0) return undefined;
  const allowed = onceEach(known).filter(({ acquisition }) => conditionsAllow(acquisition, args));
  const resources = allowed
    .filter(({ kind }) => !index.off.has(kind))
    .flatMap(({ kind, acquisition }) => placed(kind, acquisition));
  return { isDecided: allowed.length > 0, resources };
}

/** The kind whose values have a type, `none` for a type that owes nothing, undefined when it is not known. */
function kindIn(
  index: CatalogIndex,
  declared: readonly DeclaredName[],
  name: string,
): ResourceKind | "none" | undefined {
  if (index.noDutyTypes.get(name)?.some((entry) => matchesPattern(entry, declared)) === true)
    return "none";
  const all = index.types.get(name)?.filter(({ pattern }) => matchesPattern(pattern, declared));
  // A type that two kinds share is a resource as long as one of them is on.
  return (all?.find(({ kind }) => !index.off.has(kind)) ?? all?.[0])?.kind;
}

function placed(kind: ResourceKind, { at, armed }: Acquisition): readonly RecognisedResource[] {
  const places: readonly (ResourcePlace | undefined)[] = Array.isArray(at)
    ? (at as readonly ResourcePlace[])
    : [at as ResourcePlace | undefined];
  return places.map((place) => ({
    kind,
    place,
    armed: armed ?? kind.armedBy === undefined,
    freshness: "known",
  }));
}

/** Declarations that merge, as those of the DOM and of Node, match several patterns of one kind. */
function onceEach(known: readonly KnownAcquisition[]): readonly KnownAcquisition[] {
  return known.filter(
    ({ kind, acquisition }, index) =>
      known.findIndex((one) => one.kind === kind && one.acquisition.at === acquisition.at) ===
      index,
  );
}

function lastName(symbol: ts.Symbol): string {
  return ts.unescapeLeadingUnderscores(symbol.escapedName);
}
