/**
 * What a program of the small language really does with its resources, on every path.
 *
 * The interpreter runs the program once for every sequence of answers to its open questions: what a
 * condition says, how often a loop turns, which operation fails. Control flow is that of the
 * language the interpreter itself is written in. Nothing here comes from the engine.
 */
import type { Block, Condition, Procedure, Program, Statement, Variable } from "./language.ts";

/** From weak to strong: only when an ordinary call throws, when something fails as expected, always. */
export const strengths = ["possible", "likely", "sure"] as const;
export type Strength = (typeof strengths)[number];

/**
 * The engine does not relate everything to everything. Two views of a program differ there, and the
 * verdict must lie between them.
 *
 * - `least`: what is true, and no more.
 * - `most`: the test of a variable tells nothing of resources that other variables hold, an
 *   operation on a variable that holds nothing may fail like any other, and what failed inside a
 *   helper that returned is forgotten.
 */
type View = "least" | "most";

/** How surely an acquisition leaks in the worst case; `undefined` when every path ends it. */
export type Leaks = ReadonlyMap<string, Strength | undefined>;

export interface Truth {
  readonly least: Leaks;
  readonly most: Leaks;
  readonly paths: number;
}

const mostTurns = 2;

/**
 * @returns `undefined` when the program has more than `mostPaths` paths, or a helper that cannot
 *   return, which the engine believes only of functions whose type says `never`
 */
export function execute(program: Program, mostPaths: number): Truth | undefined {
  const least = allPaths(program, "least", mostPaths);
  const most = allPaths(program, "most", mostPaths);
  return least && most && { least: least.leaks, most: most.leaks, paths: least.paths };
}

function allPaths(
  program: Program,
  view: View,
  mostPaths: number,
): { readonly leaks: Leaks; readonly paths: number } | undefined {
  const leaks = new Map<string, Strength | undefined>();
  let paths = 0;
  for (const procedure of [program, ...program.helpers]) {
    const answers = new Answers();
    let returns = false;
    do {
      if (++paths > mostPaths) return undefined;
      const run = new Run(program, view, answers);
      returns = run.start(procedure) || returns;
      for (const resource of run.resources) {
        const before = leaks.get(resource.site);
        leaks.set(resource.site, resource.ended ? before : surest(before, resource.strength));
      }
    } while (answers.another());
    if (!returns && procedure !== program) return undefined;
  }
  return { leaks, paths };
}

/** One acquired resource of one run. */
interface Resource {
  readonly site: string;
  ended: boolean;
  /** No variable holds it any more, so nothing that comes later changes how sure its leak is. */
  lost: boolean;
  strength: Strength;
}

class Failure extends Error {
  /** How expected it is for who calls the function that it leaves. */
  readonly strength: Strength;

  constructor(strength: Strength) {
    super();
    this.strength = strength;
  }
}
/** A way out of a block other than by failing. */
class Exit extends Error {
  readonly way: "break" | "continue" | "return" | "endless";

  constructor(way: Exit["way"]) {
    super(way);
    this.way = way;
  }
}

class Run {
  /** What the procedure that was started acquired itself. */
  resources: Resource[] = [];
  private readonly program: Program;
  private readonly view: View;
  private readonly answers: Answers;
  private readonly flags = new Map<string, boolean>();
  private readonly closers = new Map<string, Variable>();
  /** The variables of the functions that run, the innermost last. */
  private readonly frames = [new Map<string, Resource | undefined>()];
  /** How many `catch` and `finally` blocks surround the statement that runs. */
  private cleaning = 0;
  /** What was believed of variables that were tested and not assigned since. */
  private readonly beliefs = new Map<string, boolean>();

  constructor(program: Program, view: View, answers: Answers) {
    this.program = program;
    this.view = view;
    this.answers = answers;
  }

  /** @returns whether it came to its end */
  start({ body, parameters }: Procedure): boolean {
    for (const { name } of parameters) {
      const lent = { site: "lent", ended: true, lost: false, strength: "sure" } as const;
      this.frame().set(name, this.answers.choose(2) === 0 ? { ...lent } : undefined);
    }
    try {
      this.call(body);
      return true;
    } catch (failure) {
      if (isExit(failure, "endless")) this.resources = [];
      else if (!(failure instanceof Failure)) throw failure;
      // Acquired while a failure was on its way out, in a `finally`.
      this.weaken("likely");
      return false;
    }
  }

  private call(body: Block): void {
    try {
      this.block(body);
    } catch (exit) {
      if (!isExit(exit, "return")) throw exit;
    }
  }

