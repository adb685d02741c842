/**
 * The only door to the type checker: symbols, types and signatures of a program.
 *
 * Everything is asked lazily and answered from caches where one answer serves many nodes. `undefined`
 * means "cannot be told": an unresolved import, an `any`, a syntax error.
 */
import ts from "typescript";
import * as tsutils from "ts-api-utils";
import { modulesDeclaredIn } from "./declared-members.ts";
import { type DeclaredName, declaredNames, packageOf, withoutNodePrefix } from "./declared-name.ts";
import { namesReturningNever } from "./never-names.ts";
import { resultOfConstructing, resultOfEveryCall, resultsOf } from "./results-of-calls.ts";
import { isConstant, skipWrappers } from "./syntax.ts";

export class Types {
  readonly program: ts.Program;
  private readonly checker: ts.TypeChecker;
  private readonly disposeCache = new WeakMap<ts.Type, DisposeSymbols>();
  private readonly symbolCache = new WeakMap<ts.Node, ts.Symbol | false>();
  private moduleNames: ReadonlySet<string> | undefined;
  private readonly nameCache = new WeakMap<ts.Symbol, readonly DeclaredName[]>();

  constructor(program: ts.Program) {
    this.program = program;
    this.checker = program.getTypeChecker();
  }

  /** The symbol a name refers to, imports and shorthand properties looked through. */
  symbolAt(node: ts.Node): ts.Symbol | undefined {
    let symbol = this.symbolCache.get(node);
    if (symbol === undefined) {
      symbol = this.findSymbol(node) ?? false;
      this.symbolCache.set(node, symbol);
    }
    return symbol === false ? undefined : symbol;
  }

  private findSymbol(node: ts.Node): ts.Symbol | undefined {
    if (ts.isIdentifier(node) && ts.isShorthandPropertyAssignment(node.parent)) {
      const value = this.checker.getShorthandAssignmentValueSymbol(node.parent);
      return value && this.resolveAlias(value);
    }
    const symbol = this.checker.getSymbolAtLocation(node);
    return symbol && this.resolveAlias(symbol);
  }

  /** The symbol of what a call calls or a `new` constructs. */
  calleeSymbol(callee: ts.Expression): ts.Symbol | undefined {
    const node = skipWrappers(callee);
    // The checker throws where it is asked what `import.defer` is, which only exists as a call.
    if (ts.isMetaProperty(node)) return undefined;
    if (ts.isPropertyAccessExpression(node)) return this.symbolAt(node.name);
    if (ts.isElementAccessExpression(node)) {
      return this.disposeMember(node) ?? this.symbolAt(node.argumentExpression);
    }
    const symbol = this.symbolAt(node);
    return symbol && this.throughConstants(symbol);
  }

  /** The member that `value[Symbol.dispose]` names. */
  private disposeMember(node: ts.ElementAccessExpression): ts.Symbol | undefined {
    const key = /^Symbol\.(dispose|asyncDispose)$/.exec(node.argumentExpression.getText())?.[1];
    if (key !== "dispose" && key !== "asyncDispose") return undefined;
    return tsutils.getWellKnownSymbolPropertyOfType(
      this.typeOf(node.expression),
      key,
      this.checker,
    );
  }

  /** What a constant names: `const shut = closeSync` and `const { watch } = fs` are other names for functions. */
  private throughConstants(symbol: ts.Symbol): ts.Symbol {
    let current = symbol;
    for (let steps = 0; steps < maximalRenames; steps++) {
      const declaration = current.valueDeclaration;
      const next = declaration && this.renamed(declaration);
      if (next === undefined || next === current) break;
      current = next;
    }
    return current;
  }

  private renamed(declaration: ts.Declaration): ts.Symbol | undefined {
    if (ts.isVariableDeclaration(declaration)) {
      const value = declaration.initializer && skipWrappers(declaration.initializer);
      if (value === undefined || !isConstant(declaration)) return undefined;
      if (ts.isIdentifier(value)) return this.symbolAt(value);
      return ts.isPropertyAccessExpression(value) ? this.symbolAt(value.name) : undefined;
    }
    if (!ts.isBindingElement(declaration) || !ts.isObjectBindingPattern(declaration.parent))
      return undefined;
    const owner = declaration.parent.parent;
    if (!ts.isVariableDeclaration(owner) || owner.initializer === undefined || !isConstant(owner))
      return undefined;
    const key = declaration.propertyName ?? declaration.name;
    if (!ts.isIdentifier(key)) return undefined;
    const member = this.checker.getPropertyOfType(this.typeOf(owner.initializer), key.text);
    return member && this.resolveAlias(member);
  }

