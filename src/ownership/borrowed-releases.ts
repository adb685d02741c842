/**
 * Releases by those who only borrow, as far as the program itself shows whose the resource is: a
 * callback releases what its caller lends and releases; a function that may run again releases what
 * the whole program shares; two owners are given the same resource.
 *
 * Syntax decides first: only calls that are named as releases are, `new` with a name for an argument,
 * and calls that are given a function are looked at.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import { type ReportingRule, reportingRule } from "../resources/reporting-rule.ts";
import { forwardsRelease } from "../resources/wrappers.ts";
import { isConstant, isInside, skipWrappers } from "../typescript/syntax.ts";
import { callsIn } from "./calls-in.ts";
import { oncePerFile, type FileAnalysis } from "./engine.ts";
import type { Environment } from "./environment.ts";
import { releasedBy } from "./released-values.ts";

export type BorrowedReleaseFault =
  /** A callback releases what the function that calls it releases itself. */
  | "lent"
  /** What the program makes once is released by a function that uses it and may run again. */
  | "shared"
  /** Two objects are made of one resource, and each releases it. */
  | "two-owners";

export interface BorrowedRelease {
  readonly fault: BorrowedReleaseFault;
  /** The release, or the second owner. */
  readonly node: ts.Node;
  /** How messages call the resource. */
  readonly label: string;
  /** Who else releases or uses it. */
  readonly other: ts.Node;
  readonly rule: ReportingRule;
}

/** Every release of something borrowed in a file, in source order. */
export const analyseBorrowedReleases: FileAnalysis<BorrowedRelease> = oncePerFile(
  (file, { environment }) => {
    const calls = callsIn(file);
    return [
      ...calls.flatMap((call) => lentReleases(call, environment)),
      ...calls.flatMap((call) => sharedReleases(call, environment)),
      ...secondOwners(calls, environment),
    ].sort((a, b) => a.node.pos - b.node.pos);
  },
);

function finding(
  fault: BorrowedReleaseFault,
  node: ts.Node,
  label: string,
  other: ts.Node,
): BorrowedRelease {
  return { fault, node, label, other, rule: reportingRule({ wrong: "borrowed-release" }) };
}

// ---- callbacks

/** `withFile(path, (file) => { file.close(); })`, where `withFile` closes the file. */
function lentReleases(
  call: ts.CallExpression | ts.NewExpression,
  environment: Environment,
): readonly BorrowedRelease[] {
  if (!ts.isCallExpression(call)) return [];
  return call.arguments.flatMap((argument, index) => {
    const callback = skipWrappers(argument);
    if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) return [];
    if (callback.parameters.length === 0) return [];
    const releases = releasesIn(callback, environment);
    if (releases.length === 0) return [];
    const bodies = environment.types.implementations(call.expression, false);
    return bodies.flatMap((body) =>
      lentTo(body, index, environment).flatMap(({ position, releasedAt }) => {
        const parameter = callback.parameters[position];
        if (parameter === undefined || !ts.isIdentifier(parameter.name)) return [];
        const given = environment.resolve(parameter.name);
        return releases
          .filter(({ symbol }) => symbol === given)
          .map(({ call: node, label }) => finding("lent", node, label, releasedAt));
      }),
    );
  });
}

interface Lent {
  /** Which parameter of the callback gets it. */
  readonly position: number;
  readonly releasedAt: ts.Node;
}

/** What a function passes to the function it got at a position, and releases itself after that. */
function lentTo(
  body: ts.FunctionLikeDeclaration,
  index: number,
  environment: Environment,
): readonly Lent[] {
  const parameter = body.parameters[index];
  if (parameter === undefined || !ts.isIdentifier(parameter.name) || body.body === undefined)
    return [];
  const callback = environment.resolve(parameter.name);
  const releases = releasesIn(body, environment);
  return callsIn(body.body).flatMap((call) => {
    const callee = skipWrappers(call.expression);
    if (!ts.isIdentifier(callee) || environment.resolve(callee) !== callback) return [];
    return (call.arguments ?? []).flatMap((argument, position): readonly Lent[] => {
      const symbol = symbolOf(argument, environment);
      const release = releases.find((one) => one.symbol === symbol && one.call.pos > call.pos);
      return release === undefined ? [] : [{ position, releasedAt: release.call }];
    });
  });
}

interface NamedRelease {
  readonly call: ts.CallExpression;
  readonly symbol: ts.Symbol;
  readonly label: string;
}

/** The releases in a piece of code of what a variable names. */
function releasesIn(code: ts.Node, environment: Environment): readonly NamedRelease[] {
  return callsIn(code).flatMap((call) =>
    releasedBy(call, environment).flatMap(({ value, kind }): readonly NamedRelease[] => {
      const symbol = symbolOf(value, environment);
      return symbol === undefined || !ts.isCallExpression(call)
        ? []
        : [{ call, symbol, label: kind.label }];
    }),
  );
}

function symbolOf(value: ts.Expression, { resolve }: Environment): ts.Symbol | undefined {
  const node = valueOf(value);
  return ts.isIdentifier(node) ? resolve(node) : undefined;
}

// ---- what the program shares

