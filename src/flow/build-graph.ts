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
 * - A chain that is returned or stored runs where it is written: a `finally` around it comes too late
 *   by that, and a `catch` sees rejections that JavaScript would pass by it.
 *
 * The builder is a stack of classes, each extending the one below: blocks, bindings, expressions,
 * inlined functions, statements. What a lower one needs of a higher one it declares abstract.
 *
 * TypeScript's own parser limits nesting of statements; left-deep chains (`a.b().c()…`, `x + y + …`)
 * have no such limit and are walked with an explicit stack.
 */
import ts from "typescript";
import type { FlowOracle } from "./build-expressions.ts";
import { StatementBuilder } from "./build-statements.ts";
import type { FlowGraph, FlowUnit } from "./graph.ts";

export type { FlowOracle } from "./build-expressions.ts";
export { anyElement } from "./graph.ts";

/**
 * @param unit what to build the graph of
 * @param oracle answers what syntax cannot
 */
export function buildGraph(unit: FlowUnit, oracle: FlowOracle): FlowGraph {
  return new GraphBuilder(unit, oracle).build();
}

class GraphBuilder extends StatementBuilder {
  private readonly unit: FlowUnit;

  constructor(unit: FlowUnit, oracle: FlowOracle) {
    super(oracle);
    this.unit = unit;
  }

  build(): FlowGraph {
    const entry = this.current;
    const { unit } = this;
    if (ts.isSourceFile(unit)) {
      this.statements(unit.statements, 0);
    } else if (ts.isClassStaticBlockDeclaration(unit)) {
      this.statements(unit.body.statements, 0);
    } else if (ts.isPropertyDeclaration(unit)) {
      this.initialiser(unit);
    } else {
      this.parameters(unit.parameters);
      if (ts.isBlock(unit.body)) {
        this.statements(unit.body.statements, 0);
      } else {
        const body = unit.body;
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
}
