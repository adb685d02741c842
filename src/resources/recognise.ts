/**
 * What a call or `new` acquires, in the order of evidence: catalog (a resource, or explicitly none),
 * then the type of the value, then a class of the program that owns resources.
 */
import ts from "typescript";
import { nodesIn } from "../typescript/nodes-in-file.ts";
import { type DeclaredName, ownName } from "../typescript/declared-name.ts";
import { skipWrappers, someInside } from "../typescript/syntax.ts";
import { type Types } from "../typescript/types.ts";
import { byResult, kindIn, knownIn, type WayToAcquire } from "./ask-catalog.ts";
import {
  type CatalogIndex,
  lastPart,
  matchesPattern,
  modulesOf,
  namesOf,
} from "./catalog-index.ts";
import {
  isRetainingName,
  kindOfCounted,
  kindOfTaken,
  kindOfTakingFunction,
  startsTaken,
} from "./counted.ts";
import { kindOfAllocated, mayAllocate } from "./foreign-memory.ts";
import {
  type Inference,
  isReleaseName,
  kindOfDisposable,
  kindOfReleasedClass,
  kindOfTag,
} from "./infer-kind.ts";
import { kindOfGenerator } from "./generator-kind.ts";
import type {
  Acquisition,
  DeclarationPattern,
  FunctionFact,
  ResourceKind,
  ResourcePlace,
} from "./kind.ts";
import { mayGiveOut } from "./may-give-out.ts";
import { returnsFunctions } from "./returns-functions.ts";
import { mustCallOf, type Ownership, ownershipOf, ownershipOfArgument } from "./tags.ts";
import { saysItMakes, saysItWasThere } from "./verbs.ts";
import { YieldingNames } from "./yielding-names.ts";

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
  /** The entry of the catalog that says so. */
  readonly acquisition?: Acquisition;
  /** The receiver of the call is another name of it: one more reference was taken of the receiver. */
  readonly ofReceiver?: true;
}

/** `client.subscribe({ max: 1, callback: draw });`: an option beside the listener may say when it ends. */
function mayEndByOptions(node: ts.CallExpression): boolean {
  if (!ts.isExpressionStatement(node.parent)) return false;
  return node.arguments.some((argument) => {
    const value = skipWrappers(argument);
    if (!ts.isObjectLiteralExpression(value) || value.properties.length < 2) return false;
    return value.properties.some((one) => {
      if (!ts.isPropertyAssignment(one)) return ts.isMethodDeclaration(one);
      const given = skipWrappers(one.initializer);
      return ts.isArrowFunction(given) || ts.isFunctionExpression(given);
    });
  });
}

export class Recogniser {
  readonly index: CatalogIndex;
  private readonly types: Types;
  private readonly inference: Inference;
  private readonly yielding: YieldingNames;
  private readonly calls = new WeakMap<CallLike, readonly Recognised[]>();
  private readonly released = new WeakMap<ts.SourceFile, ReadonlySet<ts.Symbol>>();
  private readonly holders = new Map<ts.Type, boolean>();
  private readonly kindsByType = new Map<ts.Type, ResourceKind | undefined>();
  private readonly releasedClasses = new Map<ts.Type, ResourceKind | "none">();
  private readonly renamedImports = new WeakMap<ts.SourceFile, ReadonlyMap<string, string>>();

  constructor(types: Types, index: CatalogIndex) {
    this.types = types;
    this.index = index;
    this.yielding = new YieldingNames(types, index);
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
    if (ts.isNewExpression(node)) return this.construction(node);
    const isMember = ts.isPropertyAccessExpression(skipWrappers(node.expression));
    return isMember && !this.yielding.has(name) ? [] : this.call(node, name);
  }

  private construction(node: ts.NewExpression): readonly Recognised[] {
    const type = this.types.instanceType(node.expression) ?? this.types.typeOf(node);
    if (this.types.isAny(type)) return [];
    const args = node.arguments ?? [];
    for (const symbol of this.types.classSymbols(type)) {
      const names = this.types.declaredNames(symbol);
      const told = this.saidBySettings(names, ownName(symbol), args, "new");
      if (told !== undefined) return told;
      const tagged = mustCallOf(symbol);
      if (tagged !== undefined) return [fresh(kindOfTag(type, tagged, this.types))];
      const known = knownIn(this.index, names, ownName(symbol), args, "new");
      if (known !== undefined) return known.resources;
    }
    const kind = this.kindOfType(type) ?? this.kindOfReleasedClass(node, type);
    if (kind?.counted === true && !this.startsTaken(type)) return [];
    if (kind?.wraps === true && !args.some((argument) => this.isFresh(argument))) return [];
    return kind === undefined
      ? []
      : [{ kind, place: undefined, armed: kind.armedBy === undefined, freshness: "known" }];
  }