  /** Where and under which names a symbol is declared; several when declarations merge. */
  declaredNames(symbol: ts.Symbol): readonly DeclaredName[] {
    let names = this.nameCache.get(symbol);
    if (names === undefined) {
      names = declaredNames(symbol, this.program);
      this.nameCache.set(symbol, names);
    }
    return names;
  }

  typeOf(node: ts.Node): ts.Type {
    return this.checker.getTypeAtLocation(node);
  }

  /** The type behind every promise around `type`. */
  awaited(type: ts.Type): ts.Type {
    return this.checker.getAwaitedType(type) ?? type;
  }

  /** The type of an expression, promises unwrapped and `null`, `undefined` left out. */
  valueType(node: ts.Expression): ts.Type {
    return this.checker.getNonNullableType(this.awaited(this.typeOf(node)));
  }

  /** The type without `null` and `undefined`. */
  nonNullable(type: ts.Type): ts.Type {
    return this.checker.getNonNullableType(type);
  }

  isPromiseType(type: ts.Type): boolean {
    return this.awaited(this.nonNullable(type)) !== this.nonNullable(type);
  }

  isPromise(expression: ts.Expression): boolean {
    const said = ts.isCallExpression(expression) ? this.givesPromise(expression) : undefined;
    if (said !== undefined) return said;
    const type = this.typeOf(expression);
    return tsutils.isThenableType(this.checker, expression, type);
  }

  /** Whether a call gives a promise, whatever its arguments are; undefined where that depends on them. */
  private givesPromise(call: ts.CallExpression): boolean | undefined {
    const symbol = this.calleeSymbol(call.expression);
    const results = symbol && resultsOf(symbol, this.checker);
    const isTold = results?.every((one) => !this.mayBeAnything(one));
    if (results === undefined || isTold !== true) return undefined;
    const [first, ...others] = results.map((one) =>
      tsutils.isThenableType(this.checker, call, one),
    );
    return others.every((one) => one === first) ? first : undefined;
  }

  private mayBeAnything(type: ts.Type): boolean {
    return this.isAny(type) || this.constituents(type).some((part) => this.isChosenByCaller(part));
  }

