import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { bundleProgram } from './support/bundle';
import { openTestStore, storeOptions, temporaryFolder } from './support/storeFixture';

const LIVES = 5;
const ROWS_PER_BATCH = 5;

describe('SIGKILL while writing', () => {
  it('loses no acknowledged batch and leaves none half stored', async () => {
    const folder = temporaryFolder();
    const { clock: _, ...options } = storeOptions(folder);
    const program = await bundleProgram('ledgerWriter.ts', folder);
    const ledger: string[] = [];
    for (let life = 0; life < LIVES; life += 1) {
      const child = spawn(process.execPath, [program, JSON.stringify({ ...options, life })], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const acknowledged: string[] = [];
      const killAfter = 20 + life * 37;
      for await (const line of createInterface({ input: child.stdout })) {
        if (line !== 'ready') acknowledged.push(line.split(' ')[0] ?? '');
        if (acknowledged.length === killAfter) child.kill('SIGKILL');
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      expect(acknowledged.length).toBeGreaterThanOrEqual(killAfter);
      ledger.push(...acknowledged);
    }

    const store = await openTestStore(storeOptions(folder));
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
