// Reads that a reader thread can answer; each is one prepared statement. Other parts of the program name them, never SQL.
import type { CollectorId, RunReport, SlotOutcome } from '../domain/collector';
import type { CandleSeries, CandleSeriesArgs, PoolList, PoolListArgs, StorageSeriesArgs } from './queries';
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
}

/** Read name → [arguments, answer]. */
export interface Reads {
  // market.db
  'pools.list': [PoolListArgs, PoolList];
  /** The tokens of every pool that knows both. */
  'pools.tokenPairs': [
    null,
    readonly { readonly id: string; readonly baseTokenId: string; readonly quoteTokenId: string }[],
  ];
  'pools.facets': [null, { readonly networks: readonly { readonly id: string; readonly dexIds: readonly string[] }[] }];
  /** Pools of the given networks with the largest reserve, largest first. */
  'pools.largest': [{ readonly networkIds: readonly string[]; readonly limit: number }, readonly PoolReference[]];
  'candles.series': [CandleSeriesArgs, CandleSeries];
  // monitor.db
  /** The newest slots of each collector, oldest first within a collector. */
  'slots.recent': [{ readonly perCollector: number }, readonly SlotRecord[]];
  'runs.recent': [{ readonly collectorId: CollectorId; readonly limit: number }, readonly RunReport[]];
  'storage.series': [StorageSeriesArgs, readonly StorageSampleRow[]];
}
export type ReadName = keyof Reads;
export type ReadArgs<R extends ReadName> = Reads[R][0];
export type ReadAnswer<R extends ReadName> = Reads[R][1];