  /** The class or interface symbols a type is an instance of, bases included, nearest first. */
  classSymbols(type: ts.Type): readonly ts.Symbol[] {
    const found = new Set<ts.Symbol>();
    const queue: ts.Type[] = [type];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (next.aliasSymbol !== undefined && !next.isUnion())
        found.add(this.resolveAlias(next.aliasSymbol));
      if (next.isUnionOrIntersection()) {
        queue.push(...next.types);
        continue;
      }
      const symbol = next.getSymbol();
      if (symbol === undefined || found.has(symbol)) continue;
      found.add(symbol);
      queue.push(...this.baseTypes(next));
      for (const declaration of symbol.declarations ?? []) {
        if (!ts.isClassLike(declaration)) continue;
        for (const clause of declaration.heritageClauses ?? []) {
          if (clause.token === ts.SyntaxKind.ImplementsKeyword) {
            for (const implemented of clause.types)
              queue.push(this.checker.getTypeAtLocation(implemented));
          }
        }
      }
    }
    return [...found];
  }

  private baseTypes(type: ts.Type): readonly ts.Type[] {
    const target = tsutils.isTypeReference(type) ? type.target : type;
    return target.isClassOrInterface() ? this.checker.getBaseTypes(target) : [];
  }

  /** The constituents of a union, or the type itself. */
  constituents(type: ts.Type): readonly ts.Type[] {
    return tsutils.unionConstituents(type);
  }

  /** Which of the dispose symbols a type carries. */
  disposeSymbols(type: ts.Type): DisposeSymbols {
    let symbols = this.disposeCache.get(type);
    if (symbols === undefined) {
      symbols = {
        dispose:
          tsutils.getWellKnownSymbolPropertyOfType(type, "dispose", this.checker) !== undefined,
        asyncDispose:
          tsutils.getWellKnownSymbolPropertyOfType(type, "asyncDispose", this.checker) !==
          undefined,
      };
      this.disposeCache.set(type, symbols);
    }
    return symbols;
  }

  /** The type can be driven by `for … of` or `for await … of`. */
  isIterable(type: ts.Type): boolean {
    return (
      tsutils.getWellKnownSymbolPropertyOfType(type, "iterator", this.checker) !== undefined ||
      tsutils.getWellKnownSymbolPropertyOfType(type, "asyncIterator", this.checker) !== undefined
    );
  }

  /** A type that the caller chooses: `T`, `Awaited<T>`, and without `null` an intersection. */
  isChosenByCaller(type: ts.Type): boolean {
    if (type.isIntersection()) return type.types.some((part) => this.isChosenByCaller(part));
    return (type.flags & ts.TypeFlags.InstantiableNonPrimitive) !== 0;
  }

  /** A type with a fixed number of values: literals, an enum, booleans, `null`, and unions of these. */
  isFinite(type: ts.Type): boolean {
    const finite =
      ts.TypeFlags.Literal |
      ts.TypeFlags.Enum |
      ts.TypeFlags.UniqueESSymbol |
      ts.TypeFlags.Null |
      ts.TypeFlags.Undefined;
    return this.constituents(type).every((part) => {
      // `keyof T` and `T extends "a" | "b"` are as wide as what they may be.
      const wide = this.isChosenByCaller(part) ? this.checker.getBaseConstraintOfType(part) : part;
      if (wide === undefined || wide === part) return (part.flags & finite) !== 0;
      return this.isFinite(wide);
    });
  }

  /** A parameter of a type, `this` as a type included. */
  isTypeParameter(type: ts.Type): boolean {
    return (type.flags & ts.TypeFlags.TypeParameter) !== 0;
  }

  /** The type that is written. */
  declaredBy(node: ts.TypeNode): ts.Type {
    return this.checker.getTypeFromTypeNode(node);
  }

  /** What calls of a value of the type give. */
  resultsOfCalling(type: ts.Type): readonly ts.Type[] {
    return this.checker
      .getNonNullableType(type)
      .getCallSignatures()
      .map((signature) => signature.getReturnType());
  }

  /** The program has declarations of a package or ambient module, or a file of this name. */
  hasModule(name: string): boolean {
    this.moduleNames ??= modulesOf(this.program);
    return this.moduleNames.has(name);
  }

  /**
   * What `new` makes of a class, whatever it is given; undefined when that depends on the call. The
   * arguments of the call, which are dear, are not looked at, so that what is generic in the standard
   * library stays so.
   */
  instanceType(constructed: ts.Expression): ts.Type | undefined {
    const symbol = this.calleeSymbol(constructed);
    const declaration = symbol?.valueDeclaration;
    if (symbol === undefined || declaration === undefined) return undefined;
    if (this.program.isSourceFileDefaultLibrary(declaration.getSourceFile()))
      return resultOfConstructing(symbol, this.checker);
    if (!ts.isClassLike(declaration)) return undefined;
    const type = this.checker.getDeclaredTypeOfSymbol(symbol);
    return type.isClass() && type.typeParameters === undefined ? type : undefined;
  }

  /**
   * The value of every call of a function, promises unwrapped and `null` left out; undefined when that
   * depends on the call. The arguments of the call are not looked at.
   *
   * @param body the only function with a body that the callee names
   */
  resultOfAnyCall(
    callee: ts.Expression,
    body: ts.FunctionLikeDeclaration | undefined,
  ): ts.Type | undefined {
    if (body === undefined || body.typeParameters !== undefined) return undefined;
    if (!ts.isFunctionDeclaration(body) && !ts.isMethodDeclaration(body)) return undefined;
    const { parent } = body;
    if (ts.isObjectLiteralExpression(parent)) return undefined;
    if (ts.isClassLike(parent) && parent.typeParameters !== undefined) return undefined;
    if (ts.isMethodDeclaration(body) && mentionsThis(body.type ?? body.body)) return undefined;
    if (this.calleeSymbol(callee)?.declarations?.length !== 1) return undefined;
    return this.resultOf(body);
  }

  /** The type of a call, its arguments looked at only where they decide. */
  private typeOfCall(call: ts.CallExpression): ts.Type {
    const symbol = ts.isOptionalChain(call) ? undefined : this.calleeSymbol(call.expression);
    return (symbol && resultOfEveryCall(symbol, this.checker)) ?? this.typeOf(call);
  }

  /** The type of a class, as a value. */
  isConstructible(type: ts.Type): boolean {
    return type.getConstructSignatures().length > 0;
  }

  isBoolean(type: ts.Type): boolean {
    return this.constituents(type).every((part) => (part.flags & ts.TypeFlags.BooleanLike) !== 0);
  }

  isNumber(type: ts.Type): boolean {
    return (type.flags & ts.TypeFlags.NumberLike) !== 0;
  }

  isAny(type: ts.Type): boolean {
    return (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
  }

  isPrimitive(type: ts.Type): boolean {
    return this.constituents(type).every(
      (part) =>
        (part.flags &
          (ts.TypeFlags.StringLike |
            ts.TypeFlags.NumberLike |
            ts.TypeFlags.BooleanLike |
            ts.TypeFlags.BigIntLike |
            ts.TypeFlags.ESSymbolLike |
            ts.TypeFlags.VoidLike |
            ts.TypeFlags.Null |
            ts.TypeFlags.Never)) !==
        0,
    );
  }

  /** The members of a small object type or tuple, as a holder of resources would have them. */
  heldTypes(type: ts.Type): readonly ts.Type[] {
    if (this.checker.isArrayType(type) || this.checker.isTupleType(type))
      return this.checker.getTypeArguments(type as ts.TypeReference);
    const members = this.checker.getPropertiesOfType(type);
    if (members.length > maximalMembers) return [];
    return members.map((member) =>
      this.checker.getNonNullableType(this.awaited(this.checker.getTypeOfSymbol(member))),
    );
  }

  /** The type of a member, with its promise unwrapped. */
  memberType(type: ts.Type, name: string): ts.Type | undefined {
    const member = this.checker.getPropertyOfType(type, name);
    if (member !== undefined)
      return this.checker.getNonNullableType(this.awaited(this.checker.getTypeOfSymbol(member)));
    return this.checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  }

  /** A function literal stands where only functions without a result are expected. */
  isExpectedToReturnNothing(literal: ts.Expression): boolean {
    const expected = this.checker.getContextualType(literal);
    const signatures = expected?.getCallSignatures() ?? [];
    return (
      signatures.length > 0 &&
      signatures.every((signature) => (signature.getReturnType().flags & ts.TypeFlags.Void) !== 0)
    );
  }

  /** The expression is `Symbol.dispose` or `Symbol.asyncDispose`, under whatever name. */
  isDisposeKey(key: ts.Expression): boolean {
    if (/^Symbol\.(?:dispose|asyncDispose)$/.test(key.getText())) return true;
    const type = this.typeOf(key);
    if ((type.flags & ts.TypeFlags.UniqueESSymbol) === 0) return false;
    return /^(?:dispose|asyncDispose)$/.test(type.symbol.name);
  }

  /** The text or number that an expression is by its type: a literal, a constant, a member of an enum. */
  literalText(expression: ts.Expression): string | undefined {
    const type = this.typeOf(expression);
    return type.isStringLiteral() || type.isNumberLiteral() ? String(type.value) : undefined;
  }

  /** Every value of the type is an object or a function. */
  isObject(type: ts.Type): boolean {
    return this.constituents(type).every((part) => (part.flags & ts.TypeFlags.Object) !== 0);
  }

  isCallable(type: ts.Type): boolean {
    return type.getCallSignatures().length > 0;
  }

  /** The declared result of a function is a type parameter, or an argument has the very same type. */
  isPassedThrough(call: ts.CallExpression): boolean {
    const result = this.valueType(call);
    if (call.arguments.some((argument) => this.valueType(argument) === result)) return true;
    const declared = this.checker.getResolvedSignature(call)?.declaration;
    if (declared?.type === undefined || !ts.isTypeNode(declared.type)) return false;
    const type = this.awaited(this.checker.getTypeFromTypeNode(declared.type));
    return this.constituents(type).some((part) => (part.flags & ts.TypeFlags.TypeParameter) !== 0);
  }

  /** Declared by the language: not by the DOM, by Node, or by the program. */
  isOfLanguage(symbol: ts.Symbol): boolean {
    const files = symbol.declarations?.map((one) => one.getSourceFile()) ?? [];
    // Node's types add to the globals of the language.
    return files.some(
      (file) =>
        this.program.isSourceFileDefaultLibrary(file) &&
        /\/lib\.(?:es|decorators)/.test(file.fileName),
    );
  }

  /** The declaration is source of the program, not of a package. */
  isOfProgram(declaration: ts.Node): boolean {
    const file = declaration.getSourceFile();
    return !file.isDeclarationFile && packageOf(file.fileName) === undefined;
  }

  /** The named member of a type, as its symbol. */
  member(type: ts.Type, name: string): ts.Symbol | undefined {
    return this.checker.getPropertyOfType(type, name);
  }

  /** By its type a value has no member of this name: nothing generic, and no key is left open. */
  cannotHave(type: ts.Type, name: string): boolean {
    return this.constituents(type).every(
      (part) =>
        (part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Undefined)) !== 0 &&
        this.checker.getPropertiesOfType(part).length > 0 &&
        this.checker.getPropertyOfType(part, name) === undefined &&
        this.checker.getIndexInfosOfType(part).length === 0,
    );
  }

  /** The signature declares a type predicate (`x is T`). */
  isTypeGuard(call: ts.CallExpression): boolean {
    const signature = this.checker.getResolvedSignature(call);
    return (
      signature !== undefined && this.checker.getTypePredicateOfSignature(signature) !== undefined
    );
  }

  /** The labels of a `switch` name every member of the literal union that its subject is. */
  coversSubject(statement: ts.SwitchStatement): boolean {
    const subject = this.constituents(this.typeOf(statement.expression));
    if (
      !subject.every((part) => part.isLiteral() || (part.flags & ts.TypeFlags.BooleanLiteral) !== 0)
    )
      return false;
    const labels = new Set(
      statement.caseBlock.clauses.flatMap((clause) =>
        ts.isCaseClause(clause) ? [this.typeOf(clause.expression)] : [],
      ),
    );
    return subject.every((part) => [...labels].some((label) => sameLiteral(label, part)));
  }

  /** A member of another name never does; of a plain name it is cheap to ask. */
  mayReturnNever({ expression }: ts.CallExpression): boolean {
    const callee = skipWrappers(expression);
    return (
      !ts.isPropertyAccessExpression(callee) ||
      namesReturningNever(this.program).has(callee.name.text)
    );
  }

  /** The callee is declared to return `never`; only its declaration is read. */
  returnsNever(call: ts.CallExpression): boolean {
    const declarations = this.calleeSymbol(call.expression)?.declarations ?? [];
    return declarations.some(
      (declaration) =>
        ts.isFunctionLike(declaration) && declaration.type?.kind === ts.SyntaxKind.NeverKeyword,
    );
  }

  /** The method is declared to return `this`, so its result is its receiver. */
  returnsThis(call: ts.CallExpression): boolean {
    const callee = skipWrappers(call.expression);
    if (!ts.isPropertyAccessExpression(callee)) return false;
    const declarations = this.calleeSymbol(callee)?.declarations ?? [];
    const declared = declarations.filter((declaration) => ts.isFunctionLike(declaration));
    if (declared.some((declaration) => declaration.type?.kind === ts.SyntaxKind.ThisType))
      return true;
    if (
      declared.some(
        (declaration) => declaration.type !== undefined && ts.isTypePredicateNode(declaration.type),
      )
    ) {
      return false;
    }
    // Inferred `this`, and builders that name their own type, give back the receiver's own type.
    const result = this.typeOfCall(call);
    return (
      !this.isPrimitive(result) && !this.isAny(result) && result === this.typeOf(callee.expression)
    );
  }

  /** The name of a function or method that is declared, with or without a body. */
  isFunctionName(name: ts.Expression): boolean {
    const symbol = this.calleeSymbol(name);
    if (symbol === undefined) return false;
    const functions = ts.SymbolFlags.Function | ts.SymbolFlags.Method;
    return (symbol.flags & functions) !== 0 || this.implementations(name, false).length > 0;
  }

  /** The declarations with a body that a call runs: the implementation, not the overloads. */
  implementations(callee: ts.Expression, isNew: boolean): readonly ts.FunctionLikeDeclaration[] {
    const symbol = this.calleeSymbol(callee);
    return symbol === undefined ? [] : this.implementationsOf(symbol, isNew, callee);
  }

  private implementationsOf(
    symbol: ts.Symbol,
    isNew: boolean,
    callee: ts.Expression,
  ): readonly ts.FunctionLikeDeclaration[] {
    const bodies: ts.FunctionLikeDeclaration[] = [];
    for (const declaration of symbol.declarations ?? []) {
      if (isNew) {
        if (ts.isClassLike(declaration)) bodies.push(...constructorsOf(declaration, this));
      } else if (
        ts.isFunctionLike(declaration) &&
        "body" in declaration &&
        declaration.body !== undefined
      ) {
        bodies.push(declaration);
      } else if (ts.isShorthandPropertyAssignment(declaration)) {
        const value = this.checker.getShorthandAssignmentValueSymbol(declaration);
        const target = value && this.resolveAlias(value);
        if (target !== undefined && target !== symbol) {
          bodies.push(...this.implementationsOf(target, isNew, callee));
        }
      } else if (
        ts.isVariableDeclaration(declaration) ||
        ts.isPropertyDeclaration(declaration) ||
        ts.isPropertyAssignment(declaration)
      ) {
        const value = declaration.initializer && skipWrappers(declaration.initializer);
        const constant = !ts.isVariableDeclaration(declaration) || isConstant(declaration);
        if (
          value !== undefined &&
          constant &&
          (ts.isArrowFunction(value) || ts.isFunctionExpression(value))
        ) {
          bodies.push(value);
        } else if (value !== undefined && constant && ts.isIdentifier(value) && value !== callee) {
          const target = this.symbolAt(value);
          if (target !== undefined && target !== symbol)
            bodies.push(...this.implementationsOf(target, isNew, value));
        }
      }
    }
    return bodies;
  }

  /** A call of the function is made for what it answers, other than whether or when it is done. */
  returnsValue(declaration: ts.SignatureDeclaration): boolean {
    const signature = this.checker.getSignatureFromDeclaration(declaration);
    if (signature === undefined) return false;
    const result = this.awaited(this.checker.getReturnTypeOfSignature(signature));
    return this.constituents(result).every(
      (part) => (part.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike)) !== 0,
    );
  }

  /** The base class declaration of a class of the program. */
  baseClass(declaration: ts.ClassLikeDeclaration): ts.ClassLikeDeclaration | undefined {
    const base = extendedBy(declaration);
    return base && this.symbolAt(base)?.declarations?.find(ts.isClassLike);
  }

  /**
   * A class and its bases, the class first; undefined when a base is outside the program, so that
   * what it does cannot be seen.
   *
   * @param endsAt bases outside the program that need not be seen
   */
  lineage(
    declaration: ts.ClassLikeDeclaration,
    endsAt: (base: ts.Symbol) => boolean = () => false,
  ): readonly ts.ClassLikeDeclaration[] | undefined {
    const seen = new Set<ts.ClassLikeDeclaration>();
    let current: ts.ClassLikeDeclaration = declaration;
    for (;;) {
      if (seen.has(current)) return [...seen];
      seen.add(current);
      const extended = extendedBy(current);
      if (extended === undefined) return [...seen];
      const symbol = this.symbolAt(extended);
      if (symbol !== undefined && endsAt(symbol)) return [...seen];
      const base = this.baseClass(current);
      if (base === undefined || !this.isOfProgram(base)) return undefined;
      current = base;
    }
  }

  /** The expression names a class of the program that has no constructor of its own or of a base. */
  isProgramClass(expression: ts.Expression): boolean {
    const declaration = this.symbolAt(skipWrappers(expression))?.declarations?.find(ts.isClassLike);
    return (
      declaration !== undefined &&
      this.isOfProgram(declaration) &&
      this.lineage(declaration) !== undefined
    );
  }

  /** What a function returns, promises unwrapped; undefined when it cannot be told. */
  resultOf(declaration: ts.SignatureDeclaration): ts.Type | undefined {
    const signature = this.checker.getSignatureFromDeclaration(declaration);
    return signature && this.checker.getNonNullableType(this.awaited(signature.getReturnType()));
  }

  /** The type has the named member; `[Symbol.dispose]` names a well-known symbol. */
  hasMember(type: ts.Type, name: string): boolean {
    const known = /^\[Symbol\.(\w+)\]$/.exec(name)?.[1];
    if (known === undefined) return this.member(type, name) !== undefined;
    return tsutils.getWellKnownSymbolPropertyOfType(type, known, this.checker) !== undefined;
  }

  /** What calling a function that has one plain signature gives, promises and `null` left out. */
  resultOfCalling(callee: ts.Expression): ts.Type | undefined {
    const [signature, ...others] = this.typeOf(callee).getCallSignatures();
    if (signature === undefined || others.length > 0) return undefined;
    return this.checker.getNonNullableType(this.awaited(signature.getReturnType()));
  }

  /** The declared return type of a function with its promise unwrapped; undefined without annotation. */
  declaredResult(declaration: ts.SignatureDeclaration): ts.Type | undefined {
    if (declaration.type === undefined) return undefined;
    return this.checker.getNonNullableType(
      this.awaited(this.checker.getTypeFromTypeNode(declaration.type)),
    );
  }

  /** The parameter types of every signature that a call may have, those of the resolved one first. */
  parameterTypes(call: ts.CallExpression | ts.NewExpression): readonly (readonly ts.Type[])[] {
    const resolved = this.checker.getResolvedSignature(call);
    const type = this.typeOf(call.expression);
    const all = ts.isNewExpression(call) ? type.getConstructSignatures() : type.getCallSignatures();
    const ordered = resolved === undefined ? all : [resolved, ...all];
    return [...new Set(ordered)].map((signature) =>
      signature.parameters.map((parameter) => this.checker.getTypeOfSymbol(parameter)),
    );
  }

  /** The type of a member as it is declared, its promise kept; `null` and `undefined` left out. */
  plainMemberType(type: ts.Type, name: string): ts.Type | undefined {
    const member = this.checker.getPropertyOfType(this.checker.getNonNullableType(type), name);
    return member && this.checker.getNonNullableType(this.checker.getTypeOfSymbol(member));
  }

  /** The type of the elements of an array or a tuple; undefined for any other type. */
  arrayElement(type: ts.Type): ts.Type | undefined {
    if (!this.checker.isArrayType(type) && !this.checker.isTupleType(type)) return undefined;
    return this.checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  }

  /** What a variable of the type can be set to, to hold nothing. */
  emptyValue(type: ts.Type): "undefined" | "null" | undefined {
    const parts = this.constituents(type);
    if (parts.some((part) => (part.flags & ts.TypeFlags.Undefined) !== 0)) return "undefined";
    return parts.some((part) => (part.flags & ts.TypeFlags.Null) !== 0) ? "null" : undefined;
  }

  /** The members of a type by name. */
  members(type: ts.Type): readonly ts.Symbol[] {
    return this.checker.getPropertiesOfType(type);
  }

  /** What a method takes as its first argument, in its first signature. */
  firstParameterType(method: ts.Symbol): ts.Type | undefined {
    const [signature] = this.checker.getTypeOfSymbol(method).getCallSignatures();
    const [parameter] = signature?.parameters ?? [];
    return parameter && this.checker.getTypeOfSymbol(parameter);
  }

  /** No signature of a method may be called without arguments. */
  needsArguments(method: ts.Symbol): boolean {
    const signatures = this.checker.getTypeOfSymbol(method).getCallSignatures();
    return signatures.every(({ parameters: [first] }) => {
      const declaration = first?.valueDeclaration;
      return (
        declaration !== undefined &&
        ts.isParameter(declaration) &&
        (declaration.questionToken ?? declaration.initializer ?? declaration.dotDotDotToken) ===
          undefined
      );
    });
  }

  /** The function of another name that the same module exports. */
  siblingFunction(symbol: ts.Symbol, name: string): ts.Signature | undefined {
    const other = this.sibling(symbol, name);
    return other && this.checker.getTypeOfSymbol(other).getCallSignatures()[0];
  }

  /** What has the other name beside a function: an export of its module, or a function of its scope. */
  sibling(symbol: ts.Symbol, name: string): ts.Symbol | undefined {
    const declaration = symbol.declarations?.[0];
    if (declaration === undefined) return undefined;
    const module = this.checker.getSymbolAtLocation(declaration.getSourceFile());
    const exported = module && this.checker.tryGetMemberInModuleExports(name, module);
    if (exported !== undefined) return this.resolveAlias(exported);
    const other = this.checker.resolveName(name, declaration, ts.SymbolFlags.Function, false);
    return other?.declarations?.[0]?.parent === declaration.parent ? other : undefined;
  }

  /** The declared member that a property of an object literal fills, or the literal's own. */
  filledMember(literal: ts.ObjectLiteralExpression, name: string): ts.Symbol | undefined {
    const expected = this.checker.getContextualType(literal);
    const declared =
      expected && this.checker.getPropertyOfType(this.checker.getNonNullableType(expected), name);
    return declared ?? this.checker.getPropertyOfType(this.typeOf(literal), name);
  }

  /** The type of an expression is known and has neither null nor undefined in it. */
  isNeverNullish(expression: ts.Expression): boolean {
    const type = this.checker.getTypeAtLocation(expression);
    const unclear = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter;
    if ((type.flags & unclear) !== 0) return false;
    return this.checker.getNonNullableType(type) === type;
  }

  display(type: ts.Type): string {
    return this.checker.typeToString(
      type,
      undefined,
      ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope,
    );
  }

  private resolveAlias(symbol: ts.Symbol): ts.Symbol {
    return (symbol.flags & ts.SymbolFlags.Alias) === 0
      ? symbol
      : this.checker.getAliasedSymbol(symbol);
  }
}