  private startsTaken(type: ts.Type): boolean {
    const [own] = this.types.classSymbols(type);
    return own?.declarations?.some((one) => ts.isClassLike(one) && startsTaken(one)) === true;
  }

  /**
   * What the settings say of a function or class; undefined when they say nothing. What they say
   * under conditions that the call does not meet they do not say.
   */
  private saidBySettings(
    declared: readonly DeclaredName[],
    name: string,
    args: readonly ts.Expression[],
    way: WayToAcquire,
  ): readonly RecognisedResource[] | undefined {
    const { settings } = this.index;
    const told = settings && knownIn(settings, declared, name, args, way);
    return told?.isDecided === true ? told.resources : undefined;
  }

  /** What the tags of a function say of its result; undefined when they say nothing. */
  private saidByTags(
    symbol: ts.Symbol,
    node: ts.CallExpression,
  ): readonly RecognisedResource[] | undefined {
    const own = ownershipOf(symbol);
    if (own === "notOwning") return [];
    const names = mustCallOf(symbol);
    if (own === undefined && names === undefined) return undefined;
    const type = this.types.valueType(node);
    const kind = names === undefined ? this.kindOfType(type) : kindOfTag(type, names, this.types);
    // What is owned and is no resource need not be released.
    return kind === undefined ? [] : [fresh(kind)];
  }

  /** What a tag says of the argument that a callee is given; the settings go before it. */
  ownershipOfArgument(callee: ts.Expression, name: string, index: number): Ownership | undefined {
    const symbol = this.types.calleeSymbol(callee);
    const own = symbol && ownershipOfArgument(symbol, index);
    if (symbol === undefined || own === undefined) return undefined;
    const declared = this.types.declaredNames(symbol);
    const facts = this.index.settings?.functions.get(name);
    return facts?.some((fact) => matchesPattern(fact, declared)) === true ? undefined : own;
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
    const [own] = this.types.classSymbols(type);
    if (own === undefined || !this.releasedIn(node.getSourceFile()).has(own)) return undefined;
    return this.kindOfInstances(type);
  }

  /** What the instances of a class are, where something else than its name says that they are released. */
  kindOfInstances(type: ts.Type): ResourceKind | undefined {
    const [own] = this.types.classSymbols(type);
    const declaration = own?.declarations?.find(ts.isClassLike);
    if (declaration === undefined) return undefined;
    let kind = this.releasedClasses.get(type);
    if (kind === undefined) {
      kind = kindOfReleasedClass(type, declaration, this.inference) ?? "none";
      this.releasedClasses.set(type, kind);
    }
    return kind === "none" ? undefined : kind;
  }

  /** The classes of which a file calls a member that looks like a release. */
  private releasedIn(file: ts.SourceFile): ReadonlySet<ts.Symbol> {
    let released = this.released.get(file);
    if (released === undefined) {
      const found = new Set<ts.Symbol>();
      for (const { kind, expression: callee } of nodesIn(file).calls) {
        if (kind !== ts.SyntaxKind.CallExpression || !ts.isPropertyAccessExpression(callee))
          continue;
        if (!isReleaseName(callee.name.text)) continue;
        const receiver = this.types.valueType(callee.expression);
        for (const symbol of this.types.classSymbols(receiver)) found.add(symbol);
      }
      released = found;
      this.released.set(file, released);
    }
    return released;
  }

