/**
 * Wrong uses of released resources in one file: which resources have to be followed past their
 * release, and what helpers of the program do with them.
 *
 * Only functions are looked at that acquire something, or in which something is released: by a call
 * that is named as releases are, or by a `using` declaration.
 */
import ts from "typescript";
import { anyElement, type FlowUnit, type FunctionWithBody, valueOf } from "../flow/graph.ts";
import { keyOfKind, type ResourceKind } from "../resources/kind.ts";
import { type ReportingRule, reportingRule } from "../resources/reporting-rule.ts";
import { isUsing } from "../typescript/syntax.ts";
import { type AccessPath, isSymbol, keyOf, pathOf, thisRoot } from "./access-path.ts";
import { noBindings } from "./bindings.ts";
import { callsIn } from "./calls-in.ts";
import type { CallEvent } from "./effects.ts";
import { type Engine, type FileAnalysis, oncePerEngine, oncePerFile } from "./engine.ts";
import type { Environment } from "./environment.ts";
import { findAcquisitions, unitOf } from "./find-acquisitions.ts";
import { Fixpoint } from "./fixpoint.ts";
import { type Disjunct, freshDisjunct, membersBehind } from "./obligation-state.ts";
import { declaredIn } from "./places.ts";
import { expectsFailure } from "./released-uses.ts";
import { type Released, releasedBy } from "./released-values.ts";
import { type HelperFacts, trackRelease, type WrongUse } from "./track-release.ts";
import type { Tracked } from "./tracking.ts";
import { isKnownWeakly } from "./weak-evidence.ts";

export interface ReleaseFinding extends WrongUse {
  readonly kind: ResourceKind;
  readonly rule: ReportingRule;
}

const helpersOf = oncePerEngine((engine): HelperFacts => new Helpers(engine));

/** Every wrong use of a released resource in a file, in source order. */
export const analyseReleases: FileAnalysis<ReleaseFinding> = oncePerFile(findWrongUses);

function findWrongUses(file: ts.SourceFile, engine: Engine): readonly ReleaseFinding[] {
  const helpers = helpersOf(engine);
  const found = new Map<ts.Node, ReleaseFinding>();
  for (const [unit, released] of releasingUnits(file, engine.environment)) {
    for (const tracked of resourcesOf(unit, released, engine)) {
      const { wrong } = trackRelease(tracked, engine.environment, engine.summaries, helpers);
      const [first] = wrong
        .filter(({ node, releasedAt }) => !expectsFailure(node, releasedAt, engine.environment))
        .sort((a, b) => a.node.pos - b.node.pos || b.node.end - a.node.end);
      if (first === undefined || found.has(first.node)) continue;
      found.set(first.node, {
        ...first,
        kind: tracked.kind,
        rule: reportingRule({ wrong: "use-after-release" }),
      });
    }
  }
  return [...found.values()].sort((a, b) => a.node.pos - b.node.pos);
}

/** The functions that acquire or release something, with what they release. */
function releasingUnits(
  file: ts.SourceFile,
  environment: Environment,
): ReadonlyMap<FunctionWithBody, readonly Released[]> {
  const units = new Map<FunctionWithBody, Released[]>();
  const note = (at: ts.Node, released: readonly Released[]): void => {
    const unit = unitOf(at, environment);
    if (unit !== undefined) units.set(unit, [...(units.get(unit) ?? []), ...released]);
  };
  for (const call of callsIn(file)) {
    const released = releasedBy(call, environment).filter(({ kind }) => kind.weak !== true);
    if (released.length > 0) note(call, released);
    // What is made here may be released by a helper.
    if (environment.recogniser.acquisitions(call).length > 0 && !isKnownWeakly(call, environment))
      note(call, []);
  }
  for (const declaration of usingDeclarations(file)) {
    const { name } = declaration;
    const kind =
      ts.isIdentifier(name) && environment.recogniser.kindOfType(environment.types.valueType(name));
    if (kind) note(declaration, [{ value: name, kind }]);
  }
  return units;
}

function usingDeclarations(file: ts.SourceFile): readonly ts.VariableDeclaration[] {
  if (!/\busing\b/.test(file.text)) return [];
  const found: ts.VariableDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclarationList(node) && isUsing(node)) found.push(...node.declarations);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** What is acquired in a function, and what is released in it without having been acquired there. */
function resourcesOf(
  unit: FunctionWithBody,
  released: readonly Released[],
  { environment, summaries }: Engine,
): readonly Tracked[] {
  const weak = callsIn(unit).filter((call) => isKnownWeakly(call, environment));
  const acquired = findAcquisitions(unit, noBindings, environment, summaries, weak)
    // What stands for many is not released by the release of one.
    .filter(({ oneOfMany }) => oneOfMany !== true)
    .map((one): Tracked => ({
      ...one,
      starts: one.starts.map((start) => ({
        ...start,
        state: { held: start.state.held.map((held) => ({ ...held, armed: true })), ended: 0 },
      })),
    }));
  const calls = new Set([...acquired.map(({ call }) => call), ...weak]);
  const names = new Set<string>();
  const borrowed = released.flatMap(({ value, kind }): readonly Tracked[] => {
    const path = pathOf(value, environment.resolve);
    const key = `${keyOf(path)} ${keyOfKind(kind)}`;
    if (names.has(key) || path.members.includes(anyElement)) return [];
    if (!isSymbol(path.root) && path.root !== thisRoot) return [];
    names.add(key);
    return borrowedAs(path, kind, unit, calls, environment);
  });
  const shared = kindsTakenAgain(unit, environment);
  return [...acquired, ...borrowed].filter(
    ({ kind }) => kind.weak !== true && !shared.has(kind.id),
  );
}