/** A function that may run again uses a constant of a module, and releases it. */
function sharedReleases(
  call: ts.CallExpression | ts.NewExpression,
  environment: Environment,
): readonly BorrowedRelease[] {
  return releasedBy(call, environment).flatMap(({ value, kind }) => {
    const symbol = symbolOf(value, environment);
    const made = symbol && madeOnce(symbol, environment);
    if (symbol === undefined || made === undefined) return [];
    const unit = outermostFunction(call);
    if (unit === undefined || runsOnce(unit, environment)) return [];
    const uses = usesOf(symbol, unit.getSourceFile(), environment);
    const isUsedHere = uses.some((use) => isInside(use, unit) && !isInside(use, call));
    const elsewhere = uses.find((use) => !isInside(use, unit));
    const other = elsewhere ?? (made.getSourceFile() === unit.getSourceFile() ? undefined : made);
    return isUsedHere && other !== undefined
      ? [finding("shared", call, `${symbol.name} (${kind.label})`, other)]
      : [];
  });
}

/** The declaration of a constant that a module fills with a new resource. */
function madeOnce(
  symbol: ts.Symbol,
  { recogniser }: Environment,
): ts.VariableDeclaration | undefined {
  const declaration = symbol.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  if (!isConstant(declaration) || !ts.isSourceFile(declaration.parent.parent.parent))
    return undefined;
  if (declaration.initializer === undefined) return undefined;
  const made = valueOf(declaration.initializer);
  return (ts.isCallExpression(made) || ts.isNewExpression(made)) &&
    recogniser.acquisitions(made).length > 0
    ? declaration
    : undefined;
}

/** The uses of a variable in a file, its declaration and imports left out. */
function usesOf(
  symbol: ts.Symbol,
  file: ts.SourceFile,
  { resolve }: Environment,
): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isIdentifier(node) && !isDeclaredName(node) && resolve(node) === symbol)
      found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isDeclaredName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isVariableDeclaration(parent) || ts.isFunctionDeclaration(parent)) && parent.name === node
  );
}

function outermostFunction(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  let found: ts.FunctionLikeDeclaration | undefined;
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionLike(at) && "body" in at) found = at;
  }
  return found;
}

/** The module itself calls the function, or has it called when the process ends. */
function runsOnce(unit: ts.FunctionLikeDeclaration, environment: Environment): boolean {
  let { parent }: ts.Node = unit;
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  if (ts.isCallExpression(parent)) {
    if (skipWrappers(parent.expression) === unit) return true;
    return isOfProcess(parent.expression, environment);
  }
  const name = ts.isVariableDeclaration(parent) ? parent.name : unit.name;
  const symbol =
    name !== undefined && ts.isIdentifier(name) ? environment.resolve(name) : undefined;
  if (symbol === undefined) return false;
  return usesOf(symbol, unit.getSourceFile(), environment).some((use) => {
    if (!ts.isCallExpression(use.parent)) return false;
    const isCalled = use.parent.expression === use && outermostFunction(use) === undefined;
    return isCalled || isOfProcess(use.parent.expression, environment);
  });
}

function isOfProcess(callee: ts.Expression, { types }: Environment): boolean {
  const symbol = types.calleeSymbol(callee);
  return (
    symbol !== undefined &&
    types.declaredNames(symbol).some(({ name }) => name.startsWith("Process."))
  );
}

// ---- two owners

/** `new A(client); new B(client);`, where each closes what it is made of. */
function secondOwners(
  calls: readonly (ts.CallExpression | ts.NewExpression)[],
  environment: Environment,
): readonly BorrowedRelease[] {
  const { types, recogniser } = environment;
  const first = new Map<ts.Symbol, ts.NewExpression[]>();
  return calls.flatMap((call) => {
    if (!ts.isNewExpression(call)) return [];
    return (call.arguments ?? []).flatMap((argument, index) => {
      const symbol = symbolOf(argument, environment);
      if (symbol === undefined || !isNeverReassigned(symbol)) return [];
      if (!forwardsRelease(call, index, types)) return [];
      const before = first.get(symbol) ?? [];
      first.set(symbol, [...before, call]);
      const other = before.find((one) => blockOf(one) === blockOf(call));
      if (other === undefined) return [];
      const type = types.valueType(argument);
      const label = recogniser.kindOfType(type)?.label ?? types.display(type);
      return [finding("two-owners", call, `${symbol.name} (${label})`, other)];
    });
  });
}

function isNeverReassigned({ valueDeclaration: declaration }: ts.Symbol): boolean {
  if (declaration === undefined) return false;
  if (ts.isParameter(declaration)) return true;
  return ts.isVariableDeclaration(declaration) && isConstant(declaration);
}

/** The statements among which the node stands, or the arm of what decides whether it runs. */
function blockOf(node: ts.Node): ts.Node {
  let at = node;
  for (;;) {
    const { parent } = at;
    if (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isFunctionLike(parent)) return parent;
    if (
      ts.isConditionalExpression(parent) ||
      ts.isIfStatement(parent) ||
      ts.isCaseOrDefaultClause(parent)
    )
      return at;
    at = parent;
  }
}
