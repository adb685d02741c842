/**
 * The verdict on one obligation: does it leak, by which exit, and how sure is that.
 */
import ts from "typescript";
import { valueOf } from "../flow/graph.ts";
import type { ResourceKind } from "../resources/kind.ts";
import { isDropped, isInside } from "../typescript/syntax.ts";
import { excludeEachOther } from "./exclusive-tests.ts";
import type { Acquired } from "./find-acquisitions.ts";
import { isSymbol } from "./access-path.ts";
import { atLeast, type Disjunct, Ended, type Strength } from "./obligation-state.ts";
import { isPromiseAll } from "./promise-combinators.ts";
import type { OwnedParameter } from "./owned-parameters.ts";
import type { Outcome } from "./tracking.ts";

export type Verdict =
  | { readonly leaks: false }
  | {
      readonly leaks: true;
      readonly how:
        /** No path releases it, and it never had a name. */
        | "dropped"
        /** No path releases it. */
        | "never"
        /** A normal exit leaves it held. */
        | "path"
        /** A collection lets go of it. */
        | "removed"
        /** A loop goes on to its next turn with it held. */
        | "turn"
        /** Only an exception leaves it held. */
        | "throw"
        /** Its last name was given to something else. */
        | "overwritten"
        | "hidden"
        | "wrong-release"
        | "pipe"
        /** Another promise of the same `Promise.all` rejects. */
        | "sibling";
      readonly strength: Strength;
      /** The exits or the events that leak, the first in the source first. */
      readonly at: readonly ts.Node[];
      /** What releases it on another path. */
      readonly elsewhere?: readonly ts.Node[];
      /** How it leaks when something throws, once these exits release it. */
      readonly otherwise?: { readonly strength: Strength; readonly at: readonly ts.Node[] };
    };

type Judged = Acquired | OwnedParameter;

const fine: Verdict = { leaks: false };

export function judge(acquired: Judged, outcome: Outcome): Verdict {
  const verdict = judgeHeld(acquired, outcome);
  return verdict.leaks && acquired.kind.grade === "memory"
    ? { ...verdict, strength: "possible" }
    : verdict;
}

function judgeHeld(acquired: Judged, found: Outcome): Verdict {
  const { kind, site } = acquired;
  const outcome = {
    ...found,
    losses: found.losses.filter((one) => !excludeEachOther(site, one.node)),
  };
  if (outcome.unknown || !outcome.owed) return fine;
  const [wrong] = outcome.wrongReleases;
  if (wrong !== undefined)
    return { leaks: true, how: "wrong-release", strength: "sure", at: [wrong] };
  if (outcome.hiddenReturns.length > 0) {
    return { leaks: true, how: "hidden", strength: "sure", at: outcome.hiddenReturns };
  }
  const atEnd = outcome.atEnd.held.filter((one) => one.armed);
  const sureAtEnd = atEnd.filter((one) => one.strength === "sure");
  const lost = outcome.losses.filter((one) => one.disjunct.strength === "sure");
  const endsSomewhere = ((outcome.atEnd.ended | outcome.atThrow.ended) & ~Ended.hidden) !== 0;

  const named = lost.filter((one) => !isUnnamed([one.disjunct]));
  const overwritten = named.filter((one) => !declares(one.node, site)).map((one) => one.node);
  const nextTurn = named.filter((one) => declares(one.node, site)).map((one) => one.node);
  const removed = lost.filter((one) => one.how === "removed").map((one) => one.node);
  if (removed.length > 0)
    return sureVerdict(endsSomewhere ? "removed" : "never", kind, removed, endsSomewhere);
  if (overwritten.length > 0) return sureVerdict("overwritten", kind, overwritten, endsSomewhere);
  if (nextTurn.length > 0) {
    return sureVerdict(endsSomewhere ? "turn" : "never", kind, nextTurn, endsSomewhere);
  }
  if (sureAtEnd.length > 0) {
    if (endsSomewhere) {
      const verdict = sureVerdict("path", kind, exitsOf(sureAtEnd, acquired), true);
      if (!verdict.leaks) return verdict;
      const elsewhere = [...outcome.releasedBy].sort((a, b) => a.pos - b.pos);
      const weaker = atEnd.filter((one) => one.strength !== "sure");
      const other = onException(acquired, outcome, weaker);
      return { ...verdict, elsewhere, ...(other.leaks && { otherwise: other }) };
    }
    return sureVerdict(
      isUnnamed(sureAtEnd) && !needsNoName(kind) ? "dropped" : "never",
      kind,
      exitsOf(sureAtEnd, acquired),
      false,
    );
  }
  if (lost.length > 0)
    return sureVerdict(
      "dropped",
      kind,
      lost.map((one) => one.node),
      endsSomewhere,
    );
  if (outcome.pipes.length > 0)
    return { leaks: true, how: "pipe", strength: "sure", at: outcome.pipes };
  const left = [...outcome.atEnd.held, ...outcome.atThrow.held];
  if (!endsSomewhere && isDropped(site) && !needsNoName(kind) && left.some((one) => one.armed)) {
    return sureVerdict("dropped", kind, [site], false);
  }
  const [sibling] = outcome.siblings;
  if (sibling !== undefined && kind.grade === "must") {
    return { leaks: true, how: "sibling", strength: "likely", at: [sibling] };
  }
  return onException(acquired, outcome, atEnd);
}

