// Which tables can be cut by age, and along which index: rows of one partition lie there in the order of time. Whatever works by
// age walks partition by partition; asking for all of them at once would read the whole table.
import type { Timeframe } from '../../../shared/domain/market';
import type { TableName } from '../../../shared/contract/tables';
import type { SqliteDatabase } from './driver';

export interface Partitioning {
  /** The columns before the time in the index in which rows lie in the order of time; none: all rows are one partition. */
  readonly partition: readonly string[];
  readonly time: string;
  readonly unitMs: number;
  /** SQL that must hold of a row before it may go, where some still last, whatever their age. */
  readonly ended?: string;
}

const OF_SERIES: Partitioning = { partition: ['metric', 'target'], time: 'from_s', unitMs: 1_000 };

/** Tables of which rows go by age, if a person or the program says so; all others are kept for ever. */
export const PARTITIONINGS: Readonly<Partial<Record<TableName, Partitioning>>> = {
  slots: { partition: ['collector_id', 'turn'], time: 'slot_at_ms', unitMs: 1 },
  runs: { partition: ['collector_id'], time: 'started_at_ms', unitMs: 1 },
  collector_events: { partition: [], time: 'at_ms', unitMs: 1 },
  alert_transitions: { partition: [], time: 'seen_at_ms', unitMs: 1 },
  incident_events: { partition: [], time: 'at_ms', unitMs: 1 },
  notices: { partition: [], time: 'at_ms', unitMs: 1 },
  // An open incident is resolved at 0.
  incidents: { partition: [], time: 'resolved_at_ms', unitMs: 1, ended: 'resolved_at_ms > 0' },
  // No index is needed: there is one row for each rule on each target. What is no JSON stays.
  alert_instances: {
    partition: [],
    time: 'at_ms',
    unitMs: 1,
    ended: `CASE WHEN json_valid(body) THEN json_extract(body, '$.state') = 'inactive' ELSE 0 END`,
  },
  storage_samples: { partition: ['database'], time: 'at_ms', unitMs: 1 },
  deliveries: { partition: [], time: 'offered_at_ms', unitMs: 1 },
  sample_ticks: { partition: [], time: 'from_s', unitMs: 1_000 },
  sample_seals: { partition: [], time: 'from_s', unitMs: 1_000 },
  sample_chunks: { partition: [], time: 'from_s', unitMs: 1_000 },
  sample_minutes: OF_SERIES,
  sample_ten_minutes: OF_SERIES,
  sample_hours: OF_SERIES,
  sample_days: OF_SERIES,
  pool_snapshots: { partition: ['pool_key'], time: 'observed_at_ms', unitMs: 1 },
  pool_signals: { partition: ['pool_key'], time: 'observed_at_ms', unitMs: 1 },
  discovery_polls: { partition: ['network_id'], time: 'observed_at_ms', unitMs: 1 },
  trades: { partition: ['pool_key'], time: 'block_at_ms', unitMs: 1 },
  candles: { partition: ['series_key'], time: 'starts_at_s', unitMs: 1_000 },
};

/** The values of the partition's columns. */
export type Partition = readonly (string | number)[];

/** The partition after `after`, or the first. One step along the index. */
export function nextPartition(
  db: SqliteDatabase,
  table: TableName,
  timeframe: Timeframe | null,
  { partition }: Partitioning,
  after: Partition | null,
): Partition | null {
  if (table === 'candles') {
    const series = 'SELECT key FROM candle_series WHERE key > ? AND timeframe = ? AND candles > 0 ORDER BY key LIMIT 1';
    return asPartition(
      db
        .prepare(series)
        .raw()
        .get(after?.[0] ?? 0, timeframe),
    );
  }
  if (partition.length === 0) return after === null ? [] : null;
  const columns = partition.join(', ');
  const marks = partition.map(() => '?').join(', ');
  const where = after === null ? '' : `WHERE (${columns}) > (${marks})`;
  const next = `SELECT ${columns} FROM ${table} ${where} ORDER BY ${columns} LIMIT 1`;
  return asPartition(
    db
      .prepare(next)
      .raw()
      .get(...(after ?? [])),
  );
}

function asPartition(row: unknown): Partition | null {
  return (row as Partition | undefined) ?? null;
}
