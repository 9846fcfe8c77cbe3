import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfterMs } from '../../../../src/main/sources/http/retryAfter';
import { safeExcerpt, SourceError } from '../../../../src/main/sources/http/sourceError';

describe('safeExcerpt', () => {
  it('is one line of at most 200 whole characters without control or direction marks, whatever it is given', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 900 }), (codes) => {
        const text = String.fromCodePoint(...codes);
        const excerpt = safeExcerpt(text);
        expect(Array.from(excerpt).length).toBeLessThanOrEqual(200);
        expect(excerpt).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps readable text readable and marks a cut', () => {
    expect(safeExcerpt('  Specified\r\n\tpool not\u202e found \u0007')).toBe('Specified pool not found');
    expect(safeExcerpt('é'.repeat(300))).toBe(`${'é'.repeat(199)}…`);
  });

  it('is applied to what an error carries', () => {
    expect(new SourceError('server', 'x', { excerpt: 'a\n'.repeat(500) }).excerpt).toHaveLength(200);
  });
});

describe('parseRetryAfterMs', () => {
  const now = Date.UTC(2026, 0, 1, 12);

  it.each([
    [null, null],
    ['0', 0],
    ['60', 60_000],
    ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['', null],
    ['1e9', null],
  ])('reads %j as %j ms', (header, expected) => {
    expect(parseRetryAfterMs(header, now)).toBe(expected);
  });
});
