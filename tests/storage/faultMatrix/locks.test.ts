import { expect } from 'vitest';
import type { LockMode } from '../../support/foreignLock';
import { holdLock } from '../support/holder';
import type { ConditionalDrill } from './support/subject';
import { drillAll } from './support/subject';
import { tamper } from './support/tamper';
import { LOCK_FAULTS } from './table/locks';

function lockedBy(mode: LockMode): ConditionalDrill {
  return {
    async inject({ options }) {
      const holder = await holdLock(options.file, mode);
      return () => holder.release();
    },
    async during({ store }) {
      await expect.poll(async () => (await store.status()).holder?.program, { timeout: 5_000 }).toBe('node');
    },
  };
}

function foreignSql(sql: string): ConditionalDrill {
  return { inject: async ({ options }) => void (await tamper('sql', options.file, sql)) };
}

drillAll('locks and other programs', LOCK_FAULTS, {
  '26': { ...lockedBy('owner'), closed: true },
  '27': lockedBy('exclusive'),
  uncommitted: lockedBy('uncommitted'),
  'busy writer': {
    async inject({ options }) {
      const holder = await holdLock(options.file, 'busy');
      return () => holder.release();
    },
    async during(scene) {
      for (let n = 0; n < 100; n += 1) expect(await scene.write(10)).toBe('committed');
      expect(scene.codes()).not.toContain('SQLITE_BUSY_SNAPSHOT');
    },
  },
  '29 open': {
    async inject({ options }) {
      const refused = tamper('sql', options.file, 'PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE');
      await expect(refused).rejects.toThrow('database is locked');
    },
  },
  'foreign checkpoint': foreignSql('PRAGMA wal_checkpoint(TRUNCATE)'),
  'foreign vacuum': foreignSql('VACUUM'),
  '30': foreignSql('ALTER TABLE pools ADD COLUMN theirs TEXT'),
  '31 table': { ...foreignSql('DROP TABLE pools'), prepare: ({ store }) => store.backup() },
  '31 column': { ...foreignSql('ALTER TABLE pools DROP COLUMN fdv_usd'), prepare: ({ store }) => store.backup() },
});
