/**
 * Prints a flow graph for people and for comparison.
 *
 * Blocks are numbered in reverse post-order from the entry, so that the text does not depend on the
 * order in which they were created. Nothing is hidden: a block without events and with one way on is
 * folded into that way, a block that only its predecessor leads to is printed as part of it, and
 * events in unreachable blocks are listed at the end.
 */
import ts from "typescript";
import type { Block, Edge, EdgeCondition, FlowEvent, FlowGraph } from "../../src/flow/graph.ts";

export function printGraph(graph: FlowGraph): string {
  return new Printer(graph).print();
}

/** Events after which the handler matters; no other event raises an exception. */
const raising = new Set<FlowEvent["kind"]>([
  "call",
  "throw",
  "await",
  "yield",
  "iterate",
  "dispose",
]);

class Printer {
  private readonly graph: FlowGraph;
  private readonly exits: ReadonlyMap<Block, string>;
  private readonly numbers = new Map<Block, number>();

  constructor(graph: FlowGraph) {
    this.graph = graph;
    this.exits = new Map([
      [graph.end, "end"],
      [graph.thrown, "thrown"],
      [graph.abandoned, "abandoned"],
    ]);
  }

  print(): string {
    const reached = this.reversePostOrder(fold(this.graph.entry, this.exits));
    const chains = this.chains(reached);
    for (const [first] of chains) this.numbers.set(first!, this.numbers.size);
    const lines = chains.flatMap((chain) => this.block(chain));
    const printed = new Set(this.throughFolded(this.graph.entry));
    for (const block of this.graph.blocks) {
      if (printed.has(block)) continue;
      for (const event of block.events) lines.push(`unreachable: ${describe(event)}`);
    }
    return lines.join("\n");
  }

  private reversePostOrder(entry: Block): readonly Block[] {
    const seen = new Set<Block>();
    const order: Block[] = [];
    const stack: { block: Block; rest: Block[] }[] = [];
    const enter = (block: Block): void => {
      if (seen.has(block)) return;
      seen.add(block);
      // Visited last, numbered first: so the handler comes behind the ways on.
      stack.push({ block, rest: this.successors(block) });
    };
    enter(entry);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.rest.pop();
      if (next !== undefined) enter(next);
      else {
        order.push(top.block);
        stack.pop();
      }
    }
    return order.reverse();
  }

  private successors(block: Block): Block[] {
    const handler = this.handlerOf(block);
    const ways = block.next.map((edge) => this.target(edge));
    return handler === undefined ? ways : [...ways, handler];
  }

  private target(edge: Edge): Block {
    return fold(edge.to, this.exits);
  }

  private handlerOf(block: Block): Block | undefined {
    const raises = block.events.some((event) => raising.has(event.kind));
    return raises && block.handler !== undefined ? fold(block.handler, this.exits) : undefined;
  }

  /** Blocks that can be printed as one: each leads to the next, and nothing else leads there. */
  private chains(blocks: readonly Block[]): Block[][] {
    const arrivals = new Map<Block, number>([[blocks[0]!, 1]]);
    for (const block of blocks) {
      for (const to of this.successors(block)) arrivals.set(to, (arrivals.get(to) ?? 0) + 1);
    }
    const continued = new Map<Block, Block>();
    // A chain has one handler, whichever of its blocks raises.
    const handlers = new Map(blocks.map((block) => [block, this.handlerOf(block)]));
    for (const block of blocks) {
      const [edge] = block.next;
      if (edge === undefined || block.next.length > 1 || edge.condition !== undefined) continue;
      const to = this.target(edge);
      if (arrivals.get(to) !== 1 || this.exits.has(to)) continue;
      const before = handlers.get(block);
      const after = handlers.get(to);
      if (before !== undefined && after !== undefined && before !== after) continue;
      handlers.set(to, after ?? before);
      continued.set(block, to);
    }
    const inner = new Set(continued.values());
    return blocks
      .filter((block) => !inner.has(block) && !this.exits.has(block))
      .map((first) => {
        const chain = [first];
        for (let at = continued.get(first); at !== undefined; at = continued.get(at))
          chain.push(at);
        return chain;
      });
  }

  private block(chain: readonly Block[]): readonly string[] {
    const last = chain.at(-1)!;
    const handler = chain.map((block) => this.handlerOf(block)).find((one) => one !== undefined);
    const ways = last.next.map((edge) => {
      const to = this.name(this.target(edge));
      return edge.condition === undefined ? `-> ${to}` : `${when(edge.condition)} -> ${to}`;
    });
    return [
      this.name(chain[0]!),
      ...chain.flatMap(({ events }) => events.map((event) => `  ${describe(event)}`)),
      ...(handler === undefined ? [] : [`  on throw -> ${this.name(handler)}`]),
      ...[...new Set(ways)].map((way) => `  ${way}`),
    ];
  }

  private name(block: Block): string {
    return this.exits.get(block) ?? `b${this.numbers.get(block)!}`;
  }

  private throughFolded(entry: Block): Block[] {
    const seen = new Set<Block>([entry]);
    for (const block of seen) {
      for (const { to } of block.next) seen.add(to);
      const handler = this.handlerOf(block);
      if (handler !== undefined && block.handler !== undefined) seen.add(block.handler);
    }
    return [...seen];
  }
}

