// What there is of everything that retention can cut: partitions, the times between which rows lie, and what a row takes. Steps
// along the indexes from partition to partition; counts no rows, which can be millions.
import type { TierExtent } from '../../../../shared/contract/reads';
import type { TableName } from '../../../../shared/contract/tables';
import type { DatabaseName } from '../../../../shared/domain/database';
import type { Timeframe } from '../../../../shared/domain/market';
import { DATABASE_TABLES } from '../../common/databaseTables';
import type { SqliteDatabase } from '../driver';
import { type Partitioning, PARTITIONINGS } from '../partitionings';
import type { ReadTable } from './readTable';
import { estimatedRowBytes } from './rowWidth';

type Extent = Omit<TierExtent, 'table' | 'timeframe' | 'rowBytes'>;

export function createRetentionReads(database: DatabaseName, db: SqliteDatabase): ReadTable {
  return {
    'retention.extents': () =>
      DATABASE_TABLES[database].flatMap((table) => {
        const partitioning = PARTITIONINGS[table];
        if (!partitioning) return [];
        const rowBytes = estimatedRowBytes(db, table);
        const extents: readonly (Extent & { readonly timeframe: Timeframe | null })[] =
          table === 'candles'
            ? candleExtents(db, partitioning)
            : [{ ...extentOf(db, table, partitioning), timeframe: null }];
        return extents.map((extent) => ({ table, rowBytes, ...extent }));
      }),
  };
}

function extentOf(db: SqliteDatabase, table: TableName, partitioning: Partitioning): Extent {
  const { time, partition, ended } = partitioning;
  const [key, ...rest] = partition;
  if (key === undefined) {
    const end = (which: 'min' | 'max'): string => `(SELECT ${which}(${time}) FROM ${table} WHERE ${ended ?? 'TRUE'})`;
    const ends = `SELECT 1 AS partitions, NULL AS rows, ${end('min')} AS oldestAtMs, ${end('max')} AS newestAtMs`;
    return db.prepare<[], Extent>(ends).get() as Extent;
  }
  // One step along the index for each partition.
  const found = db
    .prepare<[], Extent>(
      `WITH RECURSIVE keys (key) AS (
         SELECT min(${key}) FROM ${table}
         UNION ALL SELECT (SELECT min(t.${key}) FROM ${table} t WHERE t.${key} > keys.key) FROM keys WHERE keys.key IS NOT NULL
       )
       SELECT count(*) AS partitions, NULL AS rows,
         min(${endOf(table, key, [...rest, time], 'ASC')}) AS oldestAtMs,
         max(${endOf(table, key, [...rest, time], 'DESC')}) AS newestAtMs
       FROM keys WHERE key IS NOT NULL`,
    )
    .get();
  return found as Extent;
}

/** The first or the last time of a partition; `order` is how the index goes on behind its first column. */
function endOf(table: string, key: string, order: readonly string[], direction: 'ASC' | 'DESC'): string {
  const ordered = order.map((column) => `t.${column} ${direction}`).join(', ');
  return `(SELECT t.${order.at(-1) ?? ''} FROM ${table} t WHERE t.${key} = keys.key ORDER BY ${ordered} LIMIT 1)`;
}

/** The series keep their own counts. */
function candleExtents(db: SqliteDatabase, { time, unitMs }: Partitioning) {
  const ends = (direction: 'ASC' | 'DESC'): string => endOf('candles', 'series_key', [time], direction);
  return db
    .prepare<[], Extent & { readonly timeframe: Timeframe }>(
      `SELECT keys.timeframe, count(*) AS partitions, sum(keys.candles) AS rows,
         min(${ends('ASC')}) * ${unitMs} AS oldestAtMs, max(${ends('DESC')}) * ${unitMs} AS newestAtMs
       FROM (SELECT key, timeframe, candles FROM candle_series WHERE candles > 0) keys
       GROUP BY keys.timeframe`,
    )
    .all();
}
