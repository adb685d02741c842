/**
 * What every part of the ownership analysis shares: the program's types, the recogniser, the graphs
 * that were built, and the options that decide what is unknown.
 */
import ts from "typescript";
import { buildGraph } from "../flow/build-graph.ts";
import type { Block, FlowGraph, FlowUnit } from "../flow/graph.ts";
import { reachableBlocks } from "../flow/reachable.ts";
import type { CatalogIndex } from "../resources/catalog-index.ts";
import { Recogniser } from "../resources/recognise.ts";
import { isConstant, skipWrappers } from "../typescript/syntax.ts";
import { Types } from "../typescript/types.ts";
import type { ResolveName } from "./access-path.ts";

/** What a function that nobody can look into does with a resource it is given. */
export type UnknownCallee = "owns" | "borrows";

export interface Position {
  readonly block: Block;
  readonly index: number;
}

export class Environment {
  readonly types: Types;
  readonly recogniser: Recogniser;
  readonly unknownCallee: UnknownCallee;
  private readonly graphs: WeakMap<FlowUnit, FlowGraph>;
  private readonly positions: WeakMap<FlowGraph, ReadonlyMap<ts.Node, readonly Position[]>>;

  /** @param sibling of the same program and catalog: what is known of calls and of flow is shared with it */
  constructor(
    program: ts.Program,
    index: CatalogIndex,
    unknownCallee: UnknownCallee,
    sibling?: Environment,
  ) {
    this.types = sibling?.types ?? new Types(program);
    this.recogniser = sibling?.recogniser ?? new Recogniser(this.types, index);
    this.graphs = sibling?.graphs ?? new WeakMap();
    this.positions = sibling?.positions ?? new WeakMap();
    this.unknownCallee = unknownCallee;
  }

  readonly resolve: ResolveName = (identifier) => this.types.symbolAt(identifier);

  graph(unit: FlowUnit): FlowGraph {
    let graph = this.graphs.get(unit);
    if (graph === undefined) {
      graph = buildGraph(unit, {
        neverReturns: (call) => this.neverReturns(call),
        isExhaustive: (statement) => this.types.coversSubject(statement),
        hasElement: (list) => hasElement(list, this.resolve),
        isPromise: (expression) => this.types.isPromise(expression),
      });
      this.graphs.set(unit, graph);
    }
    return graph;
  }

  /** Where control comes to the calls of a graph; more than once for code in copies of a `finally`. */
  callPositions(graph: FlowGraph): ReadonlyMap<ts.Node, readonly Position[]> {
    let positions = this.positions.get(graph);
    if (positions === undefined) {
      const found = new Map<ts.Node, Position[]>();
      for (const block of reachableBlocks(graph)) {
        block.events.forEach((event, index) => {
          if (event.kind !== "call") return;
          const list = found.get(event.node);
          if (list === undefined) found.set(event.node, [{ block, index }]);
          else list.push({ block, index });
        });
      }
      positions = found;
      this.positions.set(graph, positions);
    }
    return positions;
  }

  private neverReturns(call: ts.CallExpression): boolean {
    const { recogniser, types } = this;
    const name = recogniser.calleeName(call);
    if (name === undefined) return false;
    const isFact =
      recogniser.index.functions.get(name)?.some(({ never }) => never === "returns") === true;
    if (isFact && recogniser.functionFact(call.expression, name)?.never === "returns") return true;
    return types.mayReturnNever(call) && types.returnsNever(call);
  }
}

/** What is found in a file with the answers of an environment, found when it is first asked for. */
export function foundOnce<Found extends object>(
  find: (file: ts.SourceFile, environment: Environment) => Found,
): (file: ts.SourceFile, environment: Environment) => Found {
  const byEnvironment = new WeakMap<Environment, WeakMap<ts.SourceFile, Found>>();
  return (file, environment) => {
    const files = byEnvironment.get(environment) ?? new WeakMap<ts.SourceFile, Found>();
    byEnvironment.set(environment, files);
    let found = files.get(file);
    if (found === undefined) {
      found = find(file, environment);
      files.set(file, found);
    }
    return found;
  };
}

/** `["SIGINT", "SIGTERM"]`, `[a, ...others]`: a list that is written down with an element, or a constant for one. */
function hasElement(list: ts.Expression, resolve: ResolveName): boolean {
  const value = skipWrappers(list);
  if (ts.isArrayLiteralExpression(value))
    return value.elements.some((one) => !ts.isSpreadElement(one) && !ts.isOmittedExpression(one));
  const declaration = ts.isIdentifier(value) ? resolve(value)?.valueDeclaration : undefined;
  return (
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    isConstant(declaration) &&
    declaration.initializer !== undefined &&
    ts.isArrayLiteralExpression(skipWrappers(declaration.initializer)) &&
    hasElement(declaration.initializer, resolve)
  );
}
