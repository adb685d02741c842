/**
 * The ground of the builder: blocks and edges, and the frames that a jump or an exception leaves.
 */
import type ts from "typescript";
import type { Block, Edge, EdgeCondition, FlowEvent } from "./graph.ts";

/** So many copies of `finally` bodies for a jump or an exception nest; inside them, copies are merged. */
const maximalCopyDepth = 2;

/** So many `finally` bodies nest before copies are merged even where control arrived normally. */
const maximalFinallyDepth = 6;

export interface MutableBlock extends Block {
  readonly events: FlowEvent[];
  readonly next: Edge[];
}

export type Frame =
  | {
      readonly kind: "jump";
      readonly labels: readonly string[];
      readonly breakTo: MutableBlock | undefined;
      readonly continueTo: MutableBlock | undefined;
      /** A labelled block takes only breaks that name it. */
      readonly onlyLabelled: boolean;
    }
  | { readonly kind: "finally"; readonly finalizer: Finalizer }
  | { readonly kind: "catch"; readonly clause: ts.Node }
  | {
      readonly kind: "inlined";
      /** The expression that stands for what the function returns; undefined where nobody looks at it. */
      readonly result: ts.Expression | undefined;
      readonly returnTo: MutableBlock;
      /** `reject` was called: returning is throwing. */
      readonly rejected: boolean;
      /** The handler around the call. */
      readonly handler: MutableBlock;
      /** The promise whose executor this is. */
      readonly promise: ts.NewExpression | undefined;
    };

/** Where control goes on behind a copy of a `finally` body. */
interface Completion {
  readonly target: MutableBlock;
  /** The index of the outermost frame that stays entered. */
  readonly outer: number;
  readonly key: string;
  readonly recovers: boolean;
}

/** One copy of a `finally` body, for every completion that arrives there with the same key. */
interface FinallyCopy {
  readonly entry: MutableBlock;
  readonly completions: Completion[];
}

/**
 * Copies are entered while the `try` is built and built behind it, when frames and handler are those
 * of the code around the statement.
 */
interface Finalizer {
  readonly merged: boolean;
  readonly copies: Map<string, FinallyCopy>;
}

export class BlockBuilder {
  protected readonly blocks: MutableBlock[] = [];
  protected readonly end: MutableBlock;
  protected readonly thrown: MutableBlock;
  protected readonly abandoned: MutableBlock;
  /** What the code being built is inside of, innermost last. */
  protected frames: Frame[] = [];
  protected handler: MutableBlock;
  protected current: MutableBlock;
  private copyDepth = 0;
  private finallyDepth = 0;

  constructor() {
    this.thrown = this.block(undefined);
    this.end = this.block(undefined);
    this.abandoned = this.block(undefined);
    this.handler = this.thrown;
    this.current = this.block(this.thrown);
  }

  protected block(handler: MutableBlock | undefined = this.handler): MutableBlock {
    const block: MutableBlock = { id: this.blocks.length, events: [], next: [], handler };
    this.blocks.push(block);
    return block;
  }

  protected link(from: MutableBlock, to: MutableBlock, condition?: EdgeCondition): void {
    from.next.push({ to, condition });
  }

  protected emit(event: FlowEvent): void {
    this.current.events.push(event);
  }

  /** Code behind a jump is built into a block that nothing leads to. */
  protected unreachable(): void {
    this.current = this.block();
  }

  /** Continues in a fresh block that the current one falls into. */
  protected split(): void {
    const next = this.block();
    this.link(this.current, next);
    this.current = next;
  }

  protected fallInto(block: MutableBlock): MutableBlock {
    this.link(this.current, block);
    return block;
  }

  /** Runs one of two pieces of code, and nothing tells which. */
  protected either(first: () => void, second: () => void): void {
    const starts = [this.block(), this.block()] as const;
    const after = this.block();
    for (const start of starts) this.link(this.current, start);
    for (const [start, run] of [
      [starts[0], first],
      [starts[1], second],
    ] as const) {
      this.current = start;
      run();
      this.link(this.current, after);
    }
    this.current = after;
  }

