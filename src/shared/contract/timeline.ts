// What can be asked about a stretch of time, and the folded rows that the answers are made of.
import type { CollectorId, SlotOutcome } from '../domain/collector';
import type { CollectorEvent } from '../domain/collectorEvent';
import type { DatabaseName } from '../domain/database';
import type { AgeBucket, ErrorSummary, RunBucket, TimeSpan } from '../domain/timeline';

export interface TimelineArgs extends TimeSpan {
  /** How many columns there are to draw, about: an answer never has more of a collector than that, but for single slots. */
  readonly columns: number;
}

export interface CollectorHistoryArgs extends TimelineArgs {
  readonly collectorId: CollectorId;
}

export interface StorageHistoryArgs extends TimelineArgs {
  readonly database: DatabaseName;
}

/** Samples of the storage layer that share a column: the worst of each figure, but for the median commit. */
export interface StorageSpanRow {
  readonly atMs: number;
  /** Of the newest sample. */
  readonly untilMs: number;
  /** States that occurred, separated by commas. */
  readonly states: string;
  /** The first and the last sample whose state was not `ok`; null when all were. */
  readonly badFromMs: number | null;
  readonly badUntilMs: number | null;
  readonly samples: number;
  /** Since the start. */
  readonly commits: number;
  readonly commitP50Ms: number;
  readonly commitP95Ms: number;
  readonly lockWaitP95Ms: number;
  readonly lockWaitMaxMs: number;
  readonly walBytes: number;
  readonly sizeBytes: number;
}

export interface StorageHistory extends TimeSpan {
  readonly samples: readonly StorageSpanRow[];
}

/** Slots of one outcome that lie in one column. */
export interface SlotGroup {
  /** Of the newest. */
  readonly atMs: number;
  readonly outcome: SlotOutcome;
  /** Slots that they speak for. */
  readonly slots: number;
  /** End of a stretch that one record speaks for; null for single slots. */
  readonly untilMs: number | null;
  /** Of the newest. */
  readonly detail: string | null;
}

interface Grid extends TimeSpan {
  readonly stepMs: number;
}

/** What a reader of monitor.db can tell about a stretch of time. */
export interface TimelineReads {
  /** In any order, with the last slot before the stretch. */
  'slots.grouped': [
    Grid & { readonly collectorIds: readonly CollectorId[] },
    readonly { readonly collectorId: CollectorId; readonly groups: readonly SlotGroup[] }[],
  ];
  'runs.folded': [
    Grid & { readonly collectorId: CollectorId },
    { readonly buckets: readonly RunBucket[]; readonly ages: readonly AgeBucket[] },
  ];
  /** Most frequent first. */
  'runs.errors': [TimeSpan & { readonly collectorId: CollectorId }, readonly ErrorSummary[]];
  /** Oldest first; the newest of them when there are more. `before`: the last of each kind and subject before the stretch. */
  'events.between': [
    TimeSpan & { readonly limit: number },
    { readonly before: readonly CollectorEvent[]; readonly within: readonly CollectorEvent[] },
  ];
  'storage.folded': [Grid & { readonly database: DatabaseName }, readonly StorageSpanRow[]];
  /** Stretches without a sample of the storage layer, and when the first one ever was: before, there was no program. */
  'storage.unwatched': [
    TimeSpan & { readonly longerThanMs: number },
    { readonly firstAtMs: number | null; readonly gaps: readonly TimeSpan[] },
  ];
}
