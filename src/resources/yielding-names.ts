/**
 * Which names a member can have whose call yields a resource.
 *
 * The type of a receiver is the dearest thing that the recognition of calls asks for, and most members
 * are called by a name that no function of the catalog has, nor any function of the program or of an
 * open package that could give out something new. Then nothing is asked.
 */
import ts from "typescript";
import { packageOf, withoutNodePrefix } from "../typescript/declared-name.ts";
import {
  type DeclaringCode,
  declaredMembers,
  modulesDeclaredIn,
} from "../typescript/declared-members.ts";
import { skipWrappers } from "../typescript/syntax.ts";
import type { Types } from "../typescript/types.ts";
import { type CatalogIndex, modulesOf } from "./catalog-index.ts";
import { mayTakeReference } from "./counted.ts";
import { mayAllocate } from "./foreign-memory.ts";
import { mayGiveOut } from "./may-give-out.ts";
import { mayHaveTags } from "./tags.ts";
import { saysItMakes, saysItWasThere } from "./verbs.ts";

export class YieldingNames {
  private readonly types: Types;
  private readonly index: CatalogIndex;
  private readonly answers = new Map<string, boolean>();
  /** Code whose declarations count: everything but what the catalog knows all about. */
  private open: readonly DeclaringCode[] | undefined;
  private byResult: boolean | undefined;
  private tellsAll: boolean | undefined;

  constructor(types: Types, index: CatalogIndex) {
    this.types = types;
    this.index = index;
  }

  /** Some package of the program has functions that yield a resource whenever they return its type. */
  get mayYieldByResult(): boolean {
    this.byResult ??= [this.index, this.index.settings].some((index) =>
      [...(index?.resultModules ?? [])].some((module) => this.types.hasModule(module)),
    );
    return this.byResult;
  }

  /** The call of a member of this name may yield a resource, whatever it is a member of. */
  has(name: string): boolean {
    let may = this.answers.get(name);
    if (may === undefined) {
      may =
        this.isKnown(name) || mayTakeReference(name) || mayAllocate(name) || this.isDeclared(name);
      this.answers.set(name, may);
    }
    return may;
  }

  /** The catalog knows a function of the name, of a module that the program has. */
  private isKnown(name: string): boolean {
    return [this.index, this.index.settings].some((index) =>
      index?.calls.get(name)?.some(({ acquisition }) => {
        const modules = modulesOf(acquisition);
        return modules.length === 0 || modules.some((module) => this.types.hasModule(module));
      }),
    );
  }

  private isDeclared(name: string): boolean {
    // What a type of JSDoc declares is no node of the tree.
    this.tellsAll ??= !this.types.program
      .getSourceFiles()
      .some((file) => !file.isDeclarationFile && isScriptWithTypes(file));
    if (!this.tellsAll || name === "default") return true;
    return this.openCode().some((code) =>
      declaredMembers(code)
        .get(name)
        ?.some((node) => this.mayYield(node, name)),
    );
  }

  private openCode(): readonly DeclaringCode[] {
    this.open ??= this.types.program.getSourceFiles().flatMap((file): readonly DeclaringCode[] => {
      if (this.types.program.isSourceFileDefaultLibrary(file)) return [];
      const modules = modulesDeclaredIn(file);
      if (mayHaveTags(file)) return [file, ...modules];
      const own = packageOf(file.fileName);
      // A script of a package declares globals, and the catalog knows all of those.
      const isOpen = own === undefined || (ts.isExternalModule(file) && this.isOpen(own));
      const open = modules.filter(({ name }) => this.isOpen(withoutNodePrefix(name.text)));
      return isOpen ? [file, ...open] : open;
    });
    return this.open;
  }

  private isOpen(module: string): boolean {
    const { closedWorlds, resultModules, settings } = this.index;
    return (
      !closedWorlds.has(module) ||
      resultModules.has(module) ||
      settings?.resultModules.has(module) === true
    );
  }

