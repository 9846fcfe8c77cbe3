import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHash, toHash } from '../../../src/renderer/src/store/route';

describe('the place in the location hash', () => {
  it('survives a reload: what was written is read back', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (poolId) => {
        expect(parseHash(toHash({ page: 'market', poolId }))).toEqual({ page: 'market', poolId });
      }),
    );
    expect(parseHash(toHash({ page: 'database', poolId: null }))).toEqual({ page: 'database', poolId: null });
  });

  it.each(['', '#', '#/', '#/nowhere', '#/now/pool', '#nonsense/%zz'])('opens the first page for %j', (hash) => {
    expect(parseHash(hash)).toEqual({ page: 'now', poolId: null });
  });

  it('ignores a pool id that is no valid encoding', () => {
    expect(parseHash('#/market/%zz')).toEqual({ page: 'market', poolId: null });
  });
});
