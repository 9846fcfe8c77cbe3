import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreActivity } from '../../../src/main/collectors/scoring/activityScore';
import { scoreSignal, type PastFigures } from '../../../src/main/collectors/scoring/signalScore';
import type { PoolFigures } from '../../../src/shared/domain/market';
import { pool } from '../../storage/support/sampleRows';

const QUIET: PoolFigures = {
  ...pool(0),
  volumeUsdH24: '0',
  reserveUsd: '0',
  changePctH1: '0',
  changePctH24: '0',
  buysH1: 0,
  sellsH1: 0,
  buysH24: 0,
  sellsH24: 0,
};
const past = (changes: Partial<PastFigures>, count = 2): readonly PastFigures[] =>
  Array.from({ length: count }, () => ({
    volumeUsdH24: null,
    reserveUsd: null,
    buysH24: null,
    sellsH24: null,
    ...changes,
  }));

describe('the signal score', () => {
  it('is 0 for a pool in which nothing happens', () => {
    expect(scoreSignal(QUIET, [])).toMatchObject({ score: 0, bonus: 0, reasons: [], volumeTrend: 'unknown' });
  });

  it('adds up its parts by weight, and the bonus, as users of the original know them', () => {
    const now = { ...QUIET, volumeUsdH24: '20000', reserveUsd: '60000', changePctH1: '6', changePctH24: '30' };
    const busy = { ...now, buysH1: 40, sellsH1: 20, buysH24: 150, sellsH24: 50 };
    expect(scoreSignal(busy, [])).toEqual({
      volumePart: 20,
      liquidityPart: 6,
      // (2 × 6 + 30) / 3 = 14: strong and upwards.
      momentumPart: 100,
      // 60 × 0.5 + 200 × 0.1 + 20 for a busy hour + a quarter more purchases than half.
      activityPart: 80,
      volatilityPart: 42,
      bonus: 28,
      score: 75.4,
      volumeTrend: 'unknown',
      liquidityTrend: 'unknown',
      reasons: [
        '$20,000 of volume in 24 h',
        '$60,000 of liquidity',
        'price rises strongly',
        '60 trades in the last hour',
      ],
    });
  });

  it('tells no trend from one earlier snapshot, and one from two', () => {
    const now = { ...QUIET, volumeUsdH24: '300', reserveUsd: '100' };
    const earlier = { volumeUsdH24: '100', reserveUsd: '100' };
    expect(scoreSignal(now, past(earlier, 1))).toMatchObject({ volumeTrend: 'unknown', liquidityTrend: 'unknown' });
    const told = scoreSignal(now, past(earlier));
    expect(told).toMatchObject({ volumeTrend: 'surging', liquidityTrend: 'steady', bonus: 10 });
    expect(told.reasons).toEqual(['volume is 3.0 times its recent average']);
  });

  it.each([
    ['160', 'surging'],
    ['120', 'rising'],
    ['100', 'steady'],
    ['60', 'falling'],
  ] as const)('calls a volume of %s after 100 %s', (volumeUsdH24, trend) => {
    expect(scoreSignal({ ...QUIET, volumeUsdH24 }, past({ volumeUsdH24: '100' })).volumeTrend).toBe(trend);
  });

  it('stays between 0 and 100 whatever the figures are', () => {
    const figure = fc.option(fc.double({ noNaN: true, min: -1e15, max: 1e15 }).map(String), { nil: null });
    const amount = fc.option(fc.nat(), { nil: null });
    fc.assert(
      fc.property(figure, figure, figure, figure, amount, amount, (volume, reserve, h1, h24, buys, sells) => {
        const now = { ...QUIET, volumeUsdH24: volume, reserveUsd: reserve, changePctH1: h1, changePctH24: h24 };
        const all = { ...now, buysH1: buys, sellsH1: sells, buysH24: sells, sellsH24: buys };
        const history = past({ volumeUsdH24: reserve, reserveUsd: volume, buysH24: sells, sellsH24: buys });
        for (const { score } of [scoreSignal(all, []), scoreSignal(all, history)]) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the activity score', () => {
  const busy: PoolFigures = { ...QUIET, volumeUsdH24: '100000', reserveUsd: '50000', buysH24: 80, sellsH24: 20 };

  it('weighs volume, trades, liquidity and volatility', () => {
    // 40 × 0.4 + 50 × 0.3 + 19.98 × 0.2 + 0 × 0.1
    expect(scoreActivity(busy)).toBeCloseTo(35, 0);
    expect(scoreActivity({ ...busy, changePctH24: null })).toBeCloseTo(40, 0);
  });

  it.each([{ volumeUsdH24: '999' }, { reserveUsd: '4999' }, { buysH24: 4, sellsH24: 5 }, { reserveUsd: null }])(
    'is 0 below a minimum: %j',
    (change) => {
      expect(scoreActivity({ ...busy, ...change })).toBe(0);
    },
  );
});
