// Reads a whole table or list as of one moment: one read transaction on a connection of its own, row by row. It keeps the
// write-ahead log from being emptied for as long as it is open, so whoever opens it must read on without waiting for anybody.
import type { ExportSubject } from '../../../shared/contract/exports';
import type { SqlValue } from '../../../shared/contract/sqlValue';
import { openForReading } from './open';
import { exportQuery, type ExportColumn } from './reads/exportQuery';

export type CellKind = 'text' | 'integer' | 'number' | 'timeMs' | 'timeS' | 'decimals';

export interface Column {
  readonly heading: string;
  readonly kind: CellKind;
}

export interface RowGroup {
  /** The values that all rows of the group share; they come first in the file. */
  readonly lead: readonly SqlValue[];
  /** Must be read to its end, or left for good, before the next group. */
  readonly rows: Iterable<readonly SqlValue[]>;
}

export interface Snapshot {
  readonly lead: readonly Column[];
  readonly columns: readonly Column[];
  /** How many rows to expect; with a time range over candles an upper limit. */
  readonly expectedRows: number;
  groups(): Iterable<RowGroup>;
  close(): void;
}

/** Every page is read once. */
const CACHE_KIB = 2_000;

/**
 * @param joinsDecimals see `decimals` in exportQuery.ts
 * @throws ExportRefusal, or what SQLite says when the file cannot be read
 */
export function openSnapshot(file: string, subject: ExportSubject, joinsDecimals: boolean): Snapshot {
  const query = exportQuery(subject, joinsDecimals);
  const db = openForReading(file);
  try {
    db.pragma(`cache_size = -${CACHE_KIB}`);
    // A sorted list of any length must not be held in memory.
    db.pragma('temp_store = FILE');
    db.exec('BEGIN');
    const expectedRows = Number(
      db
        .prepare<unknown[], number>(query.count.text)
        .pluck()
        .get(...query.count.values) ?? 0,
    );
    const rows = db.prepare<unknown[], readonly SqlValue[]>(query.rows.text).raw();
    const groups = query.groups && db.prepare<unknown[], readonly SqlValue[]>(query.groups.text).raw();
    return {
      lead: groups ? resolve(query.lead, groups.columns().slice(1)) : [],
      columns: resolve(query.columns, rows.columns()),
      expectedRows,
      *groups() {
        if (!groups) {
          yield { lead: [], rows: rows.iterate(...query.rows.values) };
          return;
        }
        for (const [key, ...lead] of groups.iterate(...(query.groups?.values ?? []))) {
          yield { lead, rows: rows.iterate(key, ...query.rows.values) };
        }
      },
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

function resolve(columns: readonly ExportColumn[], declared: readonly { readonly type: string | null }[]): Column[] {
  return columns.map(({ heading, kind }, index) => {
    if (kind !== 'stored') return { heading, kind };
    const type = declared[index]?.type;
    return { heading, kind: type === 'INTEGER' ? 'integer' : type === 'REAL' ? 'number' : 'text' };
  });
}
