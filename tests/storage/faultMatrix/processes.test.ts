import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect } from 'vitest';
import { bundleProgram } from '../support/bundle';
import { holdLock } from '../support/holder';
import { pool, poolBatch } from '../support/sampleRows';
import type { Scene } from './support/scene';
import { type ConditionalDrill, drillAll } from './support/subject';
import { tamper } from './support/tamper';
import { PROCESS_FAULTS } from './table/processes';

const tools = mkdtempSync(join(tmpdir(), 'poolwatch-processes-'));
afterAll(() => rmSync(tools, { recursive: true, force: true }));
const program = await bundleProgram('../faultMatrix/support/storeHost.ts', tools);
const hosted: Pick<ConditionalDrill, 'host'> = { host: { program, env: () => ({}) } };

const OPENED_FILES = resolve(import.meta.dirname, 'support/openedFiles.cjs');
const openedFilesLog = (folder: string): string => join(folder, 'opened.log');

async function killAndStart(scene: Scene): Promise<void> {
  await scene.hosted.kill();
  await scene.close();
  await scene.open();
}

/** Everything so far is in the database file; what follows is only in the log until it is moved, half a second later. */
async function writeIntoLog(scene: Scene, batches: number): Promise<void> {
  await tamper('sql', scene.options.file, 'PRAGMA wal_checkpoint(TRUNCATE)');
  const before = scene.acknowledged;
  for (let batch = 0; batch < batches; batch += 1) expect(await scene.write(100)).toBe('committed');
  scene.atRisk = scene.acknowledged - before;
}

drillAll('processes and threads', PROCESS_FAULTS, {
  '1': {
    ...hosted,
    async inject(scene) {
      const many = Array.from({ length: 20_000 }, (_, n) => pool(1_000_000 + n));
      // Handed over, killed before it can be answered: whether it is there afterwards is nobody's promise.
      const unanswered = scene.hosted.write(poolBatch('unanswered', many));
      await scene.hosted.status();
      await Promise.all([expect(unanswered).rejects.toMatchObject({ code: 'PROCESS_GONE' }), killAndStart(scene)]);
    },
  },
  '2': {
    ...hosted,
    async inject(scene) {
      expect(await scene.write(500)).toBe('committed');
      await killAndStart(scene);
    },
  },
  '3': {
    ...hosted,
    async prepare(scene) {
      await writeIntoLog(scene, 1);
      await holdLock(scene.options.file, 'read');
      for (let batch = 0; batch < 30; batch += 1) expect(await scene.write(100)).toBe('committed');
    },
    inject: killAndStart,
  },
  '5': {
    closed: true,
    async inject({ options }) {
      await tamper('sql', options.file, 'PRAGMA journal_mode = DELETE');
      const script = `
        const Database = require('better-sqlite3');
        const db = new Database(process.argv[1]);
        db.pragma('cache_size = 5');
        db.exec("BEGIN; UPDATE pools SET name = 'half done' || name");
        process.kill(process.pid, 'SIGKILL');`;
      await once(spawn(process.execPath, ['-e', script, options.file], { stdio: 'inherit' }), 'exit');
      expect(existsSync(`${options.file}-journal`)).toBe(true);
    },
  },
  '12': {
    ...hosted,
    async inject(scene) {
      await writeIntoLog(scene, 3);
      rmSync(`${scene.options.file}-wal`);
      await killAndStart(scene);
    },
  },
  '14': {
    ...hosted,
    async inject(scene) {
      await tamper('truncate', `${scene.options.file}-shm`, 0);
      // Whichever comes first: the guard's word, or the end of the process.
      const isOver = (): boolean => scene.hosted.hasEnded() || scene.codes().includes('SHM_GONE');
      await expect.poll(isOver, { timeout: 10_000 }).toBe(true);
      // Letting go of the index may be what ends it.
      await scene.close().catch(() => {});
      await scene.open();
    },
  },
  '39': {
    host: {
      program,
      env: (folder) => ({ NODE_OPTIONS: `--require=${OPENED_FILES}`, OPENED_FILES: openedFilesLog(folder) }),
    },
    async inject(scene) {
      await scene.store.backup();
      await scene.store.check(true);
      return () => undefined;
    },
    during({ folder, options }) {
      const opened = readFileSync(openedFilesLog(folder), 'utf8').split('\n');
      expect(opened.some((path) => path.includes('backups'))).toBe(true);
      expect(opened.filter((path) => path.startsWith(options.file) && !path.includes('backups'))).toEqual([]);
    },
  },
  '41': {
    ...hosted,
    inject() {},
    obstacle: process.platform === 'linux' ? null : 'only Linux lists the libraries of a process',
    during({ hosted: { pid } }) {
      const maps = readFileSync(`/proc/${pid}/maps`, 'utf8').match(/\S*sqlite\S*\.(?:node|so)\S*/g) ?? [];
      expect(new Set(maps).size).toBe(1);
    },
  },
});
