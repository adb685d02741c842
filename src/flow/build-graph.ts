/**
 * Builds the flow graph of one function.
 *
 * Choices, and why:
 * - Exceptions: every block has one exceptional successor, its handler. The solver passes on the
 *   state before each throwing event, so a block need not be split at every call.
 * - `finally`: the body is built anew for each way of arriving (normal, throw, and each jump
 *   target), so that "returned" and "threw" never mix. Inside a copy for an exception or a jump
 *   inside another such copy there is one merged copy, so that the graph never doubles with depth.
 * - `using` is a `finally` whose body is one `dispose` event.
 * - Promise chains with literal callbacks are lowered to `await` plus branches, a literal executor
 *   of `new Promise` and a function called where it is written are inlined: chain and `await`
 *   spellings make the same graph.
 * - A chain that nobody awaits does not stop the code behind it: its rejection joins that code.
 *
 * TypeScript's own parser limits nesting of statements; left-deep chains (`a.b().c()…`, `x + y + …`)
 * have no such limit and are walked with an explicit stack.
 */
import ts from "typescript";
import type {
  Block,
  Edge,
  EdgeCondition,
  FlowEvent,
  FlowGraph,
  FlowUnit,
  FunctionWithBody,
  ValueSource,
} from "./graph.ts";

/** What the builder asks of the type checker, and only where syntax alone cannot tell. */
export interface FlowOracle {
  /** The call is declared to return `never`. Asked where nothing but control depends on the call. */
  neverReturns(call: ts.CallExpression): boolean;
  /** The expression is a promise. Asked for receivers of `then`, `catch` and `finally`. */
  isPromise(expression: ts.Expression): boolean;
}

/** So many copies of `finally` bodies for a jump or an exception nest; inside them, copies are merged. */
const maximalCopyDepth = 2;

/** So many `finally` bodies nest before copies are merged even where control arrived normally. */
const maximalFinallyDepth = 6;

/** So many calls of `then` in one chain are lowered; those before them are ordinary calls. */
const maximalChainLength = 100;

interface MutableBlock extends Block {
  readonly events: FlowEvent[];
  readonly next: Edge[];
}

type Frame =
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

/** What a parameter of an inlined executor does to its promise. */
interface Settle {
  readonly kind: "resolve" | "reject";
  readonly promise: ts.NewExpression;
}

/**
 * Copies are entered while the `try` is built and built behind it, when frames and handler are those
 * of the code around the statement.
 */
interface Finalizer {
  readonly merged: boolean;
  readonly copies: Map<string, FinallyCopy>;
}

/**
 * @param unit what to build the graph of
 * @param oracle the two questions that syntax cannot answer
 */
export function buildGraph(unit: FlowUnit, oracle: FlowOracle): FlowGraph {
  return new GraphBuilder(unit, oracle).build();
}

class GraphBuilder {
  private readonly blocks: MutableBlock[] = [];
  private readonly inlined = new Set<ts.Node>();
  private readonly unit: FlowUnit;
  private readonly oracle: FlowOracle;
  private readonly end: MutableBlock;
  private readonly thrown: MutableBlock;
  private readonly abandoned: MutableBlock;
  private frames: Frame[] = [];
  private handler: MutableBlock;
  private current: MutableBlock;
  private copyDepth = 0;
  private finallyDepth = 0;
  private chainLength = 0;
  /** Parameters of an inlined executor: their names are unique enough within its body. */
  private settle = new Map<string, Settle>();

  constructor(unit: FlowUnit, oracle: FlowOracle) {
    this.unit = unit;
    this.oracle = oracle;
    this.thrown = this.block(undefined);
    this.end = this.block(undefined);
    this.abandoned = this.block(undefined);
    this.handler = this.thrown;
    this.current = this.block(this.thrown);
  }

  build(): FlowGraph {
    const entry = this.current;
    const { unit } = this;
    if (ts.isSourceFile(unit)) {
      this.statements(unit.statements, 0);
    } else if (ts.isClassStaticBlockDeclaration(unit)) {
      this.statements(unit.body.statements, 0);
    } else {
      this.parameters(unit.parameters);
      if (ts.isBlock(unit.body)) {
        this.statements(unit.body.statements, 0);
      } else {
        const body = unit.body as ts.Expression;
        this.expression(body);
        this.emit({ kind: "return", node: body, value: body });
      }
    }
    this.link(this.current, this.end);
    return {
      unit,
      entry,
      end: this.end,
      thrown: this.thrown,
      abandoned: this.abandoned,
      blocks: this.blocks,
      inlined: this.inlined,
    };
  }

  // ---- blocks and edges

  private block(handler: MutableBlock | undefined = this.handler): MutableBlock {
    const block: MutableBlock = { id: this.blocks.length, events: [], next: [], handler };
    this.blocks.push(block);
    return block;
  }

  private link(from: MutableBlock, to: MutableBlock, condition?: EdgeCondition): void {
    from.next.push({ to, condition });
  }

  private emit(event: FlowEvent): void {
    this.current.events.push(event);
  }

  /** Code behind a jump is built into a block that nothing leads to. */
  private unreachable(): void {
    this.current = this.block();
  }

  /** Continues in a fresh block that the current one falls into. */
  private split(): void {
    const next = this.block();
    this.link(this.current, next);
    this.current = next;
  }

  // ---- jumps, `finally` copies

