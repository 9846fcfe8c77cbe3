// Reads that a reader thread can answer; each is one prepared statement. Other parts of the program name them, never SQL.
import type { CollectorId, RunReport, SlotOutcome } from '../domain/collector';
import type { CollectorEvent } from '../domain/collectorEvent';
import type {
  CandleSeries,
  CandleSeriesArgs,
  EventListArgs,
  PoolList,
  PoolListArgs,
  PoolListItem,
  StorageSeriesArgs,
} from './queries';
import type { StorageSampleRow } from './tables';

export interface PoolReference {
  readonly id: string;
  readonly networkId: string;
  readonly address: string;
  readonly name: string | null;
  readonly baseTokenId: string | null;
  readonly quoteTokenId: string | null;
}

export interface SlotRecord {
  readonly collectorId: CollectorId;
  readonly slotAtMs: number;
  readonly outcome: SlotOutcome;
  readonly durationMs: number | null;
  /** Rows inserted or changed by the slot's run. */
  readonly rows: number | null;
  /** How often the wall clock had been set back before. */
  readonly turn: number;
  /** Slots that this record speaks for, from `slotAtMs` to `untilMs`; 1 and null for a single one. */
  readonly slots: number;
  readonly untilMs: number | null;
  /** False for a run beside the schedule: ordered by hand, or an extra attempt after a failure. */
  readonly expected: boolean;
}

/** Position in a keyset walk over a sorted pool list: the sort value and id of the last row seen. */
export interface PoolCursor {
  readonly sortValue: string | number | null;
  readonly id: string;
}

/** Read name → [arguments, answer]. */
export interface Reads {
  // market.db
  'pools.list': [PoolListArgs, PoolList];
  /**
   * Walks the whole filtered list in pages; `after` null starts. Rows added or removed meanwhile do no harm, but a row whose
   * sort value changes during the walk can be met twice or not at all.
   */
  'pools.walk': [
    Omit<PoolListArgs, 'offset'> & { readonly after: PoolCursor | null },
    { readonly items: readonly PoolListItem[]; readonly next: PoolCursor | null },
  ];
  'pools.facets': [null, { readonly networks: readonly { readonly id: string; readonly dexIds: readonly string[] }[] }];
  /** Pools of the given networks with the largest reserve, largest first. */
  'pools.largest': [{ readonly networkIds: readonly string[]; readonly limit: number }, readonly PoolReference[]];
  'candles.series': [CandleSeriesArgs, CandleSeries];
  // monitor.db
  /** The newest slots of each collector, oldest first within a collector. */
  'slots.recent': [
    { readonly collectorIds: readonly CollectorId[]; readonly perCollector: number },
    readonly SlotRecord[],
  ];
  'runs.recent': [{ readonly collectorId: CollectorId; readonly limit: number }, readonly RunReport[]];
  /** Runs in a row after the newest run: successes positive, failures negative; null when it is not on record. */
  'runs.streak': [{ readonly collectorId: CollectorId }, number | null];
  /** Newest first. */
  'events.recent': [EventListArgs, readonly CollectorEvent[]];
  'storage.series': [StorageSeriesArgs, readonly StorageSampleRow[]];
}
export type ReadName = keyof Reads;
export type ReadArgs<R extends ReadName> = Reads[R][0];
export type ReadAnswer<R extends ReadName> = Reads[R][1];
