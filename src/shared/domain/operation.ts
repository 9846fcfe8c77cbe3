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
