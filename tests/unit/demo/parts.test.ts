import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressSpace } from '../../../src/main/demo/market/addresses';
import { applyDataFault } from '../../../src/main/demo/server/dataFaults';
import { FaultPlan, readFaults } from '../../../src/main/demo/server/faults';
import { decimal, exactDecimal, fullDecimal, percent } from '../../../src/main/demo/server/numbers';
import { RATE_LIMITS, TokenBucket } from '../../../src/main/demo/server/rateLimit';
import { ResponseCache } from '../../../src/main/demo/server/responseCache';

const positive = fc.double({ min: 1e-15, max: 1e15, noNaN: true });

describe('numbers on the wire', () => {
  it('are plain decimals that read back within the promised digits', () => {
    fc.assert(
      fc.property(positive, (value) => {
        for (const text of [decimal(value), exactDecimal(value), fullDecimal(value)]) {
          expect(text).toMatch(/^\d+\.\d+$/);
          expect(Math.abs(Number(text) / value - 1)).toBeLessThan(1e-14);
        }
        expect(Number(fullDecimal(value))).toBe(value);
        expect(exactDecimal(value).length).toBeLessThanOrEqual(70);
      }),
    );
  });

  it('write Solana prices with all the digits a double has', () => {
    expect(exactDecimal(0.0000063)).toHaveLength(70);
    expect(Number(exactDecimal(0.0000063))).toBe(0.0000063);
    expect(decimal(1)).toBe('1.0');
    expect(decimal(0)).toBe('0.0');
    expect(decimal(0.000506164643987487)).toBe('0.000506164643987487');
  });

  it('write changes with up to three decimals and none as "0"', () => {
    expect([0, -0.0001, -0.175, 93.594, 100, -99.57, 305_626.088].map(percent)).toEqual([
      '0',
      '0',
      '-0.175',
      '93.594',
      '100',
      '-99.57',
      '305626.088',
    ]);
  });
});

describe('addresses', () => {
  it('give back the number they were made from, and refuse all others', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer(),
        fc.constantFrom('base58', 'hex'),
        (code, key, family) => {
          const space = new AddressSpace(key, family);
          const address = space.make(code);
          expect(address).toMatch(family === 'hex' ? /^0x[0-9a-f]{40}$/ : /^[1-9A-HJ-NP-Za-km-z]{44}$/);
          expect(space.read(address)).toBe(code);
          expect(new AddressSpace(key + 1, family).read(address)).toBeNull();
          expect(space.read(`${address.slice(0, -1)}${address.endsWith('2') ? '3' : '2'}`)).toBeNull();
        },
      ),
    );
  });

  it('survive any text that is asked for as an address', () => {
    const space = new AddressSpace(5, 'base58');
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        expect(space.read(text)).toBeNull();
      }),
    );
  });
});

describe('the rate limit', () => {
  it('lets a burst through, then one call per refill', () => {
    const bucket = new TokenBucket(RATE_LIMITS.tight, 0);
    expect(Array.from({ length: 6 }, () => bucket.take(0))).toEqual([true, true, true, true, true, false]);
    expect(bucket.take(5999)).toBe(false);
    expect(bucket.take(6001)).toBe(true);
    expect(bucket.take(6002)).toBe(false);
    expect(Array.from({ length: 6 }, () => bucket.take(600_000))).toEqual([true, true, true, true, true, false]);
  });
});

describe('the response cache', () => {
  const entry = (storedAtMs: number, size = 10) => ({
    storedAtMs,
    requestId: 'r',
    bytes: Buffer.alloc(size),
    answer: { status: 200, body: null, networkId: null, candles: null },
  });

  it('forgets an answer after its time and never holds more than its bound', () => {
    const cache = new ResponseCache(60_000);
    cache.set('a', entry(0));
    expect(cache.get('a', 59_999)).not.toBeNull();
    expect(cache.get('a', 60_000)).toBeNull();
    for (let i = 0; i < 40; i += 1) cache.set(`big${i}`, entry(1000, 1024 * 1024));
    expect(
      Array.from({ length: 40 }, (_, i) => cache.get(`big${i}`, 1000)).filter((found) => found !== null),
    ).toHaveLength(16);
  });
});

