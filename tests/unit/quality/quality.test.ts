import { describe, expect, it } from 'vitest';
import { QualityTally } from '../../../src/main/collectors/quality/qualityTally';
import { checkPool } from '../../../src/main/collectors/quality/sanity';
import { collectorVerdicts, tableVerdicts } from '../../../src/main/collectors/quality/verdicts';
import { packRows } from '../../../src/shared/contract/tables';
import type { PoolFigureRecord } from '../../../src/shared/contract/reads';
import { pool, T0 } from '../../storage/support/sampleRows';
import { stored } from '../../support/storedReads';

const before: PoolFigureRecord = {
  id: pool(1).id,
  basePriceUsd: '0.0000001',
  reserveUsd: '1000',
  volumeUsdH24: '500',
  observedAtMs: T0 - 60_000,
};
const now = { ...pool(1), reserveUsd: '1000', volumeUsdH24: '500' };

describe('sanity between observations', () => {
  it('flags a jump beyond the bound in either direction, and nothing within it', () => {
    const kinds = (basePriceUsd: string) => checkPool({ ...now, basePriceUsd }, before).map(({ kind }) => kind);
    expect(kinds('0.0000009')).toEqual([]);
    expect(kinds('0.0000011')).toEqual(['price_jump']);
    expect(kinds('0.000000009')).toEqual(['price_jump']);
  });

  it('compares nothing with nothing, and nothing after a long silence', () => {
    expect(checkPool({ ...now, basePriceUsd: null }, before)).toEqual([]);
    expect(checkPool({ ...now, basePriceUsd: '5' }, { ...before, basePriceUsd: '0' })).toEqual([]);
    expect(checkPool({ ...now, basePriceUsd: '5' }, { ...before, observedAtMs: T0 - 86_400_000 })).toEqual([]);
    expect(checkPool({ ...now, basePriceUsd: '5' }, null)).toEqual([]);
  });

  it('flags the volume of a drained pool', () => {
    const flags = checkPool({ ...now, reserveUsd: '0.17', volumeUsdH24: '251000000' }, null);
    expect(flags.map(({ kind }) => kind)).toEqual(['volume_beyond_reserve']);
  });
});

describe('the quality of a run', () => {
  it('adds up the filled key fields of every table, and keeps what was flagged without dropping it', async () => {
    const tally = new QualityTally();
    const read = stored({ 'pools.figures': () => [before] });
    await tally.add([packRows('pools', [{ ...now, basePriceUsd: '5' }, pool(2, { name: null })])], read);
    await tally.add([packRows('pools', [pool(3, { observedAtMs: T0 + 9 })])], read);
    const quality = tally.result();
    expect(quality.completeness).toContainEqual({ table: 'pools', field: 'name', filled: 2, rows: 3 });
    expect(quality).toMatchObject({ newestDataAtMs: T0 + 9, flagged: 1, flags: [{ kind: 'price_jump' }] });
  });

  it('does not fail because nothing can be read', async () => {
    const tally = new QualityTally();
    await tally.add([packRows('pools', [pool(1)])], () => Promise.reject(new Error('closed')));
    expect(tally.result().flagged).toBe(0);
  });
});

describe('verdicts', () => {
  it('name blank key fields, late data and unusable rows in words', () => {
    const fields = [
      { field: 'name', filled: 0 },
      { field: 'basePriceUsd', filled: 129 },
    ];
    expect(tableVerdicts({ table: 'pools', rows: 129, newestAtMs: 0, duplicates: 0, fields })).toEqual([
      'pools: only 0 % of 129 rows have a value in name',
    ]);
    const late = { collectorId: 'ohlcv', lastSuccessAtMs: 0, freshnessMs: 3_600_000, fetched: 10, valid: 9 } as const;
    const verdicts = collectorVerdicts({ ...late, quality: null }, 60_000);
    expect(verdicts).toHaveLength(2);
    expect(verdicts[0]).toMatch(/^its last success is .* old/);
  });
});
