/**
 * The messages that a file keeps after they were handled.
 */
import { oncePerFile, type FileAnalysis } from "../../ownership/engine.ts";
import { retainedParts } from "./accumulators.ts";
import { growingBuffers } from "./growing-buffers.ts";
import type { PayloadFinding } from "./payload-finding.ts";
import { pinningViews } from "./pinning-views.ts";
import { retainedSlots } from "./retained-slots.ts";

/** Every message that a file keeps too long, in source order. */
export const analysePayloads: FileAnalysis<PayloadFinding> = oncePerFile(
  (file, { environment, summaries }) => {
    const kept = [
      ...retainedSlots(file, environment, summaries),
      ...retainedParts(file, environment, summaries),
      ...growingBuffers(file, environment),
    ];
    // What is not kept at all need not be copied.
    const views = pinningViews(file, environment).filter(
      ({ site }) => !kept.some((one) => one.site === site),
    );
    return [...kept, ...views].sort((a, b) => a.node.pos - b.node.pos);
  },
);
