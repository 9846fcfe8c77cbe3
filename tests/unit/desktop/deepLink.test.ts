import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incidentTarget, isLink, linkTarget } from '../../../src/main/desktop/deepLink';
import { secondStart } from '../../../src/main/desktop/secondStart';
import { parseHash } from '../../../src/renderer/src/store/route';

describe('an address that leads into the window', () => {
  it.each([
    ['poolwatch://collector/top_pools', '#/now/top_pools'],
    ['poolwatch://collector/top_pools/', '#/now/top_pools'],
    ['POOLWATCH://database', '#/database'],
    ['poolwatch://settings/', '#/settings'],
    ['poolwatch:alerts', '#/alerts'],
    ['poolwatch://incident/3f2a-1', '#/alerts/inbox/3f2a-1'],
    ['poolwatch://incident/a%7Cb', '#/alerts/inbox/a%7Cb'],
  ])('opens its place: %s', (link, place) => {
    expect(linkTarget(link)).toBe(place);
  });

  it.each([
    'poolwatch://',
    'poolwatch://collector',
    'poolwatch://collector/nobody',
    'poolwatch://incident/',
    'poolwatch://incident/%zz',
    'poolwatch://Database?x=1',
    'poolwatch://now/top_pools/more',
    'poolwatch://../../etc/passwd',
    `poolwatch://incident/${'a'.repeat(400)}`,
    'https://example.org/',
    'javascript:alert(1)',
  ])('opens the first page when it is not understood: %s', (link) => {
    expect(parseHash(linkTarget(link))).toMatchObject({ page: 'now', itemId: null });
  });

  it('is never more than a place in the window, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const link = `poolwatch:${text}`;
        expect(isLink(link)).toBe(true);
        expect(linkTarget(link)).toMatch(/^#\/[a-z]+(?:\/[A-Za-z0-9_.!~*'()%-]+){0,2}$/);
      }),
    );
  });

  it('and the link of an incident opens that incident', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }), (incidentId) => {
        expect(parseHash(incidentTarget(incidentId)).itemId).toBe(incidentId);
      }),
    );
  });
});

describe('what a second start hands over', () => {
  it('is what it was started with', () => {
    const said = { link: 'poolwatch://database', hidden: true };
    expect(secondStart(said)).toEqual(said);
  });

  it.each([null, undefined, 'poolwatch://x', 7, {}, { link: 7, hidden: 'yes' }, { link: 'a'.repeat(2_000) }])(
    'is nothing when a stranger says %j',
    (said) => {
      expect(secondStart(said)).toEqual({ link: null, hidden: false });
    },
  );
});
