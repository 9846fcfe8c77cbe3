// Reads the tables of another program's SQLite file. It must be a copy of our own: a hot journal or a log beside it is taken
// into account, which writes to it.
import { openConnection } from './driver';

export interface ForeignRow {
  readonly table: string;
  readonly record: Readonly<Record<string, unknown>>;
}

export interface ForeignDatabase {
  rows(): Iterable<ForeignRow>;
  close(): void;
}

/** @throws SqliteError when it is no database or is damaged, at opening or while rows are read */
export function openForeign(copy: string): ForeignDatabase {
  const db = openConnection(copy, { readonly: false, waitMs: 0 });
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma('mmap_size = 0');
    const tables = db
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
      )
      .pluck()
      .all();
    return {
      *rows() {
        for (const table of tables) {
          const quoted = `"${table.replaceAll('"', '""')}"`;
          for (const record of db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${quoted}`).iterate()) {
            yield { table, record };
          }
        }
      },
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
