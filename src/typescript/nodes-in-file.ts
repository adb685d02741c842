/**
 * What a file has of each sort of node, from one walk of its tree that all analyses share.
 */
import ts from "typescript";

export type Name = ts.Identifier | ts.PrivateIdentifier;
type CallLike = ts.CallExpression | ts.NewExpression;

/** The nodes of a file by sort, each list in the order of a walk from the top. */
interface FileNodes {
  /** Calls and `new` outside of types, by where they start; of those that start together, the inner one first. */
  readonly calls: readonly CallLike[];
  readonly names: ReadonlyMap<string, readonly Name[]>;
  readonly classes: readonly ts.ClassLikeDeclaration[];
  /** Functions, methods, accessors and constructors with a body. */
  readonly functions: readonly (ts.FunctionLikeDeclaration & { readonly body: ts.Node })[];
  /** `a = b` */
  readonly assignments: readonly ts.BinaryExpression[];
  readonly deletes: readonly ts.DeleteExpression[];
  readonly loops: readonly Loop[];
  /** Variables and fields. */
  readonly variables: readonly (ts.VariableDeclaration | ts.PropertyDeclaration)[];
}

export type Loop = ts.WhileStatement | ts.DoStatement | ts.ForStatement | ts.ForOfStatement;

const nodesByFile = new WeakMap<ts.SourceFile, FileNodes>();

export function nodesIn(file: ts.SourceFile): FileNodes {
  let nodes = nodesByFile.get(file);
  if (nodes === undefined) {
    nodes = collect(file);
    nodesByFile.set(file, nodes);
  }
  return nodes;
}

function collect(file: ts.SourceFile): FileNodes {
  const calls: CallLike[] = [];
  const names = new Map<string, Name[]>();
  const classes: ts.ClassLikeDeclaration[] = [];
  const functions: (ts.FunctionLikeDeclaration & { readonly body: ts.Node })[] = [];
  const assignments: ts.BinaryExpression[] = [];
  const deletes: ts.DeleteExpression[] = [];
  const loops: Loop[] = [];
  const variables: (ts.VariableDeclaration | ts.PropertyDeclaration)[] = [];
  let isType = false;
  const visit = (node: ts.Node): void => {
    switch (node.kind) {
      case ts.SyntaxKind.Identifier:
      case ts.SyntaxKind.PrivateIdentifier: {
        const name = node as Name;
        const list = names.get(name.text);
        if (list === undefined) names.set(name.text, [name]);
        else list.push(name);
        return;
      }
      case ts.SyntaxKind.CallExpression:
      case ts.SyntaxKind.NewExpression:
        if (!isType) calls.push(node as CallLike);
        break;
      case ts.SyntaxKind.ClassDeclaration:
      case ts.SyntaxKind.ClassExpression:
        classes.push(node as ts.ClassLikeDeclaration);
        break;
      case ts.SyntaxKind.BinaryExpression: {
        const binary = node as ts.BinaryExpression;
        if (binary.operatorToken.kind === ts.SyntaxKind.EqualsToken) assignments.push(binary);
        break;
      }
      case ts.SyntaxKind.DeleteExpression:
        deletes.push(node as ts.DeleteExpression);
        break;
      case ts.SyntaxKind.WhileStatement:
      case ts.SyntaxKind.DoStatement:
      case ts.SyntaxKind.ForStatement:
      case ts.SyntaxKind.ForOfStatement:
        loops.push(node as Loop);
        break;
      case ts.SyntaxKind.VariableDeclaration:
      case ts.SyntaxKind.PropertyDeclaration:
        variables.push(node as ts.VariableDeclaration | ts.PropertyDeclaration);
        break;
      default:
        if (isFunctionWithBody(node)) functions.push(node);
        else if (!isType && ts.isTypeNode(node)) {
          isType = true;
          ts.forEachChild(node, visit);
          isType = false;
          return;
        }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  calls.sort((a, b) => a.pos - b.pos || a.end - b.end);
  return { calls, names, classes, functions, assignments, deletes, loops, variables };
}

export function isFunctionWithBody(
  node: ts.Node,
): node is ts.FunctionLikeDeclaration & { readonly body: ts.Node } {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

/** The calls and `new` in a piece of code of a file, functions in it included, by where they start. */
export function callsWithin(code: ts.Node): readonly CallLike[] {
  const { calls } = nodesIn(code.getSourceFile());
  const found: CallLike[] = [];
  for (let at = firstFrom(code.pos, calls); at < calls.length; at++) {
    const call = calls[at];
    if (call === undefined || call.pos > code.end) break;
    if (call.end <= code.end) found.push(call);
  }
  return found;
}

/** The place of the first call that starts at a position or behind it. */
function firstFrom(position: number, calls: readonly CallLike[]): number {
  let low = 0;
  let high = calls.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((calls[middle]?.pos ?? Infinity) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