/** `const a = b; const b = c; …` is followed this far. */
const maximalRenames = 5;
/** A type with more members is no holder that a factory returns its resources in. */
const maximalMembers = 12;

export interface DisposeSymbols {
  readonly dispose: boolean;
  readonly asyncDispose: boolean;
}

/** The packages and ambient modules that a program has declarations of, and the names of its files. */
function modulesOf(program: ts.Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of program.getSourceFiles()) {
    names.add(packageOf(file.fileName) ?? file.fileName);
    for (const { name } of modulesDeclaredIn(file)) names.add(withoutNodePrefix(name.text));
  }
  return names;
}

/** `this` as a value that may get out, or as a type. */
function mentionsThis(code: ts.Node | undefined): boolean {
  const visit = (node: ts.Node): boolean => {
    if (node.kind === ts.SyntaxKind.ThisType) return true;
    if (node.kind === ts.SyntaxKind.ThisKeyword) return !ts.isPropertyAccessExpression(node.parent);
    return ts.forEachChild(node, visit) ?? false;
  };
  return code !== undefined && visit(code);
}

function sameLiteral(a: ts.Type, b: ts.Type): boolean {
  // A literal that is written and one in a declared union are two types of one value.
  if (a.isLiteral() && b.isLiteral()) return a.value === b.value;
  return a === b;
}

/** The constructors with a body that a class runs: its own, or those of the nearest base. */
export function constructorsOf(
  declaration: ts.ClassLikeDeclaration,
  types: Types,
): readonly ts.FunctionLikeDeclaration[] {
  const seen = new Set<ts.ClassLikeDeclaration>();
  let current: ts.ClassLikeDeclaration | undefined = declaration;
  while (current !== undefined && !seen.has(current)) {
    seen.add(current);
    const own = current.members.filter(
      (member) => ts.isConstructorDeclaration(member) && member.body !== undefined,
    ) as ts.ConstructorDeclaration[];
    if (own.length > 0) return own;
    // An implicit constructor passes its arguments to the constructor of its base.
    current = types.baseClass(current);
  }
  return [];
}

function extendedBy(declaration: ts.ClassLikeDeclaration): ts.Expression | undefined {
  return declaration.heritageClauses?.find((one) => one.token === ts.SyntaxKind.ExtendsKeyword)
    ?.types[0]?.expression;
}
