import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALERT_SECTIONS, parseHash, toHash } from '../../../src/renderer/src/store/route';

describe('the place in the location hash', () => {
  it('survives a reload: what was written is read back', () => {
    const item = fc.option(fc.string({ minLength: 1, unit: 'grapheme' }));
    fc.assert(
      fc.property(item, fc.constantFrom(...ALERT_SECTIONS), (itemId, section) => {
        for (const route of [
          { page: 'market', itemId, section: null },
          { page: 'now', itemId, section: null },
          { page: 'alerts', itemId, section },
        ] as const) {
          expect(parseHash(toHash(route))).toEqual(route);
        }
      }),
    );
    const database = { page: 'database', itemId: null, section: null } as const;
    expect(parseHash(toHash(database))).toEqual(database);
  });

  it.each(['', '#', '#/', '#/nowhere', '#/nowhere/dexes', '#nonsense/%zz'])('opens the first page for %j', (hash) => {
    expect(parseHash(hash)).toEqual({ page: 'now', itemId: null, section: null });
  });

  it.each(['#/alerts', '#/alerts/', '#/alerts/nothing', '#/alerts/nothing/1'])('opens the inbox for %j', (hash) => {
    expect(parseHash(hash)).toEqual({ page: 'alerts', itemId: null, section: 'inbox' });
  });

  it('ignores what is open when it is no valid encoding', () => {
    expect(parseHash('#/market/%zz')).toEqual({ page: 'market', itemId: null, section: null });
  });
});
