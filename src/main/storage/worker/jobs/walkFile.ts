// What SQLite itself still reads of a damaged or replaced file, table by table. Never writes to the file.
import type { SqlValue } from '../../../../shared/contract/sqlValue';
import type { TableName } from '../../../../shared/contract/tables';
import type { DatabaseName } from '../../../../shared/domain/database';
import { salvagedTables } from '../../common/databaseTables';
import type { SqliteDatabase } from '../driver';
import { openForReading } from '../open';
import { SCHEMAS } from '../schema';
import type { KeyTable } from './recognise';
import { keyTablePlan, type WalkPlan, walkPlan } from './walkPlan';
import { walkTable } from './walkTable';

export interface WalkedRows {
  readonly table: TableName;
  readonly rows: readonly (readonly SqlValue[])[];
}

/** @returns the tables that were read whole: SQLite met no damage and finds none when it looks for it */
export function* walkFile(database: DatabaseName, file: string): Generator<WalkedRows, ReadonlySet<TableName>> {
  const whole = new Set<TableName>();
  const db = openOurs(database, file);
  if (!db) return whole;
  try {
    const keys = { candle_series: readKeys(db, 'candle_series'), pool_keys: readKeys(db, 'pool_keys') };
    const knowsItsTables = isSound(db, 'sqlite_schema');
    for (const table of salvagedTables(database)) {
      const plan = attempt(() => walkPlan(db, table));
      // A table that an older schema had not is read whole when the list of tables can be trusted.
      if (plan === null && knowsItsTables) whole.add(table);
      if (!plan) continue;
      const owner = plan.owner && keys[plan.owner];
      const isWhole = yield* walkOne(db, table, plan, owner);
      if (isWhole && (owner?.isWhole ?? true) && knowsItsTables && isSound(db, table)) whole.add(table);
    }
    return whole;
  } finally {
    db.close();
  }
}

interface Keys {
  readonly columns: ReadonlyMap<SqlValue, readonly SqlValue[]>;
  readonly isWhole: boolean;
}

function* walkOne(
  db: SqliteDatabase,
  table: TableName,
  plan: WalkPlan,
  owner: Keys | null,
): Generator<WalkedRows, boolean> {
  const walk = walkTable(db, plan);
  for (;;) {
    const { value, done } = walk.next();
    if (done) return value;
    const rows = owner ? value.flatMap((row) => withOwner(row, owner)) : value;
    if (rows.length > 0) yield { table, rows };
  }
}

function withOwner(row: readonly SqlValue[], { columns }: Keys): readonly (readonly SqlValue[])[] {
  const owner = columns.get(row[0] ?? null);
  return owner ? [[...owner, ...row.slice(1)]] : [];
}

/** What the numbers of a key table stand for, as far as it can be read. */
function readKeys(db: SqliteDatabase, table: KeyTable): Keys {
  const columns = new Map<SqlValue, readonly SqlValue[]>();
  const walk = walkTable(db, keyTablePlan(table));
  for (;;) {
    const { value, done } = walk.next();
    if (done) return { columns, isWhole: value && isSound(db, table) };
    for (const [key = null, ...named] of value) columns.set(key, named);
  }
}

function openOurs(database: DatabaseName, file: string): SqliteDatabase | null {
  const db = attempt(() => openForReading(file));
  if (!db) return null;
  const id = attempt(() => db.pragma('application_id', { simple: true }));
  if (id === SCHEMAS[database].applicationId) return db;
  db.close();
  return null;
}

function isSound(db: SqliteDatabase, table: string): boolean {
  return attempt(() => db.pragma(`quick_check('${table}')`, { simple: true })) === 'ok';
}

/** Undefined when SQLite cannot: with a damaged file that is an answer, too. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
