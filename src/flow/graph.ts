/**
 * The flow graph of one function body: blocks of ordered events and the edges between them.
 *
 * It says how control and values move and knows nothing of resources. Every expression node stands
 * for its own value; events tell where values go. Wrappers that do not change a value (parentheses,
 * casts, `!`, `await`) are looked through with {@link valueOf}: a promise and what it resolves to
 * are one value here, because an owner of the promise is the owner of its result.
 */
import ts from "typescript";
import { isWrapper } from "../typescript/syntax.ts";

export type FunctionWithBody = ts.FunctionLikeDeclaration & { readonly body: ts.Node };
/** A field whose initialiser runs when an instance is made, or the class. */
export type InitialisedField = ts.PropertyDeclaration & { readonly initializer: ts.Expression };
/**
 * What a graph is built for: a function with a body, a static block, the initialiser of a field, or
 * the top level of a file.
 */
export type FlowUnit =
  FunctionWithBody | ts.ClassStaticBlockDeclaration | InitialisedField | ts.SourceFile;

/** Where an assigned value comes from; a destructured parameter stands for the argument it is given. */
export type ValueSource = ts.Expression | ts.ParameterDeclaration;

export type FlowEvent =
  /** The callee and the arguments have been evaluated; the call happens. */
  | {
      readonly kind: "call";
      readonly node:
        ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression | ts.Decorator;
      readonly callee: ts.Expression;
      readonly args: readonly ts.Expression[];
    }
  /** `target` now holds the value of `from` (or of the member `path` of it). */
  | {
      readonly kind: "assign";
      readonly node: ts.Node;
      readonly target: ts.Identifier | ts.Expression;
      readonly from: ValueSource | undefined;
      readonly path: readonly string[];
    }
  /** The value of `node` (or of its member `member`) is the value of `from` on this path. */
  | {
      readonly kind: "value";
      readonly node: ts.Expression;
      readonly member: string | undefined;
      readonly from: ts.Expression;
    }
  | { readonly kind: "return"; readonly node: ts.Node; readonly value: ts.Expression | undefined }
  | { readonly kind: "throw"; readonly node: ts.Node; readonly value: ts.Expression | undefined }
  | { readonly kind: "await"; readonly node: ts.Node; readonly value: ts.Expression }
  | {
      readonly kind: "yield";
      readonly node: ts.YieldExpression;
      readonly value: ts.Expression | undefined;
    }
  /** A function or class value is made; it may capture variables of this function. */
  | {
      readonly kind: "closure";
      readonly node: ts.FunctionLikeDeclaration | ts.ClassLikeDeclaration;
    }
  /** A turn of `for … of` starts: `target` events follow. */
  | { readonly kind: "iterate"; readonly node: ts.ForOfStatement; readonly value: ts.Expression }
  /** A `using` binding goes out of scope. */
  | { readonly kind: "dispose"; readonly node: ts.VariableDeclaration; readonly awaits: boolean }
  /** Control leaves a `catch` clause other than by throwing: the code expected the throw. */
  | { readonly kind: "recovered"; readonly node: ts.Node };

/** What must hold for control to take an edge. */
export type EdgeCondition =
  | { readonly kind: "truthy"; readonly test: ts.Expression; readonly is: boolean }
  | { readonly kind: "nullish"; readonly test: ts.Expression; readonly is: boolean }
  /** `switch (subject)`: the clause whose label is `label` is taken. */
  | { readonly kind: "case"; readonly subject: ts.Expression; readonly label: ts.Expression }
  /** `for … of`, `for … in`: no further element (`is: false`), or one more (`is: true`). */
  | {
      readonly kind: "element";
      readonly loop: ts.ForOfStatement | ts.ForInStatement;
      readonly is: boolean;
    };

export interface Edge {
  readonly to: Block;
  readonly condition: EdgeCondition | undefined;
}

export interface Block {
  readonly id: number;
  readonly events: FlowEvent[];
  readonly next: Edge[];
  /** Where an exception raised by an event of this block goes. */
  readonly handler: Block | undefined;
}

export interface FlowGraph {
  readonly unit: FlowUnit;
  readonly entry: Block;
  /** Normal completion: every `return` and the end of the body. */
  readonly end: Block;
  /** An exception, or a rejection of an async function, leaves the unit. */
  readonly thrown: Block;
  /** A generator is left by `return()` at a `yield`. */
  readonly abandoned: Block;
  /** In creation order: `blocks[i].id === i`. */
  readonly blocks: readonly Block[];
  /** Literal callbacks and executors that were inlined: their events belong to this graph too. */
  readonly inlined: ReadonlySet<ts.Node>;
}

/** Behind the event control may go on at the handler of its block. */
export function mayThrow({ kind }: FlowEvent): boolean {
  return kind === "call" || kind === "await" || kind === "throw" || kind === "dispose";
}

/** Stands for any element of a collection in a path. */
export const anyElement = "[]";

/** Looks through wrappers that do not change which value an expression stands for. */
export function valueOf(expression: ts.Expression): ts.Expression {
  let node = expression;
  while (
    isWrapper(node) ||
    ts.isAwaitExpression(node) ||
    (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken)
  ) {
    node = ts.isBinaryExpression(node) ? node.right : node.expression;
  }
  return node;
}
