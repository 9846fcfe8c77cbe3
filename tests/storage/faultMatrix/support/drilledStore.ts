// A store as a drill uses it: in this process, or in one of its own that may die.
import type { WriteAck, WriteBatch } from '../../../../src/shared/contract/storage';
import type { DatabaseStatus, OperationRecord } from '../../../../src/shared/domain/database';
import { openStore } from '../../../../src/main/storage/openStore';
import type { StoreOptions } from '../../../../src/main/storage/store';

export interface DrilledStore {
  write(batch: WriteBatch): Promise<WriteAck>;
  status(): Promise<DatabaseStatus>;
  operations(): Promise<readonly OperationRecord[]>;
  /** How many pools a reader sees. */
  countPools(): Promise<number>;
  check(thorough: boolean): Promise<unknown>;
  backup(): Promise<unknown>;
  checkpoint(): Promise<unknown>;
  close(): Promise<void>;
}

export async function openHere(options: StoreOptions): Promise<DrilledStore> {
  const store = await openStore(options);
  return {
    write: (batch) => store.write(batch),
    status: () => Promise.resolve(store.status()),
    operations: () => Promise.resolve(store.operations()),
    countPools: async () => {
      const found = await store.read('pools.largest', { networkIds: ['solana'], limit: 100_000 });
      return found.length;
    },
    check: (thorough) => store.check(thorough),
    backup: () => store.backup(),
    checkpoint: () => store.checkpoint(),
    close: () => store.close(),
  };
}
