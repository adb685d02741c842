/**
 * Statements: branches, loops, jumps, `try` and `using`.
 */
import ts from "typescript";
import { isLoopVariable, isUsing, isVar } from "../typescript/syntax.ts";
import type { Frame, MutableBlock } from "./build-blocks.ts";
import { InliningBuilder } from "./build-inlined.ts";
import { anyElement } from "./graph.ts";

export class StatementBuilder extends InliningBuilder {
  protected statements(list: readonly ts.Statement[], from: number): void {
    for (let index = from; index < list.length; index++) {
      const statement = list[index];
      if (statement === undefined) return;
      if (ts.isVariableStatement(statement) && isUsing(statement.declarationList)) {
        this.usingDeclarations(statement.declarationList, 0, () => {
          this.statements(list, index + 1);
        });
        return;
      }
      const call = this.rejectingCall(statement);
      if (call !== undefined) {
        this.reject(call, () => {
          this.statements(list, index + 1);
        });
        return;
      }
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
    const flags: ts.NodeFlags = list.flags & ts.NodeFlags.BlockScoped;
    const awaits = flags === ts.NodeFlags.AwaitUsing;
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
    }
    // Where there is an element for sure, whether to go on is first asked behind it.
    const again = this.oracle.hasElement(node.expression) ? this.block() : head;
    this.link(head, body, { kind: "element", loop: node, is: true });
    if (again !== head) this.link(again, body, { kind: "element", loop: node, is: true });
    this.link(again, after, { kind: "element", loop: node, is: false });
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
    this.within(frame(again), turn);
    this.link(this.current, again);
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
    // Where the labels cover every value of the subject, one of the clauses is taken.
    if (fallback !== after || !this.oracle.isExhaustive(node)) this.link(this.current, fallback);
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
}
