/**
 * What the caches of a file drop unreleased: those of the catalog, and those made by hand.
 */
import { callsIn } from "../../ownership/calls-in.ts";
import { oncePerEngine, oncePerFile, type FileAnalysis } from "../../ownership/engine.ts";
import { CacheRecogniser } from "../../resources/recognise-cache.ts";
import { CacheAnalysis } from "./cache-faults.ts";
import type { CacheFinding } from "./cache-finding.ts";
import { genericFindings } from "./generic-caches.ts";
import { handMadeFindings } from "./hand-made.ts";

const cachesOf = oncePerEngine(
  ({ environment, options }) => new CacheRecogniser(environment.types, options.catalog.caches),
);

/** Every fault of a cache in a file, in source order. */
export const analyseCaches: FileAnalysis<CacheFinding> = oncePerFile((file, engine) => {
  const { environment, summaries } = engine;
  const caches = cachesOf(engine);
  const known = callsIn(file).flatMap((call) => {
    const recognised = caches.cacheAt(call);
    if (recognised === undefined) return [];
    return new CacheAnalysis(recognised, environment, summaries, caches).finding() ?? [];
  });
  return [
    ...known,
    ...handMadeFindings(file, environment, summaries),
    ...genericFindings(file, environment, summaries),
  ];
});
