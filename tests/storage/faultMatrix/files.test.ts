import { copyFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { holdLock } from '../support/holder';
import type { Scene } from './support/scene';
import { drillAll } from './support/subject';
import { storedRows, tamper } from './support/tamper';
import { FILE_FAULTS } from './table/files';

/** From here on the log cannot be moved into the database, and keeps what is written. */
async function writeIntoLog(scene: Scene): Promise<void> {
  await holdLock(scene.options.file, 'read');
  expect(await scene.write(50)).toBe('committed');
}

function backupIn(folder: string): string {
  return readdirSync(join(folder, 'backups')).find((name) => name.endsWith('.db')) ?? 'no backup';
}

drillAll('files', FILE_FAULTS, {
  '16 unlinked': { inject: ({ options }) => rmSync(options.file) },
  '16 renamed': { inject: ({ options }) => renameSync(options.file, `${options.file}.moved`) },
  '10': { prepare: writeIntoLog, inject: ({ options }) => rmSync(`${options.file}-wal`) },
  '11': {
    prepare: writeIntoLog,
    async inject({ options }) {
      rmSync(`${options.file}-wal`);
      // It finds a log that is not there; what it says about it is its own affair.
      await tamper('sql', options.file, 'SELECT count(*) FROM pools').catch(() => {});
    },
  },
  '13': { inject: ({ options }) => rmSync(`${options.file}-shm`) },
  '15': {
    prepare: writeIntoLog,
    inject: async ({ options }) => void (await tamper('truncate', `${options.file}-wal`, 0)),
  },
  '32': {
    closed: true,
    async inject({ options }) {
      const version = await tamper('version', options.file);
      await tamper('sql', options.file, 'PRAGMA user_version = 99990');
      return async () => await tamper('sql', options.file, `PRAGMA user_version = ${String(version)}`);
    },
  },
  '33 write version': {
    closed: true,
    async inject({ options }) {
      await tamper('set', options.file, '18=3');
      return async () => await tamper('set', options.file, '18=2');
    },
  },
  '33 read version': {
    closed: true,
    inject: async ({ options }) => void (await tamper('set', options.file, '18=3', '19=3')),
  },
  'other program': {
    closed: true,
    async inject({ options }) {
      await tamper('sql', options.file, 'PRAGMA application_id = 7');
      return async () => await tamper('sql', options.file, `PRAGMA application_id = ${0x504f4f4c}`);
    },
  },
  '42': {
    async prepare(scene) {
      await scene.store.backup();
      // A log that holds every page since the file was made would make the backup whole again instead of spoiling it.
      await scene.store.checkpoint();
      const reader = await holdLock(scene.options.file, 'read');
      expect(await scene.write(50)).toBe('committed');
      await scene.close();
      await reader.kill();
    },
    async inject({ options, folder }) {
      copyFileSync(join(folder, 'backups', backupIn(folder)), options.file);
      expect(statSync(`${options.file}-wal`).size).toBeGreaterThan(0);
    },
    closed: true,
    look: 'quick',
    during({ folder, options }) {
      const [quarantine = ''] = readdirSync(join(folder, 'quarantine'));
      expect(readdirSync(join(folder, 'quarantine', quarantine))).toContain(basename(options.file));
    },
  },
  '43': {
    prepare: writeIntoLog,
    async inject({ store, folder, acknowledged }) {
      await store.backup();
      const { names, integrity } = await storedRows(join(folder, 'backups', backupIn(folder)));
      expect([Object.keys(names).length, integrity]).toEqual([acknowledged, 'ok']);
    },
  },
});
