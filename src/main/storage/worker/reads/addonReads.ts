// What reads the databases, told by itself: the only proof that it is loaded and works.
import type { SqliteDatabase } from '../driver';
import type { ReadTable } from './readTable';
import { StatementCache } from './statementCache';

export function createAddonReads(db: SqliteDatabase): ReadTable {
  const statements = new StatementCache(db);
  return {
    'addon.about': () => ({
      sqlite: statements.get<{ sqlite: string }>('SELECT sqlite_version() AS sqlite', [])?.sqlite ?? '',
      nodeApi: process.versions['napi'] ?? '',
    }),
  };
}
