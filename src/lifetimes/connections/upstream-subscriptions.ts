/**
 * Subscriptions that are made for local subscribers and outlive the last of them:
 *
 *     if (!rooms.has(name)) { rooms.set(name, new Set()); broker.subscribe(name); }
 *     rooms.get(name).add(socket);
 *
 * The socket leaves, its set is empty, and the broker goes on sending. It is known by three things: the
 * subscription is made under the key under which the subscribers are kept, these come and go, and nothing
 * in the file asks the same broker to stop.
 */
import ts from "typescript";
import { callsIn } from "../../ownership/calls-in.ts";
import { oncePerFile, type FileAnalysis } from "../../ownership/engine.ts";
import type { Environment } from "../../ownership/environment.ts";
import { unsubscribersOf } from "../../resources/emitters.ts";
import { reportingRule, type ReportingRule } from "../../resources/reporting-rule.ts";
import { elementOf } from "../../typescript/held-types.ts";
import { functionAround, withWrappers } from "../../typescript/syntax.ts";
import { lifetimesOfValue, surelyEnds } from "../holders/holder-lifetimes.ts";
import { referencesTo } from "../holders/references.ts";
import { compareIdentities, identityOf, namedDeclaration } from "../listeners/identities.ts";
import { additionsIn, removalsIn } from "./connection-entries.ts";
import { isHidden } from "./hidden-collections.ts";

export interface SubscriptionFinding {
  /** The call that subscribes. */
  readonly site: ts.CallExpression;
  /** What keeps the subscribers, as it is written. */
  readonly holder: ts.Expression;
  readonly key: ts.Expression;
  /** Where a subscriber leaves. */
  readonly leaves: ts.Node;
  /** The member that would end the subscription. */
  readonly undo: string;
  readonly rule: ReportingRule;
  readonly strength: "sure";
}

const rule = reportingRule({ wrong: "retained-memory", keptIn: "connection" });

/** Every subscription of a file that nobody ends when nobody is left who wants it. */
export const analyseSubscriptions: FileAnalysis<SubscriptionFinding> = oncePerFile(
  (file, { environment }) =>
    callsIn(file).flatMap((call) =>
      ts.isCallExpression(call) ? (judge(call, file, environment) ?? []) : [],
    ),
);

function judge(
  site: ts.CallExpression,
  file: ts.SourceFile,
  environment: Environment,
): SubscriptionFinding | undefined {
  const callee = site.expression;
  const [key] = site.arguments;
  if (!ts.isPropertyAccessExpression(callee) || key === undefined || !isForgotten(site)) return;
  const undoing = unsubscribersOf(callee.name.text);
  const { types } = environment;
  const broker = callee.expression;
  const undo = undoing?.find((member) => types.hasMember(types.valueType(broker), member));
  if (undo === undefined) return undefined;
  const unit = functionAround(site);
  const kept = additionsIn(file, environment).find(
    ({ site: one, added: [addedKey, value] }) =>
      functionAround(one) === unit &&
      addedKey?.getText() === key.getText() &&
      value !== undefined &&
      elementOf(types.valueType(value), types.program) !== undefined,
  );
  if (kept === undefined) return undefined;
  const { holder } = kept;
  const identity = identityOf(holder, environment);
  if (!isHidden(identity, holder, environment)) return undefined;
  if (surelyEnds(lifetimesOfValue(holder, environment))) return undefined;
  const leaves = removalsIn(file, environment).find(
    (removal) =>
      removal.isInner &&
      compareIdentities(identity, removal.holderIdentity, environment) === "same",
  );
  if (leaves === undefined || mayUndo(broker, undoing ?? [], file, environment)) return undefined;
  return { site, holder, key, leaves: leaves.site, undo, rule, strength: "sure" };
}

/** Nobody takes what the call gives. */
function isForgotten(site: ts.CallExpression): boolean {
  let { parent } = withWrappers(site);
  while (ts.isAwaitExpression(parent) || ts.isVoidExpression(parent)) ({ parent } = parent);
  return ts.isExpressionStatement(parent);
}

/** Code of the file ends subscriptions of the same broker, or gives it to code that may. */
function mayUndo(
  broker: ts.Expression,
  undoing: readonly string[],
  file: ts.SourceFile,
  environment: Environment,
): boolean {
  const identity = identityOf(broker, environment);
  const isCalled = callsIn(file).some((call) => {
    const callee = call.expression;
    return (
      ts.isPropertyAccessExpression(callee) &&
      undoing.includes(callee.name.text) &&
      compareIdentities(identity, identityOf(callee.expression, environment), environment) !==
        "different"
    );
  });
  if (isCalled || identity.is === "made" || identity.root === "global") return isCalled;
  const declaration = namedDeclaration(identity);
  if (declaration === undefined) return true;
  return referencesTo(declaration, environment).some((reference) => {
    const { parent } = withWrappers(reference);
    return ts.isCallExpression(parent) && parent.expression !== reference;
  });
}
