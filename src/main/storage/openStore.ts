// Opens one database with its threads, after a replacement that an earlier run did not get through with.
import { finishMoves } from './recovery/ladder';
import { SqliteStore } from './sqliteStore';
import type { Store, StoreOptions } from './store';

/** Rejects with a StorageError whose message a person can act on when the file can never be opened as it is. */
export async function openStore(options: StoreOptions): Promise<Store> {
  await finishMoves(options.file);
  const store = new SqliteStore(options);
  await store.open();
  return store;
}
