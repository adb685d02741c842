/**
 * Functions whose bodies belong to the graph of the code around them: callbacks of promise chains,
 * executors, and functions called where they are written.
 */
import ts from "typescript";
import { isFloating, isNothing } from "../typescript/syntax.ts";
import type { MutableBlock } from "./build-blocks.ts";
import { ExpressionBuilder } from "./build-expressions.ts";
import { type InlinableFunction, isChainMethod, isInlinable } from "./syntax.ts";

/** So many calls of `then` in one chain are lowered; those before them are ordinary calls. */
const maximalChainLength = 100;

/** What a parameter of an inlined executor does to its promise. */
interface Settle {
  readonly kind: "resolve" | "reject";
  readonly promise: ts.NewExpression;
}

export abstract class InliningBuilder extends ExpressionBuilder {
  protected readonly inlined = new Set<ts.Node>();
  private chainLength = 0;
  /** Parameters of an inlined executor: their names are unique enough within its body. */
  private settle = new Map<string, Settle>();

  protected abstract statements(list: readonly ts.Statement[], from: number): void;

  protected lowersChains(): boolean {
    return this.chainLength < maximalChainLength;
  }

  /** Lowers `p.then(f, g)`, `p.catch(g)` and `p.finally(f)`; false where the call is none of these. */
  protected promiseChain(node: ts.CallExpression, receiverDone = false): boolean {
    const callee = node.expression;
    if (!ts.isPropertyAccessExpression(callee) || node.arguments.length === 0) return false;
    const method = callee.name.text;
    if (!isChainMethod(method)) return false;
    if (!this.lowersChains()) return false;
    if (!this.oracle.isPromise(callee.expression)) return false;
    const receiver = callee.expression;
    const settled = (): void => {
      if (!receiverDone) {
        this.chainLength++;
        this.expression(receiver);
        this.chainLength--;
      }
      this.emit({ kind: "await", node: receiver, value: receiver });
    };
    const lowered = (): void => {
      const [first, second] = node.arguments;
      if (method === "finally" && first !== undefined) {
        this.withFinalizer(
          () => {
            settled();
            this.emit({ kind: "value", node, member: undefined, from: receiver });
          },
          () => {
            this.callback(first, [], undefined, node);
          },
        );
        return;
      }
      const onRejected = method === "catch" ? first : second;
      const onFulfilled =
        method === "then" && first !== undefined && !isNothing(first) ? first : undefined;
      const fulfil = (): void => {
        if (onFulfilled === undefined)
          this.emit({ kind: "value", node, member: undefined, from: receiver });
        else this.callback(onFulfilled, [receiver], node, node);
      };
      if (onRejected === undefined || isNothing(onRejected)) {
        settled();
        fulfil();
        return;
      }
      // `then(f, g)`: g sees rejections of the receiver only, so f runs behind the guarded part.
      const fulfilled = this.block();
      const after = this.block();
      this.withCatch(
        () => {
          settled();
          this.link(this.current, fulfilled);
          this.unreachable();
        },
        () => {
          this.callback(onRejected, [undefined], node, node);
          this.emit({ kind: "recovered", node: onRejected });
          this.link(this.current, after);
          this.unreachable();
        },
        onRejected,
      );
      this.current = fulfilled;
      fulfil();
      this.link(this.current, after);
      this.current = after;
    };
    if (isFloating(node)) this.detached(lowered);
    else lowered();
    return true;
  }

  /** Runs a callback on `args`: inlined where it is a literal, else as a call of whatever it names. */
  private callback(
    callback: ts.Expression,
    args: readonly (ts.Expression | undefined)[],
    result: ts.Expression | undefined,
    node: ts.CallExpression,
  ): void {
    if (isInlinable(callback)) {
      this.inline(callback, args, result);
      return;
    }
    const settle = this.settleNamed(callback);
    if (settle !== undefined) {
      this.settlePromise(settle, node, args[0]);
      return;
    }
    this.expression(callback);
    this.emit({
      kind: "call",
      node,
      callee: callback,
      args: args.filter((argument) => argument !== undefined),
    });
  }

