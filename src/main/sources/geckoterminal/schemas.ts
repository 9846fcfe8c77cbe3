// The shapes that GeckoTerminal answers with. Strict about what identifies a row, lenient about everything else: a number that is
// null, "NaN" or missing becomes null, unknown fields pass, and one odd field never costs the row.
import { z } from 'zod';
import { parseDecimal } from '../../../shared/util/decimal';
import { cleanName } from './text';

const MAX_TOKEN_DECIMALS = 255;

// `optional` on the input: without it zod takes a missing key for an error before the transform could make it null.
export const decimal = z.unknown().optional().transform(parseDecimal);
export const name = z.unknown().optional().transform(cleanName);
export const count = z.int().min(0).nullable().catch(null);
const tokenDecimals = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number),
  ])
  .pipe(z.int().min(0).max(MAX_TOKEN_DECIMALS))
  .nullable()
  .catch(null);
export const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/)
  .transform((text) => Date.parse(text))
  .pipe(z.int())
  .nullable()
  .catch(null);

export const id = z.string().min(1).max(300);
const reference = z.looseObject({ data: z.looseObject({ id }) }).transform(({ data }) => data.id);
const optionalReference = reference.nullable().catch(null);

/** Time windows: each may be missing, and older answers had fewer. */
const decimalWindows = z
  .looseObject({ m5: decimal, h1: decimal, h6: decimal, h24: decimal })
  .catch({ m5: null, h1: null, h6: null, h24: null });
const noTrades = { buys: null, sells: null, buyers: null, sellers: null };
const tradeCounts = z.looseObject({ buys: count, sells: count, buyers: count, sellers: count }).catch(noTrades);
const transactions = z.looseObject({ h1: tradeCounts, h24: tradeCounts }).catch({ h1: noTrades, h24: noTrades });

export const networkResource = z.looseObject({
  id,
  type: z.literal('network'),
  attributes: z.looseObject({ name, coingecko_asset_platform_id: name }).catch({
    name: null,
    coingecko_asset_platform_id: null,
  }),
});

export const dexResource = z.looseObject({
  id,
  type: z.literal('dex'),
  attributes: z.looseObject({ name }).catch({ name: null }),
});

export const tokenResource = z.looseObject({
  id,
  type: z.literal('token'),
  attributes: z.looseObject({
    address: z.string().nullable().catch(null),
    name,
    symbol: name,
    decimals: tokenDecimals,
  }),
});

export const poolResource = z.looseObject({
  id,
  type: z.literal('pool'),
  attributes: z.looseObject({
    address: z.string().nullable().catch(null),
    name,
    pool_created_at: instant,
    base_token_price_usd: decimal,
    quote_token_price_usd: decimal,
    reserve_in_usd: decimal,
    fdv_usd: decimal,
    market_cap_usd: decimal,
    price_change_percentage: decimalWindows,
    volume_usd: decimalWindows,
    transactions,
    /** Only where one pool or a few by address were asked for. */
    pool_fee_percentage: decimal,
    locked_liquidity_percentage: decimal,
  }),
  relationships: z
    .looseObject({
      base_token: optionalReference,
      quote_token: optionalReference,
      dex: optionalReference,
      /** Only in lists over all networks. */
      network: optionalReference,
    })
    .catch({ base_token: null, quote_token: null, dex: null, network: null }),
});

/** A bar: start in seconds, open, high, low, close, volume. Exponent form is normal, so numbers become text right here. */
export const candleRow = z
  .array(z.unknown())
  .min(6)
  .transform(([startsAtS, open, high, low, close, volume]) => ({
    startsAtS,
    open: parseDecimal(open),
    high: parseDecimal(high),
    low: parseDecimal(low),
    close: parseDecimal(close),
    volume: parseDecimal(volume),
  }));

/** Five times what the longest list has: candles. One of empty entries, as long as an answer may be, would take seconds to look at. */
const MAX_ENTRIES = 5_000;
const entries = z.array(z.unknown()).max(MAX_ENTRIES);

export const candleAnswer = z.looseObject({
  data: z.looseObject({ attributes: z.looseObject({ ohlcv_list: entries }) }),
});

export const listAnswer = z.looseObject({
  data: entries,
  included: entries.catch([]),
  links: z.looseObject({ next: z.string().nullable().catch(null) }).catch({ next: null }),
});

export type PoolResource = z.infer<typeof poolResource>;
