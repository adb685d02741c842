/**
 * Whether releasing an instance of a class of the program gives back nothing but memory, which the
 * garbage collector gives back as well: it clears fields and collections of its own, and tells its
 * listeners that it is over.
 */
import ts from "typescript";
import { fieldOfThis, isAssignment, skipWrappers } from "../typescript/syntax.ts";
import { type Types } from "../typescript/types.ts";
import { type Inference, membersWithBases } from "./infer-kind.ts";

/** Functions that call listeners or forget them; those of Node, which have no body to look at. */
const emitting = new Set(["EventEmitter.emit", "EventEmitter.removeAllListeners"]);

/** How many functions deep a release is looked into. */
const maximalDepth = 4;

/**
 * @param members of the class, those of its bases included
 * @param releases the members that release an instance; unknown bodies speak against it
 */
export function freesOnlyMemory(
  members: readonly ts.ClassElement[],
  releases: readonly ts.ClassElement[],
  inference: Inference,
): boolean {
  const scan = new ReleaseScan(ownFields(members), inference, { seen: new Set(), frees: false });
  return releases.every((release) => scan.isHarmless(release)) && scan.progress.frees;
}

/** Fields that the class fills with a new object or a literal of its own. */
function ownFields(members: readonly ts.ClassElement[]): ReadonlySet<string> {
  const own = new Set<string>();
  const isMade = (expression: ts.Expression): boolean => {
    const value = skipWrappers(expression);
    return (
      ts.isNewExpression(value) ||
      ts.isArrayLiteralExpression(value) ||
      ts.isObjectLiteralExpression(value)
    );
  };
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      isMade(node.right)
    ) {
      const field = fieldOfThis(node.left);
      if (field !== undefined) own.add(field);
    }
    if (!ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  for (const member of members) {
    if (!ts.isPropertyDeclaration(member)) visit(member);
    else if (member.initializer !== undefined && isMade(member.initializer))
      own.add(member.name.getText());
  }
  return own;
}

interface Progress {
  /** Functions that are looked at already. */
  readonly seen: Set<ts.Node>;
  /** Something that gives back memory was found: a release that does nothing says nothing. */
  frees: boolean;
}

class ReleaseScan {
  private readonly own: ReadonlySet<string>;
  private readonly inference: Inference;
  private readonly types: Types;
  readonly progress: Progress;

  /** @param own the fields that the class fills itself */
  constructor(own: ReadonlySet<string>, inference: Inference, progress: Progress) {
    this.own = own;
    this.inference = inference;
    this.types = inference.types;
    this.progress = progress;
  }

  /** All that a function does concerns memory; one that is being looked at already adds nothing. */
  isHarmless(unit: ts.Node, depth = 0): boolean {
    const { seen } = this.progress;
    if (seen.has(unit)) return true;
    seen.add(unit);
    const body = "body" in unit ? (unit.body as ts.Node | undefined) : undefined;
    if (body === undefined || depth > maximalDepth) return false;
    const doesMore = (node: ts.Node): boolean =>
      !this.isHarmlessNode(node, depth) || (ts.forEachChild(node, doesMore) ?? false);
    return !doesMore(body);
  }

  private isHarmlessNode(node: ts.Node, depth: number): boolean {
    if (ts.isCallExpression(node)) return this.isHarmlessCall(node, depth);
    if (ts.isNewExpression(node)) return this.isOfLanguage(node.expression);
    // Whoever waits for something that is under way has something under way.
    if (ts.isAwaitExpression(node)) return ts.isCallExpression(skipWrappers(node.expression));
    if (!ts.isBinaryExpression(node) || !isAssignment(node.operatorToken.kind)) return true;
    const isOwn = this.isOwnTarget(node.left);
    return isFlag(node.right) ? isOwn : this.frees(isOwn);
  }

