// How good collected data is: which key fields are filled, how old the newest is, what looks wrong though it was taken.
import type { CollectorId } from './collector';
import type { FieldCompleteness, RunQuality } from './runQuality';

/** Fields that make a row worth having; the original program stored rows without any of them and called it success. */
export const KEY_FIELDS: Readonly<Partial<Record<string, readonly string[]>>> = {
  networks: ['name'],
  dexes: ['name'],
  tokens: ['symbol', 'name', 'decimals'],
  token_details: ['priceUsd', 'totalSupply'],
  pools: ['name', 'baseTokenId', 'quoteTokenId', 'basePriceUsd', 'reserveUsd', 'volumeUsdH24', 'createdAtMs'],
  pool_snapshots: ['basePriceUsd', 'reserveUsd', 'volumeUsdH24'],
  trades: ['priceUsd', 'volumeUsd', 'sender'],
};

export interface TableQuality {
  readonly table: string;
  readonly rows: number;
  /** When the newest row was observed. */
  readonly newestAtMs: number | null;
  /** Rows that repeat another one's identity. The keys of the tables rule them out, so anything but 0 is damage. */
  readonly duplicates: number;
  readonly fields: readonly Omit<FieldCompleteness, 'table' | 'rows'>[];
  /** Plain words, worst first; empty when all is well. */
  readonly verdicts: readonly string[];
}

export interface CollectorQuality {
  readonly collectorId: CollectorId;
  readonly lastSuccessAtMs: number | null;
  readonly freshnessMs: number | null;
  readonly fetched: number;
  readonly valid: number;
  readonly quality: RunQuality | null;
  readonly verdicts: readonly string[];
}

export interface QualityReport {
  readonly atMs: number;
  readonly verdict: string;
  readonly tables: readonly TableQuality[];
  readonly collectors: readonly CollectorQuality[];
  readonly gaps: {
    readonly series: number;
    readonly incomplete: number;
    readonly missing: number;
    readonly omitted: number;
  };
}
