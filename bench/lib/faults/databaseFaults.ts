// Faults of market.db and its disk, made by other processes, as in the fault matrix of the storage layer.
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { FaultBench } from '../faultBench';
import { poolRows } from '../subject';
import { type Fault, system, tamper } from './fault';

const MB = 1024 * 1024;
/** From here on the log is called large. */
const LARGE_LOG = 64 * MB;
const LOG_BATCH = 1_000;
const LOG_POOLS = 18_000;
const MAX_LOG_BATCHES = 400;

/** Another program holds a lock until told to let go. */
async function hold({ root, marketFile }: FaultBench, mode: 'write' | 'read'): Promise<() => Promise<void>> {
  const script = join(root, 'tests', 'support', 'lockHolder.mjs');
  const child = spawn(process.execPath, [script, marketFile, mode], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  return async () => {
    const released = once(lines, 'line');
    child.stdin.write('go\n');
    await released;
  };
}

/** A reader that does not end, and as many rows as it takes for the log to become large. */
async function pinLog(bench: FaultBench): Promise<() => Promise<void>> {
  const release = await hold(bench, 'read');
  const { market } = bench.engine;
  for (let n = 0; market.status().walBytes < LARGE_LOG && n < MAX_LOG_BATCHES; n += 1) {
    const part = poolRows(n * LOG_BATCH, LOG_BATCH, n + 1, LOG_POOLS);
    await market.write({ id: `pinned ${n}`, parts: [part] });
  }
  return release;
}

const isHurt = ({ engine }: FaultBench): boolean => {
  const { state, breaker } = engine.market.status();
  return breaker.state !== 'closed' || (state !== 'ok' && state !== 'degraded');
};

export const DATABASE_FAULTS: readonly Fault[] = [
  {
    id: 'db-lock',
    area: 'database',
    title: 'another process holds the write lock',
    expects: 'incident',
    names: /is locked by \S+ \(process \d+\)/,
    make: (bench) => hold(bench, 'write'),
  },
  {
    id: 'db-pinned',
    area: 'database',
    title: 'a foreign reader keeps the log from being emptied',
    expects: 'incident',
    names: /write-ahead log[\s\S]*\(process \d+\)/,
    // Making so many rows would hold up the engines beside it.
    alone: true,
    make: pinLog,
  },
  {
    id: 'db-checkpoint',
    area: 'database',
    title: 'the log cannot be moved into the file',
    expects: 'incident',
    names: /cannot be moved into the database/,
    async make({ marketFile }) {
      await system('chattr', '+i', marketFile);
      return () => system('chattr', '-i', marketFile);
    },
  },
  {
    id: 'db-disk',
    area: 'database',
    title: 'the disk fills up',
    expects: 'incident',
    names: /disk of [\w.]+ is nearly full/,
    onSmallDisk: true,
    async make({ folder }) {
      await system('mount', '-o', 'remount,size=100m', folder);
      return () => system('mount', '-o', 'remount,size=2g', folder);
    },
  },
  {
    id: 'db-corrupt',
    area: 'database',
    title: 'the file is cut in half',
    expects: 'mended',
    names: /malformed|damaged|not a database|short read|corrupt/i,
    shows: isHurt,
    async make({ root, marketFile }) {
      await tamper(root, 'sql', marketFile, 'PRAGMA wal_checkpoint(TRUNCATE)');
      await tamper(root, 'halve', marketFile);
      return () => undefined;
    },
  },
  {
    id: 'db-replaced',
    area: 'database',
    title: 'another file is renamed over the database',
    expects: 'mended',
    names: /replaced/i,
    shows: isHurt,
    async make({ root, marketFile, folder }) {
      const other = join(folder, 'other.db');
      await tamper(root, 'sql', marketFile, `VACUUM INTO '${other}'`);
      renameSync(other, marketFile);
      return () => undefined;
    },
  },
  {
    id: 'db-deleted',
    area: 'database',
    title: 'the file is deleted',
    expects: 'mended',
    names: /removed|gone|deleted/i,
    shows: isHurt,
    async make({ root, marketFile }) {
      await tamper(root, 'unlink', marketFile);
      return () => undefined;
    },
  },
];