  private block(block: Block): void {
    const disposed: Resource[] = [];
    try {
      for (const statement of block) this.statement(statement, disposed);
    } finally {
      this.dispose(disposed);
    }
  }

  /** Every one is disposed, whichever of them fails. */
  private dispose(resources: Resource[]): void {
    const resource = resources.pop();
    if (resource === undefined) return;
    try {
      this.end(resource);
      this.mayFail("possible");
    } finally {
      this.dispose(resources);
    }
  }

  private statement(statement: Statement, disposed: Resource[]): void {
    switch (statement.do) {
      case "open":
        this.assign(statement.into, this.open(statement.site));
        break;
      case "using": {
        const resource = this.open(statement.site);
        this.assign(statement.into, resource);
        disposed.push(resource);
        break;
      }
      case "drop":
        this.open(statement.site).lost = true;
        break;
      case "alias":
        this.assign(statement.to, this.valueOf(statement.from));
        break;
      case "clear":
        this.assign(statement.variable, undefined);
        break;
      case "close":
      case "use-then-close":
        this.close(statement.variable);
        break;
      case "use":
        this.operate(statement.variable);
        break;
      case "step":
        this.mayFail("possible");
        break;
      case "wait":
        this.mayFail("likely");
        break;
      case "log":
        this.log();
        break;
      case "throw":
        this.throw();
        break;
      case "return":
        throw this.give(statement.variable && this.valueOf(statement.variable));
      case "break":
        throw new Exit("break");
      case "continue":
        throw new Exit("continue");
      case "if":
        this.block(this.holds(statement.condition) ? statement.then : statement.otherwise);
        break;
      case "while":
        this.loop(statement.body, () => this.holds({ test: "call" }));
        break;
      case "each":
        this.loop(statement.body, () => this.answers.choose(2) === 0);
        break;
      case "switch":
        this.switch([...statement.cases, statement.fallback]);
        break;
      case "try":
        this.try(statement);
        break;
      case "closer":
        this.closers.set(statement.name, statement.variable);
        break;
      case "run-closer":
        this.close(this.closers.get(statement.name)!);
        break;
      case "help":
        this.help(statement.helper, this.valueOf(statement.variable));
        break;
    }
  }

  // ---- resources

  private open(site: string): Resource {
    this.mayFail("likely");
    const resource: Resource = { site, ended: false, lost: false, strength: "sure" };
    if (this.frames.length === 1) this.resources.push(resource);
    return resource;
  }

  private close(variable: Variable): void {
    this.end(this.valueOf(variable));
    this.operate(variable);
  }

  private operate(variable: Variable): void {
    if (this.view === "most" || this.valueOf(variable) !== undefined) this.mayFail("likely");
  }

  private end(resource: Resource | undefined): void {
    if (resource !== undefined) resource.ended = true;
  }

  /** Returning hands over there and then, even if a `finally` goes another way. */
  private give(value: Resource | undefined): Exit {
    if (this.frames.length === 1) this.end(value);
    return new Exit("return");
  }

  private valueOf(variable: Variable): Resource | undefined {
    return this.frame().get(variable.name);
  }

  private assign(variable: Variable, value: Resource | undefined): void {
    const old = this.valueOf(variable);
    this.beliefs.delete(this.keyOf(variable));
    this.frame().set(variable.name, value);
    const isHeld = this.frames.some((frame) => [...frame.values()].includes(old));
    if (old !== undefined && !isHeld) old.lost = true;
  }

  private keyOf(variable: Variable): string {
    return `${this.frames.length} ${variable.name}`;
  }

  private frame(): Map<string, Resource | undefined> {
    return this.frames.at(-1)!;
  }

  // ---- failures

  private mayFail(strength: Strength): void {
    if (this.answers.choose(2) === 1) this.fail(strength);
  }

  private fail(strength: Strength): never {
    this.weaken(strength);
    throw new Failure(strength);
  }

  /** In a `catch` or `finally` it may only pass on what is on its way already. */
  private throw(): never {
    this.weaken("likely");
    throw new Failure(this.cleaning > 0 && this.view === "least" ? "possible" : "likely");
  }

  /** Cannot fail; but what is acquired in the `finally` or `catch` around it is not told so. */
  private log(): void {
    if (this.view === "least" || this.answers.choose(2) === 0) return;
    const live = this.live();
    this.resources = this.resources.filter((one) => !live.includes(one));
    throw new Failure("possible");
  }