  private isHarmlessCall(call: ts.CallExpression, depth: number): boolean {
    const callee = skipWrappers(call.expression);
    const receiver =
      ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee)
        ? callee.expression
        : undefined;
    const bodies = this.types.implementations(callee, false);
    if (bodies.length > 0) {
      if (receiver !== undefined && !this.isOwn(receiver)) return false;
      return bodies.every((body) => this.scanOf(body, receiver).isHarmless(body, depth + 1));
    }
    // A listener is told something; what is called without an argument is there to clean up.
    if (this.isElement(callee)) return this.frees(call.arguments.length > 0);
    if (receiver === undefined) return false;
    if (this.isOwnFunction(callee, depth)) return true;
    const kind = this.inference.kindOfType(this.types.valueType(receiver));
    if (kind !== undefined) return this.frees(kind.grade === "memory");
    if (this.isLogging(callee)) return true;
    const isKnown = this.isOfLanguage(callee) || this.isEmitting(callee);
    return this.frees(isKnown && this.isOwn(receiver));
  }

  /** `this.finish()` where the class itself fills the field, with functions that concern memory only. */
  private isOwnFunction(callee: ts.Expression, depth: number): boolean {
    const field = fieldOfThis(callee);
    const declaration = this.types.calleeSymbol(callee)?.valueDeclaration;
    if (field === undefined || declaration === undefined) return false;
    if (!ts.isPropertyDeclaration(declaration) || declaration.initializer !== undefined)
      return false;
    const values = assignedTo(field, declaration.parent);
    const functions = values.filter(
      (value) => !ts.isIdentifier(value) || value.text !== "undefined",
    );
    return (
      functions.length > 0 &&
      functions.every(
        (value) =>
          (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) &&
          this.isHarmless(value, depth + 1),
      )
    );
  }

  private frees(isHarmless: boolean): boolean {
    this.progress.frees ||= isHarmless;
    return isHarmless;
  }

  /** The fields that are a method's own are those of its class: this one, when it is called on `this`. */
  private scanOf(body: ts.Node, receiver: ts.Expression | undefined): ReleaseScan {
    const onThis =
      receiver?.kind === ts.SyntaxKind.ThisKeyword || receiver?.kind === ts.SyntaxKind.SuperKeyword;
    if (onThis || !ts.isClassLike(body.parent)) return this;
    const members = membersWithBases(body.parent, this.types);
    return new ReleaseScan(ownFields(members), this.inference, this.progress);
  }

  /** What is assigned to is the class's own: `this.list`, `this.list.length`, a local variable. */
  private isOwnTarget(target: ts.Expression): boolean {
    const node = skipWrappers(target);
    return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
      ? this.isOwn(node.expression)
      : this.isOwn(node);
  }

  /** The object is the instance, something that it made itself, or known to nobody else. */
  private isOwn(expression: ts.Expression): boolean {
    const node = skipWrappers(expression);
    if (node.kind === ts.SyntaxKind.ThisKeyword || node.kind === ts.SyntaxKind.SuperKeyword)
      return true;
    const field = fieldOfThis(node);
    if (field !== undefined) return this.own.has(field);
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
      return this.isOwn(node.expression);
    if (!ts.isIdentifier(node)) return !ts.isCallExpression(node);
    if (this.isElement(node) || this.isOfLanguage(node)) return true;
    const declaration = this.types.symbolAt(node)?.valueDeclaration;
    if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return false;
    const { initializer } = declaration;
    return initializer !== undefined && isInFunction(declaration) && this.isOwn(initializer);
  }

  /** What a loop or a callback over a collection brings, or a member of it. */
  private isElement(expression: ts.Expression): boolean {
    let node = skipWrappers(expression);
    while (ts.isPropertyAccessExpression(node)) node = skipWrappers(node.expression);
    if (!ts.isIdentifier(node)) return false;
    const declaration = this.types.symbolAt(node)?.valueDeclaration;
    if (declaration === undefined) return false;
    if (ts.isParameter(declaration))
      return ts.isArrowFunction(declaration.parent) || ts.isFunctionExpression(declaration.parent);
    let owner: ts.Node = declaration;
    while (
      ts.isBindingElement(owner) ||
      ts.isObjectBindingPattern(owner) ||
      ts.isArrayBindingPattern(owner)
    )
      owner = owner.parent;
    return ts.isVariableDeclaration(owner) && ts.isForOfStatement(owner.parent.parent);
  }

  private isEmitting(callee: ts.Expression): boolean {
    const symbol = this.types.calleeSymbol(callee);
    const names = symbol === undefined ? [] : this.types.declaredNames(symbol);
    return names.some(
      ({ origin, module, name }) =>
        (origin === "global" || module === "events") && emitting.has(name),
    );
  }

  private isLogging(callee: ts.Expression): boolean {
    const symbol = this.types.calleeSymbol(callee);
    const names = symbol === undefined ? [] : this.types.declaredNames(symbol);
    return names.some(({ origin, name }) => origin === "global" && name.startsWith("Console."));
  }

  /** Declared by the language itself, and not by what it runs on. */
  private isOfLanguage(callee: ts.Expression): boolean {
    const symbol = this.types.calleeSymbol(callee);
    return symbol !== undefined && this.types.isOfLanguage(symbol);
  }
}

function isInFunction(node: ts.Node): boolean {
  return (
    ts.findAncestor(node, (one) => ts.isFunctionLike(one) || ts.isSourceFile(one))?.kind !==
    ts.SyntaxKind.SourceFile
  );
}

/** What the code of a class puts into a field. */
function assignedTo(field: string, declaration: ts.ClassLikeDeclaration): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      isAssignment(node.operatorToken.kind) &&
      fieldOfThis(node.left) === field
    )
      found.push(skipWrappers(node.right));
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return found;
}

/** A plain value: setting it gives nothing back. */
function isFlag(value: ts.Expression): boolean {
  return (
    ts.isLiteralExpression(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword
  );
}
