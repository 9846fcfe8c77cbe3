import { expect } from 'vitest';
import { pool } from '../support/sampleRows';
import { nameOf, type Scene } from './support/scene';
import { drillAll } from './support/subject';
import { tamper } from './support/tamper';
import { CORRUPTION_FAULTS } from './table/corruption';

/** Another program moves everything into the database file: what lies only in the log is not hit by damage to the file. */
async function intoTheFile({ options }: Scene): Promise<void> {
  await tamper('sql', options.file, 'PRAGMA wal_checkpoint(TRUNCATE)');
}

async function backedUp(scene: Scene): Promise<void> {
  await scene.store.backup();
  await intoTheFile(scene);
}

const damage =
  (command: string, ...rest: readonly (string | number)[]) =>
  async ({ options }: Scene): Promise<void> =>
    void (await tamper(command, options.file, ...rest));

drillAll('damage', CORRUPTION_FAULTS, {
  '17': { prepare: backedUp, inject: damage('halve'), look: 'quick' },
  '18': { prepare: backedUp, closed: true, inject: damage('page', 'pools'), look: 'quick' },
  '19': { prepare: backedUp, inject: damage('page', 'pools'), look: 'quick' },
  '20': { closed: true, inject: damage('page', 'sqlite_autoindex_pools_1'), look: 'quick' },
  '20 index only': {
    prepare: backedUp,
    closed: true,
    async inject({ options }) {
      // With the column that follows it, it lies in the table only.
      const inTable = `${pool(7).id}${pool(7).networkId}`;
      await tamper('text', options.file, inTable, inTable.replace('Pool', 'Pond'));
      expect(await tamper('quickCheck', options.file)).toBe('ok');
    },
    look: 'thorough',
  },
  '21': {
    closed: true,
    inject: damage('text', nameOf(7), nameOf(7).replace('Token', 'Taken')),
    look: 'thorough',
  },
  '22': { closed: true, inject: damage('header', 100) },
  '23': { prepare: intoTheFile, inject: damage('header', 100), look: 'quick' },
  '24': { prepare: backedUp, closed: true, inject: damage('halve'), look: 'quick' },
});
