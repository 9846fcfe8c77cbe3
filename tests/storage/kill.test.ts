import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { bundleProgram } from './support/bundle';
import type { ForeignLock } from '../support/foreignLock';
import { holdLock } from './support/holder';
import { openTestStore, statusWhere, storeOptions, temporaryFolder } from './support/storeFixture';

/** `npm run bench -- kill` does a hundred. */
const LIVES = 20;
const SEED = 20_250_915;
const MOST_ACKNOWLEDGED = 120;
const ROWS_PER_BATCH = 5;

/** The same moments in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('SIGKILL while writing', () => {
  it('loses no acknowledged batch and leaves none half stored, half of the time under a foreign lock', async () => {
    const folder = temporaryFolder();
    const { clock: _, ...options } = storeOptions(folder);
    const program = await bundleProgram('ledgerWriter.ts', folder);
    const random = seeded(SEED);
    const ledger: string[] = [];
    for (let life = 0; life < LIVES; life += 1) {
      const child = spawn(process.execPath, [program, JSON.stringify({ ...options, life })], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const acknowledged: string[] = [];
      const killAfter = 1 + Math.floor(random() * MOST_ACKNOWLEDGED);
      const locked = random() < 0.5;
      let holder: ForeignLock | null = null;
      for await (const line of createInterface({ input: child.stdout })) {
        if (line === 'ready') {
          if (locked) holder = await holdLock(options.file, 'write');
          continue;
        }
        acknowledged.push(line.split(' ')[0] ?? '');
        if (acknowledged.length === killAfter) child.kill('SIGKILL');
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      expect(acknowledged.length).toBeGreaterThanOrEqual(killAfter);
      ledger.push(...acknowledged);
      await holder?.release();
    }

    const store = await openTestStore(storeOptions(folder));
    await statusWhere(store, ({ state, breaker }) => state === 'ok' && breaker.state === 'closed');
    expect(store.status().spool).toMatchObject({ batches: 0, lost: 0 });
    await store.close();
    const db = new Database(options.file, { readonly: true });
    const stored = new Map(
      db.prepare<[], [string, number]>('SELECT name, count(*) FROM pools GROUP BY name').raw().all(),
    );
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
    expect(ledger.filter((id) => stored.get(id) !== ROWS_PER_BATCH)).toEqual([]);
    expect([...stored.values()].filter((rows) => rows !== ROWS_PER_BATCH)).toEqual([]);
  });
});