/** The first block behind `block` that does or decides something. */
function fold(block: Block, exits: ReadonlyMap<Block, string>): Block {
  const seen = new Set<Block>();
  let at = block;
  for (;;) {
    const [only] = at.next;
    if (exits.has(at) || at.events.length > 0 || at.next.length !== 1) return at;
    if (only === undefined || only.condition !== undefined || seen.has(at)) return at;
    seen.add(at);
    at = only.to;
  }
}

function describe(event: FlowEvent): string {
  switch (event.kind) {
    case "call": {
      if (ts.isTaggedTemplateExpression(event.node)) return `call ${textOf(event.node)}`;
      // The callback of a promise chain is called where the node is the whole chain.
      const args = event.args.map(textOf).join(", ");
      const made = ts.isNewExpression(event.node) ? "new " : "";
      return `call ${made}${textOf(event.callee)}(${args})`;
    }
    case "assign": {
      const from = event.from === undefined ? "?" : textOf(event.from);
      const member = event.path.length === 0 ? "" : `.${event.path.join(".")} of `;
      return `assign ${textOf(event.target)} <- ${member}${from}`;
    }
    case "value": {
      const member = event.member === undefined ? "" : `.${event.member} of `;
      return `value ${member}${textOf(event.node)} <- ${textOf(event.from)}`;
    }
    case "return":
    case "throw":
    case "yield":
      return event.value === undefined ? event.kind : `${event.kind} ${textOf(event.value)}`;
    case "await":
    case "iterate":
      return `${event.kind} ${textOf(event.value)}`;
    case "closure":
      return `closure ${textOf(event.node)}`;
    case "dispose":
      return `dispose ${textOf(event.node.name)}${event.awaits ? " (awaits)" : ""}`;
    case "recovered":
      return "recovered";
  }
}

function when(condition: EdgeCondition): string {
  switch (condition.kind) {
    case "truthy":
      return `if ${condition.is ? "" : "!"}${operand(condition.test, condition.is)}`;
    case "nullish":
      return `if ${operand(condition.test, false)} ${condition.is ? "==" : "!="} null`;
    case "case":
      return `case ${textOf(condition.label)}`;
    case "element":
      return condition.is ? "more" : "done";
  }
}

function operand(test: ts.Expression, alone: boolean): string {
  const simple =
    alone || !(ts.isBinaryExpression(test) || ts.isConditionalExpression(test)) ? "" : "()";
  return simple === "" ? textOf(test) : `(${textOf(test)})`;
}

/** The source text on one line, with the bodies of functions and classes left out. */
function textOf(node: ts.Node): string {
  if (node.pos < 0) return synthetic(node);
  const source = node.getSourceFile();
  const start = node.getStart(source);
  let text = "";
  let at = start;
  const leaveOut = (from: number, to: number): void => {
    text += `${source.text.slice(at, from)}{…}`;
    at = to;
  };
  const visit = (child: ts.Node): void => {
    if (ts.isFunctionLike(child) && "body" in child && child.body !== undefined) {
      const body = child.body as ts.Node;
      leaveOut(body.getStart(source), body.end);
    } else if (ts.isClassLike(child)) {
      leaveOut(child.members.pos - 1, child.end);
    } else ts.forEachChild(child, visit);
  };
  visit(node);
  return (text + source.text.slice(at, node.end)).replaceAll(/\s+/g, " ");
}

/** `this.name` for a parameter property is in no source text. */
function synthetic(node: ts.Node): string {
  return ts.isPropertyAccessExpression(node) ? `this.${node.name.text}` : "?";
}
