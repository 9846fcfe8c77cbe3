import { describe, expect, it } from 'vitest';
import { recognise } from '../../../src/main/storage/worker/jobs/recognise';
import type { SqlValue } from '../../../src/shared/contract/sqlValue';

function found(kind: 'table' | 'index', ...values: readonly SqlValue[]) {
  const recognised = recognise('monitor', { kind, rowid: kind === 'table' ? 7 : null, values });
  return recognised?.kind === 'row' ? [recognised.table, recognised.row.length] : null;
}

const SERIES = ['database.failed', 'database/market'] as const;

describe('rows of samples in a damaged file', () => {
  it('are told apart by their shape, and tiers by the width of their buckets', () => {
    expect(found('index', 1_760_000_400, 'a1b2', '[1,null]', 0)).toEqual(['sample_ticks', 3]);
    expect(found('index', 'a1b2', '["database.failed database/market"]', 0)).toEqual(['sample_layouts', 2]);
    expect(found('index', 1_760_000_400, 360, 0)).toEqual(['sample_seals', 2]);
    expect(found('index', 'id', 1_760_000_400_000, '{}', 0)).toEqual(['baselines', 3]);
    expect(found('table', ...SERIES, 1_760_000_400, 'AAAA', 360, 0)).toEqual(['sample_chunks', 5]);
    expect(
      [60, 600, 3_600, 86_400, 82_800].map(
        (widthS) => found('table', ...SERIES, 1_760_000_400, widthS, 'AAAA', 1)?.[0],
      ),
    ).toEqual(['sample_minutes', 'sample_ten_minutes', 'sample_hours', 'sample_days', 'sample_days']);
  });

  it('are not taken from the index of chunks, which has the shape of ticks', () => {
    expect(found('index', 1_760_000_400, ...SERIES, 12)).toBeNull();
  });
});
