/**
 * The handle of a timer as an obligation that begins to count when the guarded promise is settled.
 */
import ts from "typescript";
import type { FunctionWithBody } from "../../flow/graph.ts";
import { type AccessPath, pathOf } from "../../ownership/access-path.ts";
import type { Engine } from "../../ownership/engine.ts";
import type { Position } from "../../ownership/environment.ts";
import { absent, freshDisjunct } from "../../ownership/obligation-state.ts";
import { trackObligation } from "../../ownership/track-obligation.ts";
import { guardTimer } from "../../resources/catalog/timeouts.ts";
import { withWrappers } from "../../typescript/syntax.ts";

/** The name under which the handle of a timer is kept; undefined where it has none. */
export function handlePath(
  arming: ts.CallExpression,
  { environment }: Engine,
): AccessPath | undefined {
  const node = withWrappers(arming);
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name))
    return pathOf(parent.name, environment.resolve);
  if (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    parent.right === node
  )
    return pathOf(parent.left, environment.resolve);
  return undefined;
}

/**
 * Whether a function may return with the timer armed after it has run `settling`. What it does
 * without settling does not count.
 *
 * @param places where the handle is known under `path`
 */
export function isHeldAfter(
  places: readonly Position[],
  path: AccessPath,
  settling: ts.Node,
  unit: FunctionWithBody,
  { environment, summaries }: Engine,
): boolean {
  const held = freshDisjunct([path], new Map(), false);
  const outcome = trackObligation(
    {
      kind: guardTimer,
      graph: environment.graph(unit),
      site: undefined,
      call: undefined,
      owesAfter: new Set([settling]),
      starts: places.map((place) => ({ ...place, state: { ...absent, held: [held] } })),
    },
    environment,
    summaries,
  );
  return !outcome.unknown && outcome.atEnd.held.some((one) => one.armed);
}
