import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../src/main/cli/duration';

describe('parseDuration', () => {
  it.each([
    ['60s', 60_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
  ])('reads %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '60', 's', '-5s', '0s', '1.5m', '1d', '60 s'])(
    'refuses “%s” with an example of what is right',
    (text) => {
      expect(() => parseDuration(text)).toThrow('60s, 15m or 2h');
    },
  );
});
