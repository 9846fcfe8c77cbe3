// Opens one database with its threads, after a replacement that an earlier run did not get through with.
import { finishMoves } from './recovery/ladder';
import { SqliteStore } from './sqliteStore';
import type { Store, StoreOptions } from './store';

/** Rejects with a StorageError whose message a person can act on when the file can never be opened as it is. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { store, open } = prepareStore(options);
  await open();
  return store;
}

export interface PreparedStore {
  /** Has no thread and touches no file before it is opened; it can be closed at any time. */
  readonly store: Store;
  /** As `openStore`; closes it when it rejects. */
  open(): Promise<void>;
}

export function prepareStore(options: StoreOptions): PreparedStore {
  const store = new SqliteStore(options);
  return {
    store,
    async open() {
      await finishMoves(options.file);
      await store.open();
    },
  };
}
