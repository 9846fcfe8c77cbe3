// A store on real files in a folder of its own, over the built worker threads; everything is closed and removed after the test.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../src/main/engine/systemClock';
import { openStore } from '../../../src/main/storage/openStore';
import type { Store, StoreOptions } from '../../../src/main/storage/store';
import type { DatabaseName, DatabaseStatus } from '../../../src/shared/domain/database';

const OUT = resolve(import.meta.dirname, '../../../out/main');
export const BUILT_WORKERS = { writer: join(OUT, 'storageWriter.js'), reader: join(OUT, 'storageReader.js') };

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'poolwatch-storage-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function storeOptions(folder: string, name: DatabaseName = 'market'): StoreOptions {
  const spoolDir = join(folder, 'spool', name);
  mkdirSync(spoolDir, { recursive: true });
  return { name, file: join(folder, `${name}.db`), spoolDir, workers: BUILT_WORKERS, clock: systemClock };
}

export async function openTestStore(options: StoreOptions): Promise<Store> {
  const store = await openStore(options);
  onTestFinished(() => store.close());
  return store;
}

/** What becomes of a promise within the time: one that never settles is the fault of whoever made it, not of the test. */
export async function fateWithin(
  promise: Promise<unknown>,
  deadlineMs: number,
): Promise<'kept' | 'refused' | 'pending'> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<'pending'>((resolve) => {
    timer = setTimeout(() => resolve('pending'), deadlineMs);
  });
  const fate = promise.then(
    () => 'kept' as const,
    () => 'refused' as const,
  );
  return await Promise.race([fate, deadline]).finally(() => clearTimeout(timer));
}

/** Resolves with the first status that satisfies the condition, the current one included. */
export function statusWhere(store: Store, condition: (status: DatabaseStatus) => boolean): Promise<DatabaseStatus> {
  return new Promise((resolve) => {
    const look = (status: DatabaseStatus): boolean => {
      if (!condition(status)) return false;
      resolve(status);
      return true;
    };
    if (look(store.status())) return;
    const stop = store.onStatus((status) => {
      if (look(status)) stop();
    });
  });
}