  private call(node: ts.CallExpression, name: string): readonly Recognised[] {
    const symbol = this.types.calleeSymbol(node.expression);
    if (symbol === undefined) return [];
    const declared = this.types.declaredNames(symbol);
    const told = this.saidBySettings(declared, name, node.arguments, "call");
    if (told !== undefined) return told.filter((one) => this.hasRightType(node, one));
    const tagged = this.saidByTags(symbol, node);
    if (tagged !== undefined) return tagged;
    const known = knownIn(this.index, declared, name, node.arguments, "call");
    if (known !== undefined) return known.resources.filter((one) => this.hasRightType(node, one));
    const isClosed = this.isClosedWorld(symbol);
    if (isClosed && !(this.yielding.mayYieldByResult && this.isOfResultModule(symbol))) return [];
    const made = this.madeByResult(node, name, symbol);
    if (made !== undefined) return made;
    if (isClosed) return [];
    const counted = this.countedReference(node, name, symbol);
    if (counted !== undefined) return counted;
    const memory = kindOfAllocated(node, name, symbol, this.types);
    if (memory !== undefined) return [fresh(memory)];
    const bodies = this.types.implementations(node.expression, false);
    if (bodies.length > 0) return this.programCall(node, bodies);
    if (saysItWasThere(name) || mayEndByOptions(node)) return [];
    const declarations = symbol.declarations ?? [];
    // What is declared without a type has the type that the call has.
    if (
      declarations.length > 0 &&
      !declarations.some((declaration) => this.yielding.mayYield(declaration, name))
    )
      return [];
    const plain = this.types.typeOf(node);
    if (!saysItMakes(name) && this.types.awaited(plain) === plain) return [];
    const type = this.types.valueType(node);
    if (this.types.isAny(type)) return [];
    const kind = this.kindOfType(type);
    if (kind === undefined || this.types.isPassedThrough(node)) return [];
    return [{ kind, place: undefined, armed: true, freshness: "named" }];
  }

  /** What a function without a body makes, where the type of its result says that it makes something. */
  private madeByResult(
    node: ts.CallExpression,
    name: string,
    symbol: ts.Symbol,
  ): readonly RecognisedResource[] | undefined {
    if (!this.yielding.mayYieldByResult) return undefined;
    if (saysItWasThere(name) || this.types.implementations(node.expression, false).length > 0)
      return undefined;
    const type = this.types.valueType(node);
    if (this.types.isAny(type)) return undefined;
    const kind = this.kindOfType(type);
    const found = kind?.acquire.find((one) => one.by === "result");
    if (kind === undefined || found === undefined) return undefined;
    if (this.functionFact(node.expression, name)?.returns !== undefined) return [];
    const isOwn = this.types
      .declaredNames(symbol)
      .some((one) => one.origin === "module" && modulesOf(found).includes(one.module));
    if (!isOwn && this.types.isPassedThrough(node)) return [];
    return byResult(kind, found, node.arguments);
  }

  private isOfResultModule(symbol: ts.Symbol): boolean {
    const { resultModules, settings } = this.index;
    return this.types
      .declaredNames(symbol)
      .some(
        ({ origin, module }) =>
          origin === "module" &&
          (resultModules.has(module) || settings?.resultModules.has(module) === true),
      );
  }

  private hasRightType(
    node: ts.CallExpression,
    { kind, acquisition }: RecognisedResource,
  ): boolean {
    return acquisition?.typed !== true || this.kindOfType(this.types.valueType(node)) === kind;
  }

  /** One more reference of a counted value. */
  private countedReference(
    node: ts.CallExpression,
    name: string,
    symbol: ts.Symbol,
  ): readonly RecognisedResource[] | undefined {
    const callee = skipWrappers(node.expression);
    if (isRetainingName(name)) {
      const kind = kindOfCounted(this.types.valueType(node), this.types);
      return kind && [fresh(kind)];
    }
    const taken =
      ts.isPropertyAccessExpression(callee) &&
      kindOfTaken(node, callee.expression, name, this.types);
    if (taken) return [{ ...fresh(taken), ofReceiver: true }];
    const kind = kindOfTakingFunction(symbol, this.types);
    return kind && [fresh(kind)];
  }

  /** The kind that calling a function makes which has only a declaration; undefined where nothing says so. */
  madeByDeclared(callee: ts.Expression): ResourceKind | undefined {
    const symbol = this.types.calleeSymbol(callee);
    const name = this.nameOfCallee(callee);
    if (symbol === undefined || name === undefined || saysItWasThere(name)) return undefined;
    const declared = this.types.declaredNames(symbol);
    const known =
      this.saidBySettings(declared, name, [], "call") ??
      knownIn(this.index, declared, name, [], "call")?.resources;
    if (known !== undefined) {
      const [made] = known;
      const isPlain =
        made !== undefined &&
        "kind" in made &&
        made.place === undefined &&
        made.armed &&
        made.acquisition?.typed !== true;
      return isPlain ? made.kind : undefined;
    }
    if (this.isClosedWorld(symbol) || !saysItMakes(name)) return undefined;
    const type = this.types.resultOfCalling(callee);
    return type && this.kindOfType(type);
  }