  protected within(frame: Frame, body: () => void): void {
    this.frames = [...this.frames, frame];
    body();
    this.frames = this.frames.slice(0, -1);
  }

  /**
   * Leads `from` to `target`, through a copy of every `finally` between the current frames and
   * frame number `outer`, and tells each `catch` on the way that it recovered.
   */
  protected route(
    from: MutableBlock,
    outer: number,
    key: string,
    target: MutableBlock,
    recovers = true,
  ): void {
    for (let index = this.frames.length - 1; index > outer; index--) {
      const frame = this.frames[index];
      if (frame?.kind === "catch" && recovers)
        from.events.push({ kind: "recovered", node: frame.clause });
      if (frame?.kind === "finally") {
        const completion = { target, outer, key, recovers };
        this.link(from, this.finallyCopy(frame.finalizer, completion).entry);
        return;
      }
    }
    this.link(from, target);
  }

  /** The copy of a `finally` body for one kind and target of completion. */
  private finallyCopy(finalizer: Finalizer, completion: Completion): FinallyCopy {
    const key = finalizer.merged ? "merged" : completion.key;
    let copy = finalizer.copies.get(key);
    if (copy === undefined) {
      copy = { entry: this.block(), completions: [] };
      finalizer.copies.set(key, copy);
    }
    if (!copy.completions.some(({ target }) => target === completion.target))
      copy.completions.push(completion);
    return copy;
  }

  /** Runs `body`; however control leaves it, `finalize` runs on the way. */
  protected withFinalizer(body: () => void, finalize: () => void): void {
    const outerHandler = this.handler;
    const outer = this.frames.length - 1;
    const after = this.block();
    const finalizer: Finalizer = {
      merged: this.copyDepth >= maximalCopyDepth || this.finallyDepth >= maximalFinallyDepth,
      copies: new Map(),
    };
    const enter = (key: string, target: MutableBlock): MutableBlock =>
      this.finallyCopy(finalizer, { target, outer, key, recovers: true }).entry;

    const onThrow = enter("throw", outerHandler);
    this.handler = onThrow;
    this.current = this.fallInto(this.block());
    this.within({ kind: "finally", finalizer }, body);
    this.handler = outerHandler;
    this.link(this.current, enter("normal", after));

    for (const [key, { entry, completions }] of finalizer.copies) {
      // The normal copy is where the code stands, so what is nested in it keeps all its copies.
      const depth = key === "normal" ? 0 : 1;
      this.current = this.block();
      this.link(entry, this.current);
      this.copyDepth += depth;
      this.finallyDepth++;
      finalize();
      this.finallyDepth--;
      this.copyDepth -= depth;
      for (const completion of completions) {
        this.route(
          this.current,
          completion.outer,
          completion.key,
          completion.target,
          completion.recovers,
        );
      }
    }
    this.current = after;
  }

  /** Runs `body`; an exception in it goes to `rescue`, behind which both meet. */
  protected withCatch(body: () => void, rescue: () => void, clause: ts.Node): void {
    const outerHandler = this.handler;
    const onThrow = this.block(outerHandler);
    this.handler = onThrow;
    this.current = this.fallInto(this.block(onThrow));
    body();
    this.handler = outerHandler;
    const after = this.block();
    this.link(this.current, after);

    this.current = onThrow;
    this.within({ kind: "catch", clause }, rescue);
    this.emit({ kind: "recovered", node: clause });
    this.link(this.current, after);
    this.current = after;
  }

  /** Runs code whose exceptions nobody waits for: they join the code behind it. */
  protected detached(body: () => void): void {
    const outerHandler = this.handler;
    const after = this.block(outerHandler);
    this.handler = this.block(outerHandler);
    this.link(this.handler, after);
    this.current = this.fallInto(this.block(this.handler));
    body();
    this.handler = outerHandler;
    this.link(this.current, after);
    this.current = after;
  }

  protected innermostInlined(): number {
    return this.frames.findLastIndex(({ kind }) => kind === "inlined");
  }

  protected leaveInlined(index: number, target: MutableBlock, recovers: boolean): void {
    this.route(this.current, index, `return ${String(target.id)}`, target, recovers);
    this.unreachable();
  }
}
