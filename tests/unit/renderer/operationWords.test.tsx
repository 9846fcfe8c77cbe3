import { describe, expect, it } from 'vitest';
import { describeProgress, shareOf } from '../../../src/renderer/src/components/operations/operationWords';
import type { Progress } from '../../../src/shared/domain/operation';

const at = (progress: Progress | null) => ({ progress, state: 'running' }) as const;

describe('a long operation in words', () => {
  it.each([
    [null, 'starting', null],
    [{ done: 0, total: null, unit: 'bytes', step: 'copying' }, 'copying', null],
    [{ done: 1_048_576, total: 4_194_304, unit: 'bytes', step: 'copying' }, 'copying · 1.0 MB of 4.0 MB', 0.25],
    [{ done: 2, total: 8, unit: 'steps', step: 'checking pools' }, 'checking pools · 3 of 8', 0.25],
    [{ done: 12_345, total: null, unit: 'rows', step: 'deleting' }, 'deleting · 12,345 rows', null],
    [{ done: 5, total: 0, unit: 'pages', step: null }, '5 of 0 pages', null],
  ] as const)('%o', (progress, words, share) => {
    expect(describeProgress(at(progress))).toBe(words);
    expect(shareOf(at(progress))).toBe(share);
  });

  it('says that it is stopping, whatever it told last', () => {
    expect(describeProgress({ progress: null, state: 'cancelling' })).toContain('stopping');
  });
});
