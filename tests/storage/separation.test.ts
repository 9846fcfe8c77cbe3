import { describe, expect, it } from 'vitest';
import { packRows } from '../../src/shared/contract/tables';
import { holdLock } from './support/holder';
import { pool, poolBatch, T0 } from './support/sampleRows';
import { openTestStore, storeOptions, temporaryFolder } from './support/storeFixture';

const SLOT = { collectorId: 'dexes', outcome: 'ok', runId: null, detail: null, turn: 0, slots: 1, untilMs: null };

const slotBatch = (id: string, n: number) => ({
  id,
  parts: [packRows('slots', [{ ...SLOT, slotAtMs: T0 + n }])],
});

describe('two databases', () => {
  it.each(['market', 'monitor'] as const)('the other one writes on while %s is locked', async (locked) => {
    const folder = temporaryFolder();
    const options = { market: storeOptions(folder, 'market'), monitor: storeOptions(folder, 'monitor') };
    const market = await openTestStore(options.market);
    const monitor = await openTestStore(options.monitor);
    const holder = await holdLock(options[locked].file, 'write');
    const marketWrite = market.write(poolBatch('p', [pool(1)]));
    const monitorWrite = monitor.write(slotBatch('s', 1));
    const free = locked === 'market' ? monitor : market;
    expect(await (locked === 'market' ? monitorWrite : marketWrite)).toMatchObject({
      durability: 'committed',
      inserted: 1,
    });
    expect(free.status().state).toBe('ok');
    await holder.release();
    await Promise.all([marketWrite, monitorWrite]);
  });
});
