// Work that takes longer than a person likes to wait without a word: it tells how far it is, and can be called off.

export const WORK_UNITS = ['rows', 'pages', 'bytes', 'calls', 'steps', 'files'] as const;
export type WorkUnit = (typeof WORK_UNITS)[number];

export interface Progress {
  readonly done: number;
  /** Null while nobody can tell. */
  readonly total: number | null;
  readonly unit: WorkUnit;
  /** What is being done now, in a few words, or null. */
  readonly step: string | null;
}

declare global {
  /** Every environment has it in full; this folder knows none of them, so only its name is said here. */
  interface AbortSignal {
    readonly aborted: boolean;
  }
}

/** Handed to every long function; it must leave nothing half done behind when the signal aborts. */
export interface LongWork {
  readonly signal: AbortSignal;
  /** May be called often; whoever listens thins it out. */
  onProgress(progress: Progress): void;
}

export const LONG_OPERATION_KINDS = [
  'backup',
  'verify',
  'check',
  'checkpoint',
  'salvage',
  'compact',
  'restore',
  'retention',
  'backfill',
  'import',
  'export',
  'diagnostics',
  'outage',
] as const;
export type LongOperationKind = (typeof LONG_OPERATION_KINDS)[number];

/** `cancelling`: asked to stop, and still at the step that has to end first. */
export const LONG_OPERATION_STATES = ['running', 'cancelling', 'done', 'failed', 'cancelled'] as const;
export type LongOperationState = (typeof LONG_OPERATION_STATES)[number];

/** One piece of long work that a person ordered, as the window shows it. */
export interface LongOperation {
  readonly id: string;
  readonly kind: LongOperationKind;
  /** What it works on, for example a database's name; null when that says nothing. */
  readonly subject: string | null;
  readonly title: string;
  readonly state: LongOperationState;
  readonly progress: Progress | null;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  /** One sentence: how it ended, or why it failed; null while it runs. */
  readonly detail: string | null;
  readonly cancellable: boolean;
}
