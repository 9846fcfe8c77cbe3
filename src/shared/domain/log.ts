// What the program wrote down while it worked, line by line: how a line is told apart, filtered and asked for.
import type { CollectorId } from './collector';

/** From the least to the most serious. `debug`: every call and every page that was stored. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogLine {
  /** Where it stands, the same for as long as its file is kept. */
  readonly id: string;
  /** Wall time. */
  readonly atMs: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly collectorId: string | null;
  /** The run it belongs to; null when it belongs to none. */
  readonly runId: string | null;
  /** Everything else that it says, as JSON on one line; may be cut. */
  readonly details: string;
}

export interface LogFilter {
  /** This one and the more serious ones. */
  readonly level: LogLevel;
  /** Anywhere in the line, whatever the case; null for every line. */
  readonly text: string | null;
  readonly collectorId: CollectorId | null;
  readonly runId: string | null;
}

export interface LogPageArgs {
  readonly filter: LogFilter;
  /** A place of an earlier answer to go on from; null: from the end of the log. */
  readonly from: string | null;
  /** Which way to read from there; from the end there is only `older`. */
  readonly direction: 'older' | 'newer';
  readonly limit: number;
}

export interface LogPage {
  /** Oldest first. Fewer than asked for does not mean that there are no more: see `older`. */
  readonly lines: readonly LogLine[];
  /** Where to go on to older lines; null when there are none. Of a `newer` question: where it began. */
  readonly older: string | null;
  /** Where to go on to what will be written. Of an `older` question from a place: that place. */
  readonly newer: string;
}