  private programCall(
    node: ts.CallExpression,
    bodies: readonly ts.FunctionLikeDeclaration[],
  ): readonly Recognised[] {
    if (!bodies.some(mayGiveOut)) return [];
    const generator = bodies.map(kindOfGenerator).find((kind) => kind !== undefined);
    if (generator !== undefined) {
      return [{ kind: generator, place: undefined, armed: false, freshness: "known" }];
    }
    // A function that is returned, by itself or in an object, may be the only one who can release.
    if (bodies.some(returnsFunctions)) return [{ freshness: "body" }];
    return this.mayMakeResource(node, bodies) ? [{ freshness: "body" }] : [];
  }

  private mayMakeResource(
    node: ts.CallExpression,
    bodies: readonly ts.FunctionLikeDeclaration[],
  ): boolean {
    const makesDescriptor = (): boolean => bodies.some((body) => this.namesDescriptor(body));
    if (bodies.every(({ type }) => type?.kind === ts.SyntaxKind.NumberKeyword))
      return makesDescriptor();
    const [only, ...others] = bodies;
    const declared =
      others.length === 0 ? this.types.resultOfAnyCall(node.expression, only) : undefined;
    const type = declared ?? this.types.valueType(node);
    if (this.types.isNumber(type)) return makesDescriptor();
    if (this.mayHoldResource(type)) return true;
    return this.owesByOrigin(type) && bodies.some((body) => this.namesMaker(body));
  }

  /** The type alone owes nothing, as that of a timer: it is asked which function made the value. */
  private owesByOrigin(type: ts.Type): boolean {
    return this.types
      .classSymbols(type)
      .some(
        (symbol) =>
          kindIn(this.index, this.types.declaredNames(symbol), ownName(symbol)) === "none",
      );
  }

  /**
   * Some call in the body has the name of a function that is known to make something. What passes on
   * whatever it is given stands for that function, and so will another one for its release.
   */
  private namesMaker(body: ts.Node): boolean {
    return someInside(body, (node) => {
      if (!ts.isCallExpression(node) || node.arguments.some(ts.isSpreadElement)) return false;
      const name = this.calleeName(node);
      return name !== undefined && this.index.calls.has(name);
    });
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
        if (name !== undefined && (this.index.descriptors.has(name) || mayAllocate(name)))
          return true;
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
    for (const [depth, symbol] of symbols.entries()) {
      const declared = this.types.declaredNames(symbol);
      const own = ownName(symbol);
      const told = settings && kindIn(settings, declared, own);
      const tagged = told === undefined ? mustCallOf(symbol) : undefined;
      if (tagged !== undefined) return kindOfTag(type, tagged, this.types);
      const known = told ?? kindIn(this.index, declared, own);
      if (known === "none") return undefined;
      if (known === undefined) continue;
      if (depth > 0 && this.isAnyDisposable(symbol, known)) continue;
      return off.has(known) ? undefined : known;
    }
    return kindOfDisposable(type, symbols, this.inference) ?? kindOfCounted(type, this.types);
  }

  /**
   * The type has nothing but its release, and what its values are is known from the functions that
   * return it. It says nothing of the types that extend it: they are other things with a release.
   */
  private isAnyDisposable(symbol: ts.Symbol, kind: ResourceKind): boolean {
    const [first, ...others] = new Set(kind.acquire.map(({ by }) => by));
    if (first !== "result" || others.length > 0) return false;
    const releasing = kind.release.map((release) => ("method" in release ? release.method : ""));
    return [...(symbol.members?.keys() ?? [])].every(
      (name) =>
        name === ts.InternalSymbolName.Constructor ||
        releasing.includes(ts.unescapeLeadingUnderscores(name)),
    );
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

  /** The callee is what the pattern names, under whatever local name. */
  isNamedBy(pattern: DeclarationPattern, callee: ts.Expression, name: string): boolean {
    if (!namesOf(pattern).some((one) => lastPart(one) === name)) return false;
    const symbol = this.types.calleeSymbol(callee);
    return symbol !== undefined && matchesPattern(pattern, this.types.declaredNames(symbol));
  }

  /** The callee is this member of the standard library, as `Array.map`. */
  isStandardMember(callee: ts.Expression, name: string | readonly string[]): boolean {
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
      if (symbol !== undefined && ownName(symbol) !== local.text)
        renamed.set(local.text, ownName(symbol));
    };
    for (const statement of file.statements) {
      if (ts.isImportEqualsDeclaration(statement)) note(statement.name);
      else if (ts.isImportDeclaration(statement)) {
        const { name, namedBindings: bindings } = statement.importClause ?? {};
        if (name !== undefined) note(name);
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

/** The result itself is a new resource. */
function fresh(kind: ResourceKind): RecognisedResource {
  return { kind, place: undefined, armed: true, freshness: "known" };
}