  private inline(
    callback: InlinableFunction,
    args: readonly (ts.Expression | undefined)[],
    result: ts.Expression | undefined,
    promise?: ts.NewExpression,
  ): void {
    this.inlined.add(callback);
    const after = this.block();
    const { handler } = this;
    const frame = {
      kind: "inlined",
      result,
      returnTo: after,
      rejected: false,
      handler,
      promise,
    } as const;
    this.within(frame, () => {
      this.passArguments(callback.parameters, args);
      if (ts.isBlock(callback.body)) this.statements(callback.body.statements, 0);
      else {
        this.expression(callback.body);
        if (result !== undefined)
          this.emit({ kind: "value", node: result, member: undefined, from: callback.body });
      }
    });
    this.link(this.current, after);
    this.current = after;
  }

  protected calledWhereWritten(node: ts.CallExpression, callee: InlinableFunction): void {
    for (const argument of node.arguments) {
      this.expression(ts.isSpreadElement(argument) ? argument.expression : argument);
    }
    const body = (): void => {
      this.inline(callee, node.arguments, node);
    };
    const isAsync =
      callee.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword) === true;
    if (isAsync && isFloating(node)) this.detached(body);
    else body();
  }

  protected promiseExecutor(node: ts.NewExpression, executor: InlinableFunction): void {
    const outer = new Map(this.settle);
    (["resolve", "reject"] as const).forEach((kind, index) => {
      const name = executor.parameters[index]?.name;
      if (name !== undefined && ts.isIdentifier(name))
        this.settle.set(name.text, { kind, promise: node });
    });
    const body = (): void => {
      this.inline(executor, [], undefined, node);
    };
    if (isFloating(node)) this.detached(body);
    else body();
    this.settle = outer;
  }

  protected settlesPromise(node: ts.CallExpression): boolean {
    const settle = this.settleNamed(node.expression);
    if (settle !== undefined) this.settlePromise(settle, node, node.arguments[0]);
    return settle !== undefined;
  }

  private settleNamed(callee: ts.Expression): Settle | undefined {
    return ts.isIdentifier(callee) ? this.settle.get(callee.text) : undefined;
  }

  private settlePromise(
    settle: Settle,
    node: ts.CallExpression,
    value: ts.Expression | undefined,
  ): void {
    if (settle.kind === "resolve") {
      if (value !== undefined)
        this.emit({ kind: "value", node: settle.promise, member: undefined, from: value });
      return;
    }
    const index = this.executorOf(settle.promise);
    this.leaveInlined(index, this.rejection(node, value, index), false);
  }

  /** A block behind an executor that has called `reject`: what is thrown there, its `try` cannot catch. */
  private rejection(
    node: ts.CallExpression,
    value: ts.Expression | undefined,
    index: number,
  ): MutableBlock {
    const frame = this.frames[index];
    const rejected = this.block(frame?.kind === "inlined" ? frame.handler : this.handler);
    rejected.events.push({ kind: "throw", node, value });
    return rejected;
  }

  private executorOf(promise: ts.NewExpression): number {
    return this.frames.findLastIndex(
      (frame) => frame.kind === "inlined" && frame.promise === promise,
    );
  }

  /** `reject(error);` as a statement of an executor. */
  protected rejectingCall(statement: ts.Statement): ts.CallExpression | undefined {
    if (this.settle.size === 0 || !ts.isExpressionStatement(statement)) return undefined;
    const call = statement.expression;
    if (!ts.isCallExpression(call)) return undefined;
    const settle = this.settleNamed(call.expression);
    if (settle?.kind !== "reject") return undefined;
    return this.executorOf(settle.promise) === this.innermostInlined() ? call : undefined;
  }

  /** Runs the rest of a block behind `reject`; then the promise rejects. */
  protected reject(call: ts.CallExpression, rest: () => void): void {
    const index = this.innermostInlined();
    const frame = this.frames[index];
    if (frame?.kind !== "inlined") return;
    for (const argument of call.arguments) {
      this.expression(ts.isSpreadElement(argument) ? argument.expression : argument);
    }
    const returnTo = this.rejection(call, call.arguments[0], index);
    const { frames } = this;
    this.frames = frames.with(index, { ...frame, returnTo, rejected: true });
    rest();
    this.frames = frames;
    this.leaveInlined(index, returnTo, false);
  }
}