  private weaken(strength: Strength): void {
    for (const resource of this.live()) resource.strength = weakest(resource.strength, strength);
  }

  private live(): readonly Resource[] {
    return this.resources.filter((one) => !one.ended && !one.lost);
  }

  private try({ body, handler, final }: Extract<Statement, { do: "try" }>): void {
    try {
      this.block(body);
    } catch (failure) {
      if (!(failure instanceof Failure) || handler === undefined) throw failure;
      this.handle(handler);
    } finally {
      if (final !== undefined) this.clean(final);
    }
  }

  private clean(block: Block): void {
    this.cleaning++;
    try {
      this.block(block);
    } finally {
      this.cleaning--;
    }
  }

  /** Code that catches a failure and goes on expected it. */
  private handle(handler: Block): void {
    const expected = (): void => {
      for (const one of this.live()) if (one.strength === "possible") one.strength = "likely";
    };
    try {
      this.clean(handler);
    } catch (exit) {
      if (!(exit instanceof Failure)) expected();
      throw exit;
    }
    expected();
  }

  // ---- branches

  private holds(condition: Condition): boolean {
    switch (condition.test) {
      case "call":
        this.mayFail("possible");
        return this.answers.choose(2) === 0;
      case "flag": {
        const known = this.flags.get(condition.flag) ?? this.answers.choose(2) === 0;
        this.flags.set(condition.flag, known);
        return known;
      }
      case "holds":
        return this.test(condition.variable);
    }
  }

  private test(variable: Variable): boolean {
    const value = this.valueOf(variable);
    const holds = value !== undefined;
    if (this.view === "least") return holds;
    const belief = this.beliefs.get(this.keyOf(variable)) ?? this.answers.choose(2) === 0;
    this.beliefs.set(this.keyOf(variable), belief);
    // Nobody believes that of the resource itself.
    if (belief !== holds) this.resources = this.resources.filter((one) => one !== value);
    return belief;
  }

  private loop(body: Block, goesOn: () => boolean): void {
    for (let turn = 0; goesOn(); turn++) {
      // What happens up to here is part of other runs.
      if (turn === mostTurns) throw new Exit("endless");
      try {
        this.block(body);
      } catch (exit) {
        if (isExit(exit, "break")) return;
        if (!isExit(exit, "continue")) throw exit;
      }
    }
  }

  private switch(blocks: readonly Block[]): void {
    this.mayFail("possible");
    const first = this.answers.choose(blocks.length);
    try {
      for (const block of blocks.slice(first)) this.block(block);
    } catch (exit) {
      if (!isExit(exit, "break")) throw exit;
    }
  }

  // ---- helpers

  /** When the helper returns, only `least` remembers what failed in it. */
  private help(name: string, argument: Resource | undefined): void {
    const helper = this.program.helpers.find((one) => one.name === name)!;
    const before = new Map(this.live().map((one) => [one, one.strength]));
    const restore = (limit: Strength): void => {
      for (const [resource, strength] of before) resource.strength = weakest(strength, limit);
    };
    const [parameter] = helper.parameters;
    this.frames.push(new Map());
    this.assign(parameter!, argument);
    try {
      this.call(helper.body);
      if (this.view === "most") restore("sure");
    } catch (failure) {
      if (failure instanceof Failure) restore(this.view === "most" ? "likely" : failure.strength);
      throw failure;
    } finally {
      this.frames.pop();
    }
  }
}

/** All sequences of answers, one run after the other, the last answer changing first. */
class Answers {
  private readonly given: { answer: number; of: number }[] = [];
  private asked = 0;

  choose(of: number): number {
    const question = this.given[this.asked] ?? { answer: 0, of };
    this.given[this.asked++] = question;
    return question.answer;
  }

  /** Goes to the next sequence; false when there is none. */
  another(): boolean {
    this.asked = 0;
    for (let last = this.given.pop(); last !== undefined; last = this.given.pop()) {
      if (last.answer + 1 < last.of) {
        this.given.push({ ...last, answer: last.answer + 1 });
        return true;
      }
    }
    return false;
  }
}

function isExit(thrown: unknown, way: Exit["way"]): boolean {
  return thrown instanceof Exit && thrown.way === way;
}

function weakest(a: Strength, b: Strength): Strength {
  return strengths[Math.min(strengths.indexOf(a), strengths.indexOf(b))]!;
}

function surest(a: Strength | undefined, b: Strength): Strength {
  return a === undefined ? b : strengths[Math.max(strengths.indexOf(a), strengths.indexOf(b))]!;
}
