/**
 * What happens when time is up: the callback of the timer runs, and the function that waited goes on
 * behind the race. Everything that could have been stopped is asked about here.
 *
 * The path behind the race is followed by the obligation engine, from the rejection of the awaited
 * race on (or from its result, where time only resolves it). That something is stopped on some part of
 * the path is enough: which errors mean that time was up, nobody can say.
 */
import ts from "typescript";
import { type FunctionWithBody, valueOf } from "../../flow/graph.ts";
import { type AccessPath, isSymbol, keyOf, pathOf, thisRoot } from "../../ownership/access-path.ts";
import type { Engine } from "../../ownership/engine.ts";
import { callsIn } from "../../ownership/calls-in.ts";
import { closuresIn } from "../../ownership/closures.ts";
import type { Position } from "../../ownership/environment.ts";
import { unitOf } from "../../ownership/find-acquisitions.ts";
import { absent, Ended, freshDisjunct } from "../../ownership/obligation-state.ts";
import { trackObligation } from "../../ownership/track-obligation.ts";
import type { ResourceKind } from "../../resources/kind.ts";
import { isInside } from "../../typescript/syntax.ts";
import type { Race } from "./races.ts";
import { bodiesOf, settledValue } from "../holders/values.ts";

/** Something that is stopped by calling one of these members of it. */
export function stoppedBy(methods: readonly string[]): ResourceKind {
  return {
    id: `race.${methods.join("+")}`,
    label: "operation",
    grade: "must",
    duty: "stop",
    acquire: [],
    release: methods.map((method) => ({ method })),
    source: "",
  };
}

/**
 * Whether what is reachable under a path is stopped once time is up.
 *
 * @param handing what counts besides: somebody who is given it may stop it, or only a stop that is seen
 */
export function isStoppedInTime(
  race: Race,
  path: AccessPath,
  methods: readonly string[],
  engine: Engine,
  handing: "counts" | "does not count" = "counts",
): boolean {
  const byHanding = handing === "counts";
  return (
    isStoppedByTimer(race, path, methods, engine, byHanding) ||
    isStoppedBehind(race, path, methods, engine, byHanding)
  );
}

function isStoppedByTimer(
  race: Race,
  path: AccessPath,
  methods: readonly string[],
  engine: Engine,
  byHanding: boolean,
): boolean {
  return timerCallbacks(race, engine).some((callback) =>
    someReachableCall(callback, engine, (call) =>
      stopsWith(call, path, methods, engine, byHanding),
    ),
  );
}

function stopsWith(
  call: ts.CallExpression | ts.NewExpression,
  path: AccessPath,
  methods: readonly string[],
  { environment }: Engine,
  byHanding: boolean,
): boolean {
  const key = keyOf(path);
  const callee = valueOf(call.expression);
  if (ts.isPropertyAccessExpression(callee) && methods.includes(callee.name.text))
    return keyOf(pathOf(callee.expression, environment.resolve)) === key;
  return (
    byHanding &&
    (call.arguments ?? []).some((argument) => keyOf(pathOf(argument, environment.resolve)) === key)
  );
}

function isStoppedBehind(
  race: Race,
  path: AccessPath,
  methods: readonly string[],
  engine: Engine,
  byHanding: boolean,
): boolean {
  const { environment, summaries } = engine;
  const unit = unitOf(race.site, environment);
  if (unit === undefined) return true;
  const places = timeoutPlaces(race, unit, engine);
  if (places.length === 0) return false;
  const kind = stoppedBy(methods);
  const held = freshDisjunct([path], new Map(), true);
  const outcome = trackObligation(
    {
      kind,
      graph: environment.graph(unit),
      site: undefined,
      call: undefined,
      starts: places.map((place) => ({ ...place, state: { ...absent, held: [held] } })),
    },
    environment,
    summaries,
  );
  const ended = outcome.atEnd.ended | outcome.atThrow.ended;
  const counting = byHanding ? Ended.released | Ended.kept | Ended.returned : Ended.released;
  return outcome.unknown || (ended & counting) !== 0;
}

/** Where the function goes on when time is up: behind the rejection of the race, or behind its result. */
function timeoutPlaces(
  race: Race,
  unit: FunctionWithBody,
  { environment }: Engine,
): readonly Position[] {
  return environment.graph(unit).blocks.flatMap((block) =>
    block.events.flatMap((event, index): Position[] => {
      if (event.kind !== "await") return [];
      if (settledValue(event.value, environment) !== race.site) return [];
      if (!race.rejects) return [{ block, index: index + 1 }];
      return block.handler === undefined ? [] : [{ block: block.handler, index: 0 }];
    }),
  );
}

/** The functions that the timers of a race call. */
export function timerCallbacks(race: Race, { environment }: Engine): readonly FunctionWithBody[] {
  const arming = [
    ...race.timers.filter((one) => one.armedHere).map((one) => one.site),
    ...(race.executor === undefined ? [] : [race.executor.arming]),
  ];
  return arming.flatMap(({ arguments: [callback] }) =>
    callback === undefined ? [] : closuresIn(callback, environment),
  );
}

/** How many functions are looked through to see what a piece of code comes to. */
const callDepth = 3;

/** Some call in a piece of code satisfies the test, or one in a function of the program that it calls. */
export function someReachableCall(
  code: ts.Node,
  engine: Engine,
  test: (call: ts.CallExpression | ts.NewExpression) => boolean,
  depth = 0,
): boolean {
  return callsIn(code).some(
    (call) =>
      test(call) ||
      (depth < callDepth &&
        ts.isCallExpression(call) &&
        bodiesOf(call.expression, engine.environment).some(
          (body) => !isInside(call, body) && someReachableCall(body, engine, test, depth + 1),
        )),
  );
}

/** The path is a variable of the function itself, so that what it holds was made or named here. */
export function isLocalTo(path: AccessPath, unit: ts.Node): boolean {
  if (path.root === thisRoot) return false;
  if (!isSymbol(path.root)) return true;
  return (
    path.root.declarations?.some(
      (declaration) => !ts.isParameter(declaration) && isInside(declaration, unit),
    ) === true
  );
}
