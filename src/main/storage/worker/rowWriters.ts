// One prepared statement per table, built from the column lists that rows travel by. Each stores one row and says what became
// of it. A blank (NULL) never overwrites a value; an older observation never overwrites a newer one.
import type { SqlValue } from '../../../shared/contract/sqlValue';
import { TABLE_COLUMNS, type TableName } from '../../../shared/contract/tables';
import type { SqliteDatabase } from './driver';
import { CandleWriter } from './candleWriter';
import { CoverageWriter } from './coverageWriter';
import { CHANGED, INSERTED, type RowOutcome, type RowWriter, UNCHANGED } from './rowOutcome';
import { columnName } from './columnName';
import { PoolKeys } from './poolKeys';
import { SeriesKeys } from './seriesKeys';

type Row = readonly SqlValue[];

/**
 * Where `observed_at_ms` does not tell which of two states is the older one. A row is refused only when all of these are lower: one
 * of them alone can be set back, by a clock or by a record that was lost.
 */
const AGES: { readonly [T in TableName]?: readonly string[] } = {
  watchlist: ['updated_at_ms'],
  alert_instances: ['observed_ms', 'at_ms'],
};

export function createRowWriters(db: SqliteDatabase, tables: readonly TableName[]): ReadonlyMap<TableName, RowWriter> {
  const keys = tables.includes('pools') ? { pools: new PoolKeys(db), series: new SeriesKeys(db) } : null;
  return new Map(tables.map((table) => [table, createRowWriter(db, table, keys)]));
}

interface Keys {
  readonly pools: PoolKeys;
  readonly series: SeriesKeys;
}

function createRowWriter(db: SqliteDatabase, table: TableName, keys: Keys | null): RowWriter {
  switch (table) {
    case 'networks':
      return observationWriter(db, table, ['network_id']);
    case 'dexes':
      return observationWriter(db, table, ['network_id', 'dex_id']);
    case 'tokens':
    case 'token_details':
    case 'token_infos':
    case 'pools':
      return observationWriter(db, table, ['id']);
    case 'candles':
      return new CandleWriter(db, present(keys).series);
    case 'candle_coverage':
      return new CoverageWriter(db, present(keys).series);
    case 'watchlist':
      return recordWriter(db, table, ['id']);
    case 'pool_snapshots':
    case 'pool_signals':
      return ofPool(present(keys).pools, recordWriter(db, table, ['pool_key', 'observed_at_ms']));
    case 'trades':
      return ofPool(present(keys).pools, recordWriter(db, table, ['pool_key', 'tx_hash', 'log_index']));
    case 'discovery_polls':
      return recordWriter(db, table, ['network_id', 'observed_at_ms']);
    case 'slots':
      return recordWriter(db, table, ['collector_id', 'turn', 'slot_at_ms']);
    case 'runs':
    case 'collector_events':
    case 'alert_transitions':
    case 'incidents':
    case 'incident_events':
    case 'silences':
    case 'notices':
      return recordWriter(db, table, ['id']);
    case 'alert_rules':
      return recordWriter(db, table, ['rule_id', 'version']);
    case 'alert_instances':
      return recordWriter(db, table, ['key']);
    case 'storage_samples':
      return recordWriter(db, table, ['database', 'at_ms']);
    case 'sample_layouts':
    case 'baselines':
      return recordWriter(db, table, ['id']);
    case 'sample_ticks':
    case 'sample_seals':
      return recordWriter(db, table, ['from_s']);
    case 'sample_chunks':
      return recordWriter(db, table, ['from_s', 'metric', 'target']);
    case 'sample_minutes':
    case 'sample_ten_minutes':
    case 'sample_hours':
    case 'sample_days':
      return recordWriter(db, table, ['metric', 'target', 'from_s']);
    case 'deliveries':
      return recordWriter(db, table, ['key']);
  }
}

/** Things seen again and again: keeps when a thing was first seen, last seen, and when one of its values last changed. */
function observationWriter(db: SqliteDatabase, table: TableName, key: readonly string[]): RowWriter {
  const columns = TABLE_COLUMNS[table].map(columnName);
  const values = columns.filter((column) => !key.includes(column) && column !== 'observed_at_ms');
  const merged = values.map((column) => `COALESCE(excluded.${column}, ${table}.${column})`);
  const stored = values.map((column) => `${table}.${column}`);
  const statement = db
    .prepare<unknown[], RowOutcome>(
      `INSERT INTO ${table} (${columns.join(', ')}, first_seen_at_ms, changed_at_ms)
       VALUES (${columns.map(() => '?').join(', ')}, ?, ?)
       ON CONFLICT (${key.join(', ')}) DO UPDATE SET
         ${values.map((column, index) => `${column} = ${merged[index]}`).join(', ')},
         changed_at_ms = CASE WHEN (${merged.join(', ')}) IS NOT (${stored.join(', ')})
           THEN excluded.observed_at_ms ELSE ${table}.changed_at_ms END,
         observed_at_ms = excluded.observed_at_ms
       WHERE excluded.observed_at_ms > ${table}.observed_at_ms
       RETURNING CASE WHEN first_seen_at_ms = observed_at_ms THEN 1 WHEN changed_at_ms = observed_at_ms THEN 2 ELSE 0 END`,
    )
    .pluck();
  const observedAt = columns.indexOf('observed_at_ms');
  return {
    write: (row: Row) => statement.get(...row, row[observedAt], row[observedAt]) ?? UNCHANGED,
  };
}

function present(keys: Keys | null): Keys {
  if (!keys) throw new Error('rows that belong to pools need a database with pools');
  return keys;
}

/** Rows travel with the id of their pool first; what is stored begins with the pool's key. */
function ofPool(poolKeys: PoolKeys, writer: RowWriter): RowWriter {
  return {
    write: ([poolId, ...rest]) => writer.write([poolKeys.keyOf(String(poolId)), ...rest]),
    forget: () => poolKeys.forget(),
  };
}

/** Facts about one moment: written once, at most completed or corrected later. That they were met again changes nothing. */
function recordWriter(db: SqliteDatabase, table: TableName, key: readonly string[]): RowWriter {
  const columns = TABLE_COLUMNS[table].map(columnName).map((column) => (column === 'pool_id' ? 'pool_key' : column));
  const values = columns.filter((column) => !key.includes(column) && column !== 'observed_at_ms');
  const merged = values.map((column) => `COALESCE(excluded.${column}, ${table}.${column})`);
  const stored = values.map((column) => `${table}.${column}`);
  // What was seen earlier (an import, a late replay) never replaces what was seen later.
  const ages =
    AGES[table] ?? (columns.includes('observed_at_ms') && !key.includes('observed_at_ms') ? ['observed_at_ms'] : []);
  const isNewer =
    ages.length > 0 ? `AND (${ages.map((age) => `excluded.${age} >= ${table}.${age}`).join(' OR ')})` : '';
  const statement = db
    .prepare<unknown[], number>(
      `INSERT INTO ${table} (${columns.join(', ')})
       VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (${key.join(', ')}) DO UPDATE SET
         ${values.map((column, index) => `${column} = ${merged[index]}`).join(', ')},
         revision = ${table}.revision + 1
       WHERE (${merged.join(', ')}) IS NOT (${stored.join(', ')}) ${isNewer}
       RETURNING revision`,
    )
    .pluck();
  return {
    write(row: Row) {
      const revision = statement.get(...row);
      if (revision === undefined) return UNCHANGED;
      return revision === 0 ? INSERTED : CHANGED;
    },
  };
}