/** The counted kinds of which the function takes further references: releasing one leaves the others. */
function kindsTakenAgain(unit: FunctionWithBody, { recogniser }: Environment): ReadonlySet<string> {
  return new Set(
    callsIn(unit).flatMap((call) =>
      recogniser
        .acquisitions(call)
        .flatMap((one) =>
          one.freshness !== "body" && one.ofReceiver === true ? [one.kind.id] : [],
        ),
    ),
  );
}

/** A parameter, a field or an outer variable from the start; a local variable from its declaration. */
function borrowedAs(
  path: AccessPath,
  kind: ResourceKind,
  unit: FunctionWithBody,
  acquiring: ReadonlySet<ts.Node | undefined>,
  environment: Environment,
): readonly Tracked[] {
  const graph = environment.graph(unit);
  const held = freshDisjunct([path], new Map(), true);
  const base = { kind, graph, site: undefined, call: undefined };
  const declaration = isSymbol(path.root)
    ? path.root.declarations?.find(ts.isVariableDeclaration)
    : undefined;
  if (declaration === undefined || !isSymbol(path.root) || !declaredIn(path.root, unit)) {
    return [
      { ...base, starts: [{ block: graph.entry, index: 0, state: { held: [held], ended: 0 } }] },
    ];
  }
  const { initializer } = declaration;
  if (initializer === undefined || acquiring.has(valueOf(initializer))) return [];
  const starts = graph.blocks.flatMap((block) =>
    block.events.flatMap((event, index) =>
      event.kind === "assign" && event.node === declaration
        ? [{ block, index: index + 1, state: { held: [held], ended: 0 } }]
        : [],
    ),
  );
  return [{ ...base, starts }];
}

// ---- helpers of the program

/** What functions of the program do with an argument, each found out once. */
class Helpers implements HelperFacts {
  private readonly engine: Engine;
  private readonly fixpoint = new Fixpoint();
  private readonly unitIds = new WeakMap<FlowUnit, number>();
  private nextUnit = 1;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  releasesArgument(event: CallEvent, disjunct: Disjunct, tracked: Tracked): boolean {
    return this.forEveryBody(event, disjunct, (body, paths) =>
      this.ask("releases", body, paths, tracked.kind, () => {
        const follow = this.entering(body, paths, tracked.kind, true);
        return this.track(follow).releases;
      }),
    );
  }

  usesArgument(event: CallEvent, disjunct: Disjunct, tracked: Tracked): boolean {
    return this.forEveryBody(event, disjunct, (body, paths) =>
      this.ask("uses", body, paths, tracked.kind, () => {
        const follow = this.entering(body, paths, tracked.kind, false);
        const always = this.nodesOnEveryPath(body);
        return this.track(follow).wrong.some(
          ({ node, fault }) => fault === "used" && always.has(node),
        );
      }),
    );
  }

  private track(tracked: Tracked): ReturnType<typeof trackRelease> {
    return trackRelease(tracked, this.engine.environment, this.engine.summaries, this);
  }

  private forEveryBody(
    event: CallEvent,
    disjunct: Disjunct,
    holds: (body: FunctionWithBody, paths: readonly AccessPath[]) => boolean,
  ): boolean {
    const { summaries, environment } = this.engine;
    const bodies = summaries.bodies(event);
    if (bodies.length === 0) return false;
    return event.args.some((argument, index) => {
      const given = membersBehind(disjunct, pathOf(argument, environment.resolve));
      return given.some((members) =>
        bodies.every((body) => {
          const paths = summaries.parameterPaths(body, index, members);
          return paths.length > 0 && holds(body, paths);
        }),
      );
    });
  }

  private ask(
    what: string,
    body: FunctionWithBody,
    paths: readonly AccessPath[],
    kind: ResourceKind,
    compute: () => boolean,
  ): boolean {
    let id = this.unitIds.get(body);
    if (id === undefined) this.unitIds.set(body, (id = this.nextUnit++));
    return this.fixpoint.ask({
      key: `${what} ${id} ${keyOfKind(kind)} ${paths.map(keyOf).sort().join(" ")}`,
      bottom: false,
      anything: false,
      unknown: false,
      equal: (a, b) => a === b,
      compute,
    });
  }

  private entering(
    body: FunctionWithBody,
    paths: readonly AccessPath[],
    kind: ResourceKind,
    alive: boolean,
  ): Tracked {
    const graph = this.engine.environment.graph(body);
    const held = freshDisjunct(paths, new Map(), alive);
    return {
      kind,
      graph,
      site: undefined,
      call: undefined,
      starts: [{ block: graph.entry, index: 0, state: { held: [held], ended: 0 } }],
    };
  }

  /** What the function evaluates before it can branch. */
  private nodesOnEveryPath(body: FunctionWithBody): ReadonlySet<ts.Node> {
    const found = new Set<ts.Node>();
    const seen = new Set<unknown>();
    let block: ReturnType<Environment["graph"]>["entry"] | undefined =
      this.engine.environment.graph(body).entry;
    while (block !== undefined && !seen.has(block)) {
      seen.add(block);
      for (const event of block.events) found.add(event.node);
      const [edge, ...others]: typeof block.next = block.next;
      block = others.length === 0 ? edge?.to : undefined;
    }
    return found;
  }
}
