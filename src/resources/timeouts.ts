/**
 * How the catalog says which functions measure time, as plain data.
 */
import type { DeclarationPattern } from "./kind.ts";

/** A function whose promise settles when some time has passed. */
export interface TimerFunction extends DeclarationPattern {
  /** 0-based argument with the milliseconds. */
  readonly delay: number;
  /** 0-based argument with the options that can stop the timer. */
  readonly options?: number;
  readonly source: string;
}

/** A function that gives up waiting for a promise when some time has passed. It clears its own timer. */
export interface TimeoutHelper extends DeclarationPattern {
  /** The promise that is waited for: a 0-based argument, or what the method is called on. */
  readonly operation: number | "this";
  /** The members that it calls on the promise when time is up, where the promise has them. */
  readonly cancels: readonly string[];
  readonly source: string;
}

/** What works on until it is told to stop, and comes to an end of its own otherwise: no resource, but an operation. */
export interface Runner extends DeclarationPattern {
  /** The member that stops it. */
  readonly stop: string;
  /** Options of the call that begins it which end it in time. */
  readonly limits: readonly string[];
  readonly source: string;
}
