import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Store, StoreOptions, WorkerFiles } from '../../src/main/storage/store';
import type { WriteBatch } from '../../src/shared/contract/storage';
import { packRows } from '../../src/shared/contract/tables';
import { DATABASE_NAMES, type DatabaseName, type OperationKind } from '../../src/shared/domain/database';
import { immutableObstacle, makeImmutable, mountObstacle, mountSmallDisk } from './faultMatrix/support/machine';
import { tamper } from './faultMatrix/support/tamper';
import { holdLock } from './support/holder';
import { pool, poolBatch, T0 } from './support/sampleRows';
import { BUILT_WORKERS, openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

const SLOT = { collectorId: 'dexes', outcome: 'ok', runId: null, detail: null, turn: 0, slots: 1, untilMs: null };

const slotBatch = (id: string, n: number): WriteBatch => ({
  id,
  parts: [packRows('slots', [{ ...SLOT, slotAtMs: T0 + n }])],
});
const batchFor = (name: DatabaseName, n: number): WriteBatch =>
  name === 'market' ? poolBatch(`batch${n}`, [pool(n)]) : slotBatch(`batch${n}`, n);
const otherOf = (name: DatabaseName): DatabaseName => (name === 'market' ? 'monitor' : 'market');

interface Trouble {
  readonly what: string;
  readonly obstacle: string | null;
  /** Where the database lies, and what runs it, when it matters. */
  readonly place?: (options: StoreOptions) => StoreOptions;
  readonly strike: (options: StoreOptions, store: Store) => unknown;
  /** True once the store that was struck feels it. */
  readonly isFelt: (store: Store) => boolean;
}

const hasHappened =
  (...kinds: readonly OperationKind[]) =>
  (store: Store): boolean =>
    store.operations().some(({ kind }) => kinds.includes(kind));
const isSpooling = (store: Store): boolean => store.status().state === 'spooling';

const TROUBLES: readonly Trouble[] = [
  {
    what: 'locked by another program',
    obstacle: null,
    strike: ({ file }) => holdLock(file, 'write'),
    isFelt: isSpooling,
  },
  {
    what: 'damaged',
    obstacle: null,
    async strike({ file }, store) {
      await tamper('sql', file, 'PRAGMA wal_checkpoint(TRUNCATE)');
      await tamper('header', file, 100);
      await store.check(false).catch(() => {});
    },
    isFelt: hasHappened('recovery'),
  },
  {
    what: 'on a disk that is full',
    obstacle: mountObstacle,
    place: (options) => {
      const disk = temporaryFolder();
      mountSmallDisk(disk, '1m');
      return { ...options, file: join(disk, `${options.name}.db`) };
    },
    strike({ file }) {
      const ballast = join(file, '..', 'ballast');
      for (const bytes of [65_536, 4_096, 256]) {
        try {
          for (;;) writeFileSync(ballast, Buffer.alloc(bytes), { flag: 'a' });
        } catch {
          // Full for this size.
        }
      }
    },
    isFelt: isSpooling,
  },
  {
    what: 'made read-only',
    obstacle: immutableObstacle,
    strike: ({ file }) => makeImmutable(file),
    isFelt: (store) => store.status().cause?.includes('cannot be moved') ?? false,
  },
  {
    what: 'deleted',
    obstacle: null,
    strike: ({ file }) => tamper('unlink', file),
    isFelt: hasHappened('files'),
  },
  {
    what: 'without its writer thread',
    obstacle: null,
    place: (options) => ({ ...options, workers: mortalWorkers(join(options.file, '..')) }),
    strike: ({ file }) => writeFileSync(join(file, '..', 'die'), ''),
    isFelt: hasHappened('thread'),
  },
];

/** The real threads; the writer dies at its next message once a file says so, for the first time. */
function mortalWorkers(folder: string): WorkerFiles {
  const writer = join(folder, 'mortal.mjs');
  const order = JSON.stringify(join(folder, 'die'));
  writeFileSync(
    writer,
    `import { existsSync, rmSync } from 'node:fs';
     import { parentPort } from 'node:worker_threads';
     const on = parentPort.on.bind(parentPort);
     parentPort.on = (name, listener) => on(name, (value) => {
       if (existsSync(${order})) {
         rmSync(${order});
         throw new Error('told to die');
       }
       listener(value);
     });
     await import(${JSON.stringify(pathToFileURL(BUILT_WORKERS.writer).href)});
    `,
  );
  return { ...BUILT_WORKERS, writer };
}

const CASES = TROUBLES.flatMap((trouble) => DATABASE_NAMES.map((struck) => ({ struck, trouble })));

describe('two databases', () => {
  for (const { struck, trouble } of CASES) {
    it(`the other one commits every batch while ${struck}.db is ${trouble.what}`, async ({ skip }) => {
      skip(trouble.obstacle !== null, trouble.obstacle ?? '');
      const folder = temporaryFolder();
      const options = storeOptions(folder, struck);
      const struckOptions = trouble.place ? trouble.place(options) : options;
      const ill = await openTestStore(struckOptions);
      const well = await openTestStore(storeOptions(folder, otherOf(struck)));
      await ill.write(batchFor(struck, 0));
      await trouble.strike(struckOptions, ill);

      let n = 0;
      await expect
        .poll(
          async () => {
            n += 1;
            const [durability] = await Promise.all([
              well.write(batchFor(well.name, n)).then((ack) => ack.durability),
              ill.write(batchFor(struck, n)),
            ]);
            expect(durability).toBe('committed');
            return trouble.isFelt(ill);
          },
          { timeout: 15_000, interval: 20 },
        )
        .toBe(true);
      expect(well.status()).toMatchObject({ state: 'ok', cause: null, spool: { batches: 0, replayed: 0 } });
      expect(well.operations()).toEqual([]);
      await statusWhere(well, ({ tables }) => tables.some(({ rows }) => rows === n));
    });
  }
});