  /**
   * Leads `from` to `target`, through a copy of every `finally` between the current frames and
   * frame number `outer`, and tells each `catch` on the way that it recovered.
   */
  private route(
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
  private withFinalizer(body: () => void, finalize: () => void): void {
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

  private fallInto(block: MutableBlock): MutableBlock {
    this.link(this.current, block);
    return block;
  }

  /** Runs `body`; an exception in it goes to `rescue`, behind which both meet. */
  private withCatch(body: () => void, rescue: () => void, clause: ts.Node): void {
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

  // ---- statements

  private statements(list: readonly ts.Statement[], from: number): void {
    for (let index = from; index < list.length; index++) {
      const statement = list[index];
      if (statement === undefined) return;
      if (ts.isVariableStatement(statement) && isUsing(statement.declarationList)) {
        this.usingDeclarations(statement.declarationList, 0, () => {
          this.statements(list, index + 1);
        });
        return;
      }
      const rejects = this.rejectedRest(statement, () => {
        this.statements(list, index + 1);
      });
      if (rejects) return;
      this.statement(statement);
    }
  }

  /** `using a = f(), b = g();` and what follows it in its block. */
  private usingDeclarations(
    list: ts.VariableDeclarationList,
    from: number,
    rest: () => void,
  ): void {
    const declaration = list.declarations[from];
    if (declaration === undefined) {
      rest();
      return;
    }
    this.variable(declaration);
    this.withFinalizer(
      () => {
        this.usingDeclarations(list, from + 1, rest);
      },
      () => {
        this.dispose(declaration, list);
      },
    );
  }

  private dispose(declaration: ts.VariableDeclaration, list: ts.VariableDeclarationList): void {
    const awaits = (list.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing;
    this.emit({ kind: "dispose", node: declaration, awaits });
  }

  private statement(node: ts.Statement): void {
    if (ts.isExpressionStatement(node)) {
      this.expression(node.expression);
    } else if (ts.isVariableStatement(node)) {
      for (const declaration of node.declarationList.declarations) this.variable(declaration);
    } else if (ts.isBlock(node)) {
      this.statements(node.statements, 0);
    } else if (ts.isIfStatement(node)) {
      this.ifStatement(node);
    } else if (ts.isReturnStatement(node)) {
      this.returnStatement(node);
    } else if (ts.isThrowStatement(node)) {
      this.expression(node.expression);
      this.emit({ kind: "throw", node, value: node.expression });
      this.unreachable();
    } else if (ts.isTryStatement(node)) {
      this.tryStatement(node);
    } else if (ts.isIterationStatement(node, false)) {
      this.loop(node, []);
    } else if (ts.isSwitchStatement(node)) {
      this.switchStatement(node, []);
    } else if (ts.isLabeledStatement(node)) {
      this.labeled(node, [node.label.text]);
    } else if (ts.isBreakStatement(node) || ts.isContinueStatement(node)) {
      this.jump(node);
    } else if (ts.isFunctionDeclaration(node)) {
      if (node.body !== undefined) this.emit({ kind: "closure", node });
    } else if (ts.isClassDeclaration(node)) {
      this.classLike(node);
    } else if (ts.isWithStatement(node)) {
      this.expression(node.expression);
      this.statement(node.statement);
    } else if (ts.isExportAssignment(node)) {
      this.expression(node.expression);
    } else if (ts.isModuleDeclaration(node)) {
      let { body } = node;
      while (body !== undefined && ts.isModuleDeclaration(body)) ({ body } = body);
      if (body !== undefined && ts.isModuleBlock(body)) this.statements(body.statements, 0);
    } else if (ts.isEnumDeclaration(node)) {
      for (const member of node.members)
        if (member.initializer) this.expression(member.initializer);
    }
  }

  private variable(declaration: ts.VariableDeclaration): void {
    if (declaration.initializer !== undefined) {
      this.expression(declaration.initializer);
      this.bind(declaration.name, declaration.initializer, [], declaration);
    } else if (!isLoopVariable(declaration) && !isVar(declaration)) {
      // `let x;` resets x at every turn of a loop; `var x;` does nothing.
      this.bind(declaration.name, undefined, [], declaration);
    }
  }

  private ifStatement(node: ts.IfStatement): void {
    const yes = this.block();
    const no = this.block();
    const after = this.block();
    this.condition(node.expression, yes, no);
    this.current = yes;
    this.statement(node.thenStatement);
    this.link(this.current, after);
    this.current = no;
    if (node.elseStatement !== undefined) this.statement(node.elseStatement);
    this.link(this.current, after);
    this.current = after;
  }

  private returnStatement(node: ts.ReturnStatement): void {
    if (node.expression !== undefined) this.expression(node.expression);
    const index = this.innermostInlined();
    const frame = this.frames[index];
    if (frame?.kind === "inlined") {
      if (node.expression !== undefined && frame.result !== undefined)
        this.emit({ kind: "value", node: frame.result, member: undefined, from: node.expression });
      this.leaveInlined(index, frame.returnTo, !frame.rejected);
    } else {
      this.emit({ kind: "return", node, value: node.expression });
      this.route(this.current, -1, "return", this.end);
      this.unreachable();
    }
  }

  private innermostInlined(): number {
    return this.frames.findLastIndex(({ kind }) => kind === "inlined");
  }

  private leaveInlined(index: number, target: MutableBlock, recovers: boolean): void {
    this.route(this.current, index, `return ${String(target.id)}`, target, recovers);
    this.unreachable();
  }

  private tryStatement(node: ts.TryStatement): void {
    const guarded = (): void => {
      const { catchClause } = node;
      if (catchClause === undefined) {
        this.statements(node.tryBlock.statements, 0);
        return;
      }
      this.withCatch(
        () => {
          this.statements(node.tryBlock.statements, 0);
        },
        () => {
          const variable = catchClause.variableDeclaration;
          if (variable !== undefined) this.bind(variable.name, undefined, [], variable);
          this.statements(catchClause.block.statements, 0);
        },
        catchClause,
      );
    };
    const { finallyBlock } = node;
    if (finallyBlock === undefined) guarded();
    else {
      this.withFinalizer(guarded, () => {
        this.statements(finallyBlock.statements, 0);
      });
    }
  }

  private labeled(node: ts.LabeledStatement, labels: readonly string[]): void {
    const { statement } = node;
    if (ts.isLabeledStatement(statement))
      this.labeled(statement, [...labels, statement.label.text]);
    else if (ts.isIterationStatement(statement, false)) this.loop(statement, labels);
    else if (ts.isSwitchStatement(statement)) this.switchStatement(statement, labels);
    else {
      const after = this.block();
      this.within(
        { kind: "jump", labels, breakTo: after, continueTo: undefined, onlyLabelled: true },
        () => {
          this.statement(statement);
        },
      );
      this.link(this.current, after);
      this.current = after;
    }
  }

  private within(frame: Frame, body: () => void): void {
    this.frames = [...this.frames, frame];
    body();
    this.frames = this.frames.slice(0, -1);
  }

  private jump(node: ts.BreakStatement | ts.ContinueStatement): void {
    const label = node.label?.text;
    for (let index = this.frames.length - 1; index >= 0; index--) {
      const frame = this.frames[index];
      if (frame?.kind === "inlined") break;
      if (frame?.kind !== "jump") continue;
      const target = ts.isBreakStatement(node) ? frame.breakTo : frame.continueTo;
      const named = label === undefined ? !frame.onlyLabelled : frame.labels.includes(label);
      if (target === undefined || !named) continue;
      this.route(this.current, index, `jump ${String(target.id)}`, target);
      break;
    }
    this.unreachable();
  }

  private loop(node: ts.IterationStatement, labels: readonly string[]): void {
    const after = this.block();
    const frame = (continueTo: MutableBlock): Frame => ({
      kind: "jump",
      labels,
      breakTo: after,
      continueTo,
      onlyLabelled: false,
    });
    if (ts.isForStatement(node)) {
      this.forStatement(node, after, frame);
    } else if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      this.forEach(node, after, frame);
    } else if (ts.isWhileStatement(node)) {
      this.split();
      const head = this.current;
      const body = this.block();
      this.condition(node.expression, body, after);
      this.current = body;
      this.within(frame(head), () => {
        this.statement(node.statement);
      });
      this.link(this.current, head);
      this.current = after;
    } else if (ts.isDoStatement(node)) {
      this.split();
      const body = this.current;
      const test = this.block();
      this.within(frame(test), () => {
        this.statement(node.statement);
      });
      this.link(this.current, test);
      this.current = test;
      this.condition(node.expression, body, after);
      this.current = after;
    }
  }

  private forStatement(
    node: ts.ForStatement,
    after: MutableBlock,
    frame: (continueTo: MutableBlock) => Frame,
  ): void {
    const run = (): void => {
      this.split();
      const head = this.current;
      const body = this.block();
      const step = this.block();
      if (node.condition === undefined) this.link(head, body);
      else this.condition(node.condition, body, after);
      this.current = body;
      this.within(frame(step), () => {
        this.statement(node.statement);
      });
      this.link(this.current, step);
      this.current = step;
      if (node.incrementor !== undefined) this.expression(node.incrementor);
      this.link(this.current, head);
      this.current = after;
    };
    const { initializer } = node;
    if (initializer === undefined) run();
    else if (!ts.isVariableDeclarationList(initializer)) {
      this.expression(initializer);
      run();
    } else if (isUsing(initializer)) {
      this.usingDeclarations(initializer, 0, () => {
        run();
      });
    } else {
      for (const declaration of initializer.declarations) this.variable(declaration);
      run();
    }
  }

  private forEach(
    node: ts.ForOfStatement | ts.ForInStatement,
    after: MutableBlock,
    frame: (continueTo: MutableBlock) => Frame,
  ): void {
    this.expression(node.expression);
    this.split();
    const head = this.current;
    const body = this.block();
    if (ts.isForOfStatement(node)) {
      if (node.awaitModifier !== undefined)
        this.emit({ kind: "await", node, value: node.expression });
      this.emit({ kind: "iterate", node, value: node.expression });
      this.link(head, body, { kind: "element", loop: node, is: true });
      this.link(head, after, { kind: "element", loop: node, is: false });
    } else {
      this.link(head, body);
      this.link(head, after);
    }
    this.current = body;
    const from = ts.isForOfStatement(node) ? node.expression : undefined;
    const path = ts.isForOfStatement(node) ? [anyElement] : [];
    const { initializer } = node;
    let turn = (): void => {
      this.statement(node.statement);
    };
    if (!ts.isVariableDeclarationList(initializer)) {
      this.assignTo(initializer, from, path, initializer);
    } else {
      const declaration = initializer.declarations[0];
      if (declaration !== undefined) {
        this.bind(declaration.name, from, path, declaration);
        if (isUsing(initializer)) {
          // Disposed at the end of every turn, also when `continue` or `break` ends it.
          turn = () => {
            this.withFinalizer(
              () => {
                this.statement(node.statement);
              },
              () => {
                this.dispose(declaration, initializer);
              },
            );
          };
        }
      }
    }
    this.within(frame(head), turn);
    this.link(this.current, head);
    this.current = after;
  }

  private switchStatement(node: ts.SwitchStatement, labels: readonly string[]): void {
    this.expression(node.expression);
    const after = this.block();
    const { clauses } = node.caseBlock;
    const bodies = clauses.map(() => this.block());
    let fallback: MutableBlock = after;
    clauses.forEach((clause, index) => {
      const body = bodies[index];
      if (body === undefined) return;
      if (ts.isDefaultClause(clause)) {
        fallback = body;
        return;
      }
      this.expression(clause.expression);
      this.link(this.current, body, {
        kind: "case",
        subject: node.expression,
        label: clause.expression,
      });
      const next = this.block();
      this.link(this.current, next);
      this.current = next;
    });
    this.link(this.current, fallback);
    this.within(
      { kind: "jump", labels, breakTo: after, continueTo: undefined, onlyLabelled: false },
      () => {
        clauses.forEach((clause, index) => {
          const body = bodies[index];
          if (body === undefined) return;
          this.current = body;
          this.statements(clause.statements, 0);
          this.link(this.current, bodies[index + 1] ?? after);
        });
      },
    );
    this.current = after;
  }

  // ---- binding

  /** What a function of its own finds in its parameters. */
  private parameters(parameters: readonly ts.ParameterDeclaration[]): void {
    for (const parameter of parameters) {
      const { name, initializer } = parameter;
      if (!ts.isIdentifier(name)) {
        this.bindWithDefault(name, initializer, parameter, [], parameter);
      } else if (initializer !== undefined) {
        // The parameter holds its argument already, unless there was none.
        this.either(
          () => {
            this.expression(initializer);
            this.bind(name, initializer, [], parameter);
          },
          () => undefined,
        );
      }
    }
    for (const parameter of parameters) {
      const { name } = parameter;
      if (!ts.isParameterPropertyDeclaration(parameter, parameter.parent)) continue;
      if (!ts.isIdentifier(name)) continue;
      const { factory } = ts;
      const target = factory.createPropertyAccessExpression(factory.createThis(), name.text);
      this.emit({ kind: "assign", node: parameter, target, from: name, path: [] });
    }
  }

  /**
   * What an inlined function finds in its parameters.
   *
   * @param args undefined for an argument that no expression stands for
   */
  private passArguments(
    parameters: readonly ts.ParameterDeclaration[],
    args: readonly (ts.Expression | undefined)[],
  ): void {
    const spread = args.findIndex((argument) => argument && ts.isSpreadElement(argument));
    parameters.forEach((parameter, index) => {
      const { name, initializer } = parameter;
      const value = spread >= 0 && index >= spread ? undefined : args[index];
      const missing = spread < 0 && index >= args.length;
      if (missing && initializer !== undefined) {
        this.expression(initializer);
        this.bind(name, initializer, [], parameter);
      } else if (value !== undefined || !ts.isIdentifier(name) || initializer !== undefined) {
        this.bindWithDefault(name, initializer, value, [], parameter);
      }
    });
  }

  /** Runs one of two pieces of code, and nothing tells which. */
  private either(first: () => void, second: () => void): void {
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

  private bind(
    name: ts.BindingName,
    from: ValueSource | undefined,
    path: readonly string[],
    node: ts.Node,
  ): void {
    if (ts.isIdentifier(name)) {
      this.emit({ kind: "assign", node, target: name, from, path });
      return;
    }
    name.elements.forEach((element, index) => {
      if (ts.isOmittedExpression(element)) return;
      const { propertyName } = element;
      if (propertyName !== undefined && ts.isComputedPropertyName(propertyName))
        this.expression(propertyName.expression);
      const key = ts.isArrayBindingPattern(name) ? String(index) : bindingKey(element);
      const inner =
        element.dotDotDotToken !== undefined || key === undefined ? path : [...path, key];
      this.bindWithDefault(element.name, element.initializer, from, inner, element);
    });
  }

  private bindWithDefault(
    name: ts.BindingName,
    fallback: ts.Expression | undefined,
    from: ValueSource | undefined,
    path: readonly string[],
    node: ts.Node,
  ): void {
    if (fallback === undefined) {
      this.bind(name, from, path, node);
      return;
    }
    this.either(
      () => {
        this.expression(fallback);
        this.bind(name, fallback, [], node);
      },
      () => {
        this.bind(name, from, path, node);
      },
    );
  }

  /** Assignment to an expression: a name, a member, or a destructuring pattern. */
  private assignTo(
    target: ts.Expression,
    from: ts.Expression | undefined,
    path: readonly string[],
    node: ts.Node,
  ): void {
    if (ts.isParenthesizedExpression(target)) {
      this.assignTo(target.expression, from, path, node);
    } else if (ts.isArrayLiteralExpression(target)) {
      target.elements.forEach((element, index) => {
        if (ts.isOmittedExpression(element)) return;
        if (ts.isSpreadElement(element)) this.assignTo(element.expression, from, path, node);
        else this.assignElement(element, from, [...path, String(index)], node);
      });
    } else if (ts.isObjectLiteralExpression(target)) {
      for (const property of target.properties) {
        if (ts.isShorthandPropertyAssignment(property)) {
          const { name, objectAssignmentInitializer: fallback } = property;
          const inner = [...path, name.text];
          if (fallback === undefined) this.assignTo(name, from, inner, node);
          else {
            this.either(
              () => {
                this.expression(fallback);
                this.assignTo(name, fallback, [], node);
              },
              () => {
                this.assignTo(name, from, inner, node);
              },
            );
          }
        } else if (ts.isPropertyAssignment(property)) {
          if (ts.isComputedPropertyName(property.name)) this.expression(property.name.expression);
          const inner = [...path, memberName(property.name)];
          this.assignElement(property.initializer, from, inner, node);
        } else if (ts.isSpreadAssignment(property)) {
          this.assignTo(property.expression, from, path, node);
        }
      }
    } else {
      this.emit({ kind: "assign", node, target, from, path });
    }
  }

  private assignElement(
    element: ts.Expression,
    from: ts.Expression | undefined,
    path: readonly string[],
    node: ts.Node,
  ): void {
    if (
      ts.isBinaryExpression(element) &&
      element.operatorToken.kind === ts.SyntaxKind.EqualsToken
    ) {
      const { left, right } = element;
      this.either(
        () => {
          this.expression(right);
          this.assignTo(left, right, [], node);
        },
        () => {
          this.assignTo(left, from, path, node);
        },
      );
    } else {
      this.assignTo(element, from, path, node);
    }
  }

  // ---- conditions

  /** Evaluates a test and leads to `yes` or `no`. */
  private condition(test: ts.Expression, yes: MutableBlock, no: MutableBlock): void {
    const node = unwrapTest(test);
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
      this.condition(node.operand, no, yes);
    } else if (ts.isBinaryExpression(node) && isAndOr(node.operatorToken.kind)) {
      const operator = node.operatorToken.kind;
      const operands = operandsOf(node, operator);
      operands.forEach((operand, index) => {
        if (index === operands.length - 1) {
          this.condition(operand, yes, no);
          return;
        }
        const right = this.block();
        if (operator === ts.SyntaxKind.AmpersandAmpersandToken) this.condition(operand, right, no);
        else this.condition(operand, yes, right);
        this.current = right;
      });
    } else if (literalTruth(node) !== undefined) {
      this.link(this.current, literalTruth(node) === true ? yes : no);
    } else if (ts.isOptionalChain(node)) {
      this.optionalChain(node, no);
      this.link(this.current, yes, { kind: "truthy", test: node, is: true });
      this.link(this.current, no, { kind: "truthy", test: node, is: false });
    } else {
      this.expression(node);
      this.link(this.current, yes, { kind: "truthy", test: node, is: true });
      this.link(this.current, no, { kind: "truthy", test: node, is: false });
    }
  }

  // ---- expressions

  /** Evaluates an expression for its value, which is denoted by the node itself. */
  private expression(expression: ts.Expression): void {
    const spine = leftSpine(expression, this.chainLength < maximalChainLength);
    for (let index = spine.length - 1; index >= 0; index--) {
      const node = spine[index];
      if (node !== undefined) this.expressionAfterLeft(node, index < spine.length - 1);
    }
  }

  /** @param leftDone the leftmost operand (or receiver) of `node` has been evaluated already */
  private expressionAfterLeft(node: ts.Expression, leftDone: boolean): void {
    if (ts.isIdentifier(node) || ts.isLiteralExpression(node) || isSimpleKeyword(node)) return;
    if (ts.isOptionalChain(node)) {
      const after = this.block();
      const short = this.block();
      this.optionalChain(node, short);
      this.link(this.current, after);
      this.link(short, after);
      this.current = after;
    } else if (ts.isCallExpression(node)) this.call(node, leftDone);
    else if (ts.isNewExpression(node)) this.construct(node);
    else if (ts.isPropertyAccessExpression(node)) {
      if (!leftDone) this.expression(node.expression);
    } else if (ts.isNonNullExpression(node)) {
      if (!leftDone) this.expression(node.expression);
    } else if (ts.isElementAccessExpression(node)) {
      if (!leftDone) this.expression(node.expression);
      this.expression(node.argumentExpression);
    } else if (ts.isBinaryExpression(node)) this.binary(node, leftDone);
    else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      this.expression(node.operand);
      if (isUpdate(node.operator))
        this.emit({ kind: "assign", node, target: node.operand, from: undefined, path: [] });
    } else if (ts.isConditionalExpression(node)) this.conditional(node);
    else if (ts.isAwaitExpression(node)) {
      this.expression(node.expression);
      this.emit({ kind: "await", node, value: node.expression });
    } else if (ts.isYieldExpression(node)) this.yieldExpression(node);
    else if (ts.isArrowFunction(node) || ts.isFunctionExpression(node))
      this.emit({ kind: "closure", node });
    else if (ts.isClassExpression(node)) this.classLike(node);
    else if (ts.isObjectLiteralExpression(node)) this.objectLiteral(node);
    else if (ts.isArrayLiteralExpression(node)) this.arrayLiteral(node);
    else if (ts.isTaggedTemplateExpression(node)) {
      this.expression(node.tag);
      const args = ts.isTemplateExpression(node.template)
        ? node.template.templateSpans.map((span) => span.expression)
        : [];
      for (const argument of args) this.expression(argument);
      this.emit({ kind: "call", node, callee: node.tag, args });
    } else {
      ts.forEachChild(node, (child) => {
        this.anyChild(child);
      });
    }
  }

  /** Parts of expressions without a rule of their own: templates, JSX, unary operators, casts. */
  private anyChild(child: ts.Node): void {
    if (ts.isExpression(child)) this.expression(child);
    else if (ts.isTypeNode(child)) return;
    else {
      ts.forEachChild(child, (inner) => {
        this.anyChild(inner);
      });
    }
  }

  private call(node: ts.CallExpression, leftDone: boolean): void {
    if (this.promiseChain(node)) return;
    const callee = ts.isParenthesizedExpression(node.expression)
      ? unwrapTest(node.expression)
      : node.expression;
    if (isInlinable(callee)) {
      this.calledWhereWritten(node, callee);
      return;
    }
    if (!leftDone) this.calleeParts(node.expression);
    for (const argument of node.arguments) {
      this.expression(ts.isSpreadElement(argument) ? argument.expression : argument);
    }
    const settle = ts.isIdentifier(node.expression)
      ? this.settle.get(node.expression.text)
      : undefined;
    if (settle !== undefined) {
      this.settlePromise(settle, node, node.arguments[0]);
      return;
    }
    this.emit({ kind: "call", node, callee: node.expression, args: node.arguments });
    this.endIfNever(node);
  }

  private endIfNever(call: ts.CallExpression): void {
    if (decidesCompletion(call) && this.oracle.neverReturns(call)) this.unreachable();
  }

  private calleeParts(callee: ts.Expression): void {
    if (ts.isPropertyAccessExpression(callee)) this.expression(callee.expression);
    else if (ts.isElementAccessExpression(callee)) {
      this.expression(callee.expression);
      this.expression(callee.argumentExpression);
    } else this.expression(callee);
  }

  private construct(node: ts.NewExpression): void {
    this.expression(node.expression);
    const executor = node.arguments?.[0];
    if (
      ts.isIdentifier(node.expression) &&
      node.expression.text === "Promise" &&
      executor !== undefined &&
      isInlinable(executor)
    ) {
      this.promiseExecutor(node, executor);
      return;
    }
    for (const argument of node.arguments ?? []) {
      this.expression(ts.isSpreadElement(argument) ? argument.expression : argument);
    }
    this.emit({ kind: "call", node, callee: node.expression, args: node.arguments ?? [] });
  }

  private binary(node: ts.BinaryExpression, leftDone: boolean): void {
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.EqualsToken) {
      this.assignmentTargetParts(node.left);
      this.expression(node.right);
      this.emit({ kind: "value", node, member: undefined, from: node.right });
      this.assignTo(node.left, node.right, [], node);
    } else if (isLogicalAssignment(operator)) {
      this.expression(node.left);
      const right = this.block();
      const after = this.block();
      this.logicalBranch(operator, node.left, right, after, node);
      this.current = right;
      this.expression(node.right);
      this.emit({ kind: "value", node, member: undefined, from: node.right });
      this.assignTo(node.left, node.right, [], node);
      this.link(this.current, after);
      this.current = after;
    } else if (isLogical(operator)) {
      const right = this.block();
      const after = this.block();
      if (!leftDone) this.expression(node.left);
      this.logicalBranch(operator, node.left, right, after, node);
      this.current = right;
      this.expression(node.right);
      this.emit({ kind: "value", node, member: undefined, from: node.right });
      this.link(this.current, after);
      this.current = after;
    } else if (isAssignment(operator)) {
      this.expression(node.left);
      this.expression(node.right);
      this.assignTo(node.left, undefined, [], node);
    } else {
      if (!leftDone) this.expression(node.left);
      this.expression(node.right);
    }
  }

  /** Leads to `right` where the right operand is evaluated, and to `after` where the left one is the value. */
  private logicalBranch(
    operator: ts.SyntaxKind,
    left: ts.Expression,
    right: MutableBlock,
    after: MutableBlock,
    node: ts.Expression,
  ): void {
    const short = this.block();
    const nullish =
      operator === ts.SyntaxKind.QuestionQuestionToken ||
      operator === ts.SyntaxKind.QuestionQuestionEqualsToken;
    const and =
      operator === ts.SyntaxKind.AmpersandAmpersandToken ||
      operator === ts.SyntaxKind.AmpersandAmpersandEqualsToken;
    const kind = nullish ? "nullish" : "truthy";
    const goesRight = nullish || and;
    this.link(this.current, right, { kind, test: left, is: goesRight });
    this.link(this.current, short, { kind, test: left, is: !goesRight });
    this.current = short;
    this.emit({ kind: "value", node, member: undefined, from: left });
    this.link(short, after);
  }

  private assignmentTargetParts(target: ts.Expression): void {
    if (ts.isPropertyAccessExpression(target)) this.expression(target.expression);
    else if (ts.isElementAccessExpression(target)) {
      this.expression(target.expression);
      this.expression(target.argumentExpression);
    }
  }

  private conditional(node: ts.ConditionalExpression): void {
    const yes = this.block();
    const no = this.block();
    const after = this.block();
    this.condition(node.condition, yes, no);
    for (const [start, arm] of [
      [yes, node.whenTrue],
      [no, node.whenFalse],
    ] as const) {
      this.current = start;
      this.expression(arm);
      this.emit({ kind: "value", node, member: undefined, from: arm });
      this.link(this.current, after);
    }
    this.current = after;
  }

  /** `a?.b(c).d`: at each `?.`, a nullish receiver leads to `short`, else the chain goes on. */
  private optionalChain(node: ts.Expression, short: MutableBlock): void {
    const links: ts.Expression[] = [];
    let base: ts.Expression = node;
    while (
      ts.isOptionalChain(base) ||
      (ts.isNonNullExpression(base) && ts.isOptionalChain(base.expression))
    ) {
      links.push(base);
      base = base.expression;
    }
    this.expression(base);
    for (const part of links.reverse()) {
      if (!ts.isOptionalChain(part) || ts.isNonNullExpression(part)) continue;
      if (part.questionDotToken !== undefined) {
        const go = this.block();
        this.link(this.current, go, { kind: "nullish", test: part.expression, is: false });
        this.link(this.current, short, { kind: "nullish", test: part.expression, is: true });
        this.current = go;
      }
      if (ts.isCallExpression(part)) {
        if (this.promiseChain(part, true)) continue;
        for (const argument of part.arguments) {
          this.expression(ts.isSpreadElement(argument) ? argument.expression : argument);
        }
        this.emit({ kind: "call", node: part, callee: part.expression, args: part.arguments });
        this.endIfNever(part);
      } else if (ts.isElementAccessExpression(part)) this.expression(part.argumentExpression);
    }
  }

  private yieldExpression(node: ts.YieldExpression): void {
    if (node.expression !== undefined) this.expression(node.expression);
    this.emit({ kind: "yield", node, value: node.expression });
    const resumed = this.block();
    const left = this.block();
    this.link(this.current, resumed);
    this.link(this.current, left);
    this.route(left, -1, "abandoned", this.abandoned, false);
    this.current = resumed;
  }

  private objectLiteral(node: ts.ObjectLiteralExpression): void {
    for (const property of node.properties) {
      if (ts.isPropertyAssignment(property)) {
        if (ts.isComputedPropertyName(property.name)) this.expression(property.name.expression);
        this.expression(property.initializer);
        const member = memberName(property.name);
        this.emit({ kind: "value", node, member, from: property.initializer });
      } else if (ts.isShorthandPropertyAssignment(property)) {
        this.emit({ kind: "value", node, member: property.name.text, from: property.name });
      } else if (ts.isSpreadAssignment(property)) {
        this.expression(property.expression);
        this.emit({ kind: "value", node, member: undefined, from: property.expression });
      } else {
        if (ts.isComputedPropertyName(property.name)) this.expression(property.name.expression);
        this.emit({ kind: "closure", node: property });
      }
    }
  }

  private arrayLiteral(node: ts.ArrayLiteralExpression): void {
    node.elements.forEach((element, index) => {
      if (ts.isSpreadElement(element)) {
        this.expression(element.expression);
        this.emit({ kind: "value", node, member: undefined, from: element.expression });
      } else if (!ts.isOmittedExpression(element)) {
        this.expression(element);
        this.emit({ kind: "value", node, member: String(index), from: element });
      }
    });
  }

  private classLike(node: ts.ClassLikeDeclaration): void {
    for (const clause of node.heritageClauses ?? []) {
      if (clause.token === ts.SyntaxKind.ExtendsKeyword) {
        for (const type of clause.types) this.expression(type.expression);
      }
    }
    for (const { name } of node.members) {
      if (name !== undefined && ts.isComputedPropertyName(name)) this.expression(name.expression);
    }
    this.emit({ kind: "closure", node });
  }

  // ---- inlining: callbacks of promise chains, executors, functions called where they are written

  /** Lowers `p.then(f, g)`, `p.catch(g)` and `p.finally(f)`; false where the call is none of these. */
  private promiseChain(node: ts.CallExpression, receiverDone = false): boolean {
    const callee = node.expression;
    if (!ts.isPropertyAccessExpression(callee) || node.arguments.length === 0) return false;
    const method = callee.name.text;
    if (method !== "then" && method !== "catch" && method !== "finally") return false;
    if (this.chainLength >= maximalChainLength) return false;
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

  /** Runs code whose exceptions nobody waits for: they join the code behind it. */
  private detached(body: () => void): void {
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
    const settle = ts.isIdentifier(callback) ? this.settle.get(callback.text) : undefined;
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
    callback: ts.ArrowFunction | ts.FunctionExpression,
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

  private calledWhereWritten(
    node: ts.CallExpression,
    callee: ts.ArrowFunction | ts.FunctionExpression,
  ): void {
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

  private promiseExecutor(
    node: ts.NewExpression,
    executor: ts.ArrowFunction | ts.FunctionExpression,
  ): void {
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

  /** `reject(error);` as a statement: the rest of its block still runs before the promise rejects. */
  private rejectedRest(statement: ts.Statement, rest: () => void): boolean {
    if (!ts.isExpressionStatement(statement)) return false;
    const call = statement.expression;
    if (!ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return false;
    const settle = this.settle.get(call.expression.text);
    if (settle?.kind !== "reject") return false;
    const index = this.executorOf(settle.promise);
    const frame = this.frames[index];
    if (frame?.kind !== "inlined" || this.innermostInlined() !== index) return false;
    for (const argument of call.arguments) {
      this.expression(ts.isSpreadElement(argument) ? argument.expression : argument);
    }
    const returnTo = this.rejection(call, call.arguments[0], index);
    const { frames } = this;
    this.frames = frames.with(index, { ...frame, returnTo, rejected: true });
    rest();
    this.frames = frames;
    this.leaveInlined(index, returnTo, false);
    return true;
  }
}

/** Stands for any element of a collection in a path. */
export const anyElement = "[]";

/**
 * The receivers and left operands inside `expression`, outermost first: what is evaluated before it
 * and may nest without limit.
 *
 * @param beforeChains ends at a call of `then`, whose receiver may have to be guarded
 */
function leftSpine(expression: ts.Expression, beforeChains: boolean): ts.Expression[] {
  const spine: ts.Expression[] = [];
  let node: ts.Expression | undefined = expression;
  while (node !== undefined) {
    spine.push(node);
    node = beforeChains && mayBeChain(node) ? undefined : leftOf(node);
  }
  return spine;
}

function leftOf(node: ts.Expression): ts.Expression | undefined {
  if (ts.isOptionalChain(node)) return undefined;
  if (ts.isCallExpression(node)) {
    const callee = node.expression;
    if (ts.isPropertyAccessExpression(callee)) return callee.expression;
    return ts.isCallExpression(callee) || ts.isElementAccessExpression(callee) ? callee : undefined;
  }
  if (
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isNonNullExpression(node)
  )
    return node.expression;
  if (ts.isBinaryExpression(node) && !isAssignment(node.operatorToken.kind)) return node.left;
  return undefined;
}

function mayBeChain(node: ts.Expression): boolean {
  if (!ts.isCallExpression(node)) return false;
  const callee = node.expression;
  return ts.isPropertyAccessExpression(callee) && /^(?:then|catch|finally)$/.test(callee.name.text);
}

function isInlinable(
  node: ts.Node,
): node is (ts.ArrowFunction | ts.FunctionExpression) & FunctionWithBody {
  return (
    ts.isArrowFunction(node) || (ts.isFunctionExpression(node) && node.asteriskToken === undefined)
  );
}

/** A call that makes up a statement, a result, or an arm of a branch: `ok || fail()`, `return fail()`. */
function decidesCompletion(call: ts.CallExpression): boolean {
  let child: ts.Node = call;
  let { parent }: ts.Node = call;
  while (
    ts.isParenthesizedExpression(parent) ||
    ts.isAwaitExpression(parent) ||
    ts.isVoidExpression(parent)
  ) {
    child = parent;
    parent = parent.parent;
  }
  if (ts.isExpressionStatement(parent) || ts.isReturnStatement(parent)) return true;
  if (ts.isArrowFunction(parent)) return parent.body === child;
  if (ts.isConditionalExpression(parent)) return parent.condition !== child;
  return (
    ts.isBinaryExpression(parent) &&
    parent.right === child &&
    (isLogical(parent.operatorToken.kind) ||
      isLogicalAssignment(parent.operatorToken.kind) ||
      parent.operatorToken.kind === ts.SyntaxKind.CommaToken)
  );
}

/** The promise of this call is neither awaited, returned, stored nor passed on. */
function isFloating(node: ts.Expression): boolean {
  let child: ts.Node = node;
  let { parent } = node;
  while (ts.isParenthesizedExpression(parent) || ts.isVoidExpression(parent)) {
    child = parent;
    parent = parent.parent;
  }
  return ts.isExpressionStatement(parent) && parent.expression === child;
}

function isNothing(node: ts.Expression): boolean {
  return (
    node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === "undefined")
  );
}

function isUsing(list: ts.VariableDeclarationList): boolean {
  const flags = list.flags & ts.NodeFlags.BlockScoped;
  return flags === ts.NodeFlags.Using || flags === ts.NodeFlags.AwaitUsing;
}

function isVar(declaration: ts.VariableDeclaration): boolean {
  return (declaration.parent.flags & ts.NodeFlags.BlockScoped) === 0;
}

function isLoopVariable(declaration: ts.VariableDeclaration): boolean {
  const statement = declaration.parent.parent;
  return ts.isForOfStatement(statement) || ts.isForInStatement(statement);
}

function bindingKey(element: ts.BindingElement): string | undefined {
  if (element.propertyName !== undefined) return memberName(element.propertyName);
  return ts.isIdentifier(element.name) ? element.name.text : undefined;
}

/** The member a property name denotes, as an element access with the same key does. */
function memberName(name: ts.PropertyName): string {
  if (!ts.isComputedPropertyName(name)) return name.text;
  const key = name.expression;
  return ts.isStringLiteralLike(key) || ts.isNumericLiteral(key) ? key.text : anyElement;
}

function unwrapTest(test: ts.Expression): ts.Expression {
  let node = test;
  while (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) node = node.expression;
  return node;
}

/** `while (true)`, `for (; 1; )`: whether a test is a literal, and which way it goes. */
function literalTruth(node: ts.Expression): boolean | undefined {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isNumericLiteral(node)) return Number(node.text) !== 0;
  return undefined;
}

/** The operands of `a && b && c`, however many, without recursion. */
function operandsOf(node: ts.BinaryExpression, operator: ts.SyntaxKind): ts.Expression[] {
  const operands: ts.Expression[] = [];
  let left: ts.Expression = node;
  while (ts.isBinaryExpression(left) && left.operatorToken.kind === operator) {
    operands.push(left.right);
    left = unwrapTest(left.left);
  }
  operands.push(left);
  return operands.reverse();
}

function isSimpleKeyword(node: ts.Node): boolean {
  return (
    node.kind === ts.SyntaxKind.ThisKeyword ||
    node.kind === ts.SyntaxKind.SuperKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  );
}

function isAndOr(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken
  );
}

function isLogical(operator: ts.SyntaxKind): boolean {
  return isAndOr(operator) || operator === ts.SyntaxKind.QuestionQuestionToken;
}

function isLogicalAssignment(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.AmpersandAmpersandEqualsToken ||
    operator === ts.SyntaxKind.BarBarEqualsToken ||
    operator === ts.SyntaxKind.QuestionQuestionEqualsToken
  );
}

function isUpdate(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

function isAssignment(operator: ts.SyntaxKind): boolean {
  return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
}