describe('ordered faults', () => {
  it('hit matching requests the ordered number of times', () => {
    const plan = new FaultPlan();
    plan.add(
      readFaults([
        { match: '/ohlcv/', kind: '500', times: 2 },
        { match: 'page=2', kind: 'nan' },
      ]),
    );
    expect(plan.take('/networks?page=1')).toEqual({ transport: null, data: [] });
    expect(plan.take('/pools/x/ohlcv/hour').transport?.kind).toBe('500');
    expect(plan.take('/pools/x/ohlcv/hour').transport?.kind).toBe('500');
    expect(plan.take('/pools/x/ohlcv/hour').transport).toBeNull();
    expect(plan.take('/pools?page=2').data).toEqual(['nan']);
    plan.clear();
    expect(plan.take('/pools?page=2').data).toEqual([]);
  });

  it.each([
    [null, 'a fault must be an object'],
    [{ kind: 'explode' }, 'kind must be one of'],
    [{ kind: '500', times: 0 }, 'times must be a positive whole number or null'],
    [{ kind: '500', match: 7 }, 'match must be a string'],
    [{ kind: 'slow', delayMs: -1 }, 'delayMs must be a number from 0'],
    [{ kind: '500', tiems: 3 }, 'unknown field "tiems"'],
  ])('refuse %j and say why', (input, message) => {
    expect(() => readFaults(input)).toThrow(message);
  });
});

describe('odd data', () => {
  const bars = [5, 4, 3, 2, 1].map((hour) => [hour * 3600, 10, 12, 9, 11, 100]);
  const body = { data: { attributes: { ohlcv_list: bars } } };
  const barsAfter = (fault: Parameters<typeof applyDataFault>[1]): number[][] =>
    (applyDataFault(body, fault) as { data: { attributes: { ohlcv_list: number[][] } } }).data.attributes.ohlcv_list;

  it('repeats, contradicts, disorders and stretches candles', () => {
    expect(barsAfter('duplicate-bars')).toHaveLength(6);
    expect(barsAfter('conflicting-bars')[2]).toEqual([4 * 3600, 10, 12, 9, 10, 50]);
    expect(barsAfter('out-of-order').map((bar) => bar[0]! / 3600)).toEqual([4, 5, 2, 3, 1]);
    expect(barsAfter('open-outside')[0]![1]).toBeGreaterThan(12);
    expect(body.data.attributes.ohlcv_list).toBe(bars);
  });

  it('turns numbers into "NaN", drops windows, adds fields and escapes names', () => {
    const pool = {
      attributes: {
        name: 'A / B',
        base_token_price_usd: '1.5',
        fdv_usd: '2.0',
        volume_usd: { m5: '1.0', h1: '2.0', h24: '3.0' },
      },
    };
    expect(applyDataFault(pool, 'nan')).toMatchObject({ attributes: { base_token_price_usd: 'NaN', fdv_usd: 'NaN' } });
    expect(applyDataFault(pool, 'nulls')).toMatchObject({ attributes: { fdv_usd: null, base_token_price_usd: '1.5' } });
    expect(applyDataFault(pool, 'missing-windows')).toMatchObject({
      attributes: { volume_usd: { h1: '2.0', h24: '3.0' } },
    });
    expect(JSON.stringify(applyDataFault(pool, 'missing-windows'))).not.toContain('m5');
    expect(JSON.stringify(applyDataFault(pool, 'unknown-fields'))).toContain('brand_new_field');
    expect(JSON.stringify(applyDataFault(pool, 'escaped-names'))).toContain('&amp;');
  });
});