/**
 * What lives as long as the process on purpose is worth a word only where some path does release it.
 */
function sureVerdict(
  how: "overwritten" | "removed" | "path" | "turn" | "never" | "dropped",
  kind: ResourceKind,
  at: readonly ts.Node[],
  endsSomewhere: boolean,
): Verdict {
  if (kind.grade === "idle" && !endsSomewhere) return fine;
  if (kind.weak === true && !endsSomewhere) return { leaks: true, how, strength: "possible", at };
  return { leaks: true, how, strength: "sure", at };
}

function onException(acquired: Judged, outcome: Outcome, atEnd: readonly Disjunct[]): Verdict {
  const { kind, site } = acquired;
  const weak = [
    ...atEnd,
    ...outcome.losses.map((one) => one.disjunct),
    ...outcome.atThrow.held.filter((one) => one.armed),
    ...outcome.atAbandon.held
      .filter((one) => one.armed)
      .map((one): Disjunct => ({ ...one, strength: "possible" })),
  ].filter(({ via }) => via.length === 0 || via.some((node) => !excludeEachOther(site, node)));
  const [first, ...others] = weak;
  if (first === undefined || kind.grade === "idle") return fine;
  const limit = others.reduce(
    (best, one) => (atLeast(one.strength, best) ? one.strength : best),
    first.strength,
  );
  // Only for what is lost for good does an exception that is merely expected count.
  const strength: Strength = kind.grade === "must" && limit !== "possible" ? "likely" : "possible";
  const at = weak
    .filter((one) => one.strength === limit)
    .flatMap((one) => one.via)
    .sort((a, b) => a.pos - b.pos || a.end - b.end);
  const nodes = at.length > 0 ? [...new Set(at)] : [site];
  return {
    leaks: true,
    how: nodes.some((one) => awaitsAll(one, site)) ? "sibling" : "throw",
    strength,
    at: nodes,
  };
}

/** `releaseContext()` is not told which: a value that is dropped can be released all the same. */
function needsNoName(kind: ResourceKind): boolean {
  return kind.release.some((release) => "argument" in release && release.argument === "none");
}

/** The resource is reachable only as the value of an expression, or as a part of something else. */
function isUnnamed(disjuncts: readonly Disjunct[]): boolean {
  return disjuncts.every((one) =>
    [...one.aliases.values()].every((alias) => !isSymbol(alias.root)),
  );
}

/** The node declares the variable that the acquisition initialises, anew in each turn of a loop. */
function declares(node: ts.Node, site: ts.Node): boolean {
  return ts.isVariableDeclaration(node) && isInside(site, node);
}

function exitsOf(disjuncts: readonly Disjunct[], acquired: Judged): readonly ts.Node[] {
  const exits = [...new Set(disjuncts.flatMap((one) => one.exits))].sort((a, b) => a.pos - b.pos);
  return exits.length > 0 ? exits : [acquired.graph.unit];
}

/** What rejects is the `Promise.all` that was given the resource, so another of its promises did. */
function awaitsAll(node: ts.Node, site: ts.Node): boolean {
  if (!ts.isExpression(node) || !isPromiseAll(node)) return false;
  if (isInside(site, node)) return true;
  const call = valueOf(node);
  const [list] = ts.isCallExpression(call) ? call.arguments : [];
  let at = site;
  while (!ts.isVariableDeclaration(at) && !ts.isFunctionLike(at) && !ts.isSourceFile(at))
    at = at.parent;
  if (list === undefined || !ts.isVariableDeclaration(at)) return false;
  const name = at.name.getText();
  const given = ts.isArrayLiteralExpression(list) ? list.elements : [list];
  return given.some((one) => ts.isIdentifier(one) && one.text === name);
}