  /** What is declared under the name may yield a resource when it is called; only text and declared types are read. */
  mayYield(node: ts.Node, name: string): boolean {
    if (mayHaveTags(node.getSourceFile())) return true;
    if (ts.isGetAccessor(node) && node.body === undefined)
      return node.type !== undefined && this.mayCall(node.type, name);
    if (ts.isFunctionLike(node))
      return "body" in node && node.body !== undefined
        ? mayGiveOut(node)
        : this.mayResult(node.type, name);
    if (ts.isExpression(node)) return this.mayValue(node);
    if (ts.isPropertyAssignment(node)) return this.mayValue(node.initializer);
    if (
      ts.isPropertyDeclaration(node) ||
      ts.isPropertySignature(node) ||
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node)
    ) {
      const value = ts.isPropertySignature(node) ? undefined : node.initializer;
      if (value !== undefined && isReadAsFunction(value)) return this.mayValue(value);
      if (node.type !== undefined) return this.mayCall(node.type, name);
      return value === undefined || this.mayValue(value);
    }
    return true;
  }

  /** Calling the value may yield a resource. */
  private mayValue(value: ts.Expression): boolean {
    const node = skipWrappers(value);
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return mayGiveOut(node);
    return !(
      ts.isLiteralExpression(node) ||
      ts.isTemplateExpression(node) ||
      ts.isObjectLiteralExpression(node) ||
      ts.isArrayLiteralExpression(node) ||
      ts.isPrefixUnaryExpression(node) ||
      constants.has(node.kind)
    );
  }

  /** Calling a value of the type may yield a resource. */
  private mayCall(type: ts.TypeNode, name: string): boolean {
    if (values.has(type.kind)) return false;
    if (ts.isFunctionTypeNode(type)) return this.mayResult(type.type, name);
    const declared = this.types.declaredBy(type);
    if (this.types.isAny(declared)) return false;
    if (this.types.isChosenByCaller(declared)) return true;
    return this.types.resultsOfCalling(declared).some((result) => this.mayBeResource(result, name));
  }

  /** A function that is declared to return the type may yield a resource. */
  private mayResult(type: ts.TypeNode | undefined, name: string): boolean {
    // Without a type it is `any`.
    if (type === undefined || values.has(type.kind)) return false;
    return this.mayBeResource(this.types.declaredBy(type), name);
  }

  private mayBeResource(type: ts.Type, name: string): boolean {
    if (this.types.isAny(type) || this.types.isPrimitive(type)) return false;
    if (this.mayYieldByResult) return true;
    if (saysItWasThere(name)) return false;
    const value = this.types.awaited(type);
    // A promise of a resource is nearly always of a new one.
    if (value === type && !saysItMakes(name)) return false;
    return !this.types.constituents(value).some((part) => this.types.isTypeParameter(part));
  }
}

/** A script in which comments declare types. */
function isScriptWithTypes(file: ts.SourceFile): boolean {
  return (
    /\.[cm]?jsx?$/.test(file.fileName) && /@(?:typedef|callback|type|implements)\b/.test(file.text)
  );
}

/** The initialiser itself is what a call runs, whatever type is written. */
function isReadAsFunction(value: ts.Expression): boolean {
  const node = skipWrappers(value);
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isIdentifier(node);
}

const constants: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
]);

/** Types whose values are no resources and cannot be called. */
const values: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.VoidKeyword,
  ts.SyntaxKind.UndefinedKeyword,
  ts.SyntaxKind.NeverKeyword,
  ts.SyntaxKind.BooleanKeyword,
  ts.SyntaxKind.StringKeyword,
  ts.SyntaxKind.NumberKeyword,
  ts.SyntaxKind.BigIntKeyword,
  ts.SyntaxKind.SymbolKeyword,
  ts.SyntaxKind.AnyKeyword,
  ts.SyntaxKind.UnknownKeyword,
  ts.SyntaxKind.LiteralType,
  ts.SyntaxKind.TemplateLiteralType,
  ts.SyntaxKind.TypePredicate,
  ts.SyntaxKind.ArrayType,
  ts.SyntaxKind.TupleType,
]);
