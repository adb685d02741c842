/**
 * The listeners of a file that stay where they were put, and the removals that take nothing off.
 */
import type ts from "typescript";
import { type Engine, type FileAnalysis, oncePerFile } from "../../ownership/engine.ts";
import { acquisitionsAt } from "../../ownership/find-acquisitions.ts";
import { reportingRule, type ReportingRule } from "../../resources/reporting-rule.ts";
import { droppedHandles } from "./dropped-handles.ts";
import { removalsOfNothing } from "./listener-removal.ts";
import { type ListenerFault, verdictOn } from "./listener-verdicts.ts";
import { listenersIn } from "./listeners.ts";

export interface ListenerFinding {
  readonly site: ts.CallExpression;
  /** The emitter, as it is written; undefined: the global object. */
  readonly target: ts.Expression | undefined;
  readonly event: ts.Expression | undefined;
  /** What the call gives would take the listener off, and is dropped. */
  readonly isHandle: boolean;
  readonly fault: ListenerFault | { readonly how: "nothing" };
  readonly rule: ReportingRule;
  readonly strength: "sure" | "possible";
}

const rule = reportingRule({ wrong: "duty", kind: { duty: "remove" }, keptIn: "function" });

/** Every fault of a file with its listeners, in source order. */
export const analyseListeners: FileAnalysis<ListenerFinding> = oncePerFile(findingsIn);

function findingsIn(
  file: ts.SourceFile,
  { environment, summaries }: Engine,
): readonly ListenerFinding[] {
  const { registrations } = listenersIn(file, environment);
  const known = new Set(registrations.map(({ site }) => site));
  const handles = droppedHandles(file, environment).filter(({ site }) => !known.has(site));
  const kept = [...registrations, ...handles].flatMap(
    (registration): readonly ListenerFinding[] => {
      const verdict = verdictOn(registration, environment);
      if (verdict === undefined) return [];
      const { site, target, event, isHandle } = registration;
      return [{ site, target, event, isHandle: isHandle === true, rule, ...verdict }];
    },
  );
  const missed = new Set(
    kept.flatMap(({ fault }) => (fault.how === "missed" ? [fault.by.site] : [])),
  );
  const nothing = removalsOfNothing(file, environment).flatMap(
    ({ site, target, event }): readonly ListenerFinding[] =>
      missed.has(site)
        ? []
        : [
            {
              site,
              target,
              event,
              isHandle: false,
              rule,
              fault: { how: "nothing" },
              strength: "sure",
            },
          ],
  );
  // What registering gives is an obligation of its own where the catalog knows it.
  return [...kept, ...nothing]
    .filter(({ site }) => acquisitionsAt(site, environment, summaries).length === 0)
    .sort((a, b) => a.site.pos - b.site.pos);
}
