// What became of every slot, what runs did, and how the storage layer fared, as rows of monitor.db.

export interface SlotRow {
  readonly collectorId: string;
  readonly slotAtMs: number;
  readonly outcome: string;
  readonly runId: string | null;
  readonly detail: string | null;
  /** How often the wall clock had been set back before: the same time can come twice. */
  readonly turn: number;
  /** Slots that this row speaks for, from `slotAtMs` to `untilMs`; 1 and null for a single one. */
  readonly slots: number;
  readonly untilMs: number | null;
}

export interface RunRow {
  readonly id: string;
  readonly collectorId: string;
  readonly slotAtMs: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly durationMs: number;
  readonly trigger: string;
  readonly outcome: string;
  readonly fetched: number;
  readonly valid: number;
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly calls: number;
  readonly throttles: number;
  readonly errorClass: string | null;
  readonly errorMessage: string | null;
  /** Runs in a row after this one: successes positive, failures negative. */
  readonly streak: number | null;
  /** What the run says about the quality of its data, as JSON. */
  readonly quality: string | null;
}

export interface CollectorEventRow {
  readonly id: string;
  readonly atMs: number;
  readonly kind: string;
  readonly collectorId: string | null;
  readonly host: string | null;
  readonly cause: string;
}

export interface StorageSampleRow {
  readonly database: string;
  readonly atMs: number;
  readonly state: string;
  readonly commits: number;
  readonly rows: number;
  readonly commitP50Ms: number;
  readonly commitP95Ms: number;
  readonly lockWaitP95Ms: number;
  readonly lockWaitMaxMs: number;
  readonly queuedBatches: number;
  readonly sizeBytes: number;
  readonly walBytes: number;
}
