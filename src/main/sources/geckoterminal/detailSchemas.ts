// The shapes of the endpoints about single things: token details, token info, trades, simple prices. Same rules as schemas.ts.
import { z } from 'zod';
import { count, decimal, id, instant, name, tokenResource } from './schemas';
import { cleanText, cleanUrl } from './text';

const flag = z
  .union([z.boolean(), z.literal('yes').transform(() => true), z.literal('no').transform(() => false)])
  .transform((value) => (value ? 1 : 0))
  .nullable()
  .catch(null);

const text = z.unknown().optional().transform(cleanText);
const url = z.unknown().optional().transform(cleanUrl);
const listOf = <T>(entry: z.ZodType<T | null>): z.ZodType<readonly T[]> =>
  z
    .array(entry)
    .transform((entries) => entries.filter((value) => value !== null).slice(0, MAX_LIST) as readonly T[])
    .catch([]);
const decimalsByName = z.record(z.string().max(40), decimal).nullable().catch(null);
const MAX_LIST = 20;

/** Seconds since the epoch, as text or number. */
const unixSeconds = z
  .union([z.string().regex(/^\d{9,11}$/), z.int().min(0)])
  .transform((seconds) => Number(seconds) * 1_000)
  .nullable()
  .catch(null);

const noLaunchpad = { graduation_percentage: null, completed_at: null, migrated_destination_pool_address: null };
const launchpad = z
  .looseObject({
    graduation_percentage: decimal,
    completed_at: instant,
    migrated_destination_pool_address: z.string().nullable().catch(null),
  })
  .nullable()
  .catch(null)
  .transform((details) => details ?? noLaunchpad);

/** A token with its market figures: tokens/{address} and tokens/multi. */
export const tokenDetailResource = tokenResource.extend({
  attributes: tokenResource.shape.attributes.extend({
    price_usd: decimal,
    fdv_usd: decimal,
    market_cap_usd: decimal,
    total_supply: decimal,
    normalized_total_supply: decimal,
    total_reserve_in_usd: decimal,
    volume_usd: z.looseObject({ h24: decimal }).catch({ h24: null }),
    image_url: url,
    coingecko_coin_id: name,
    last_trade_timestamp: unixSeconds,
    launchpad_details: launchpad,
  }),
});

const noHolders = { count: null, distribution_percentage: null, last_updated: null };

/** What is known about a token besides its market: scores, holders, links. All text is written by strangers. */
export const tokenInfoResource = tokenResource.extend({
  attributes: tokenResource.shape.attributes.extend({
    description: text,
    image_url: url,
    websites: listOf(url),
    discord_url: url,
    farcaster_url: url,
    zora_url: url,
    telegram_handle: name,
    twitter_handle: name,
    categories: listOf(name),
    gt_score: decimal,
    gt_score_details: decimalsByName,
    gt_verified: flag,
    holders: z
      .looseObject({ count, distribution_percentage: decimalsByName, last_updated: instant })
      .nullable()
      .catch(null)
      .transform((holders) => holders ?? noHolders),
    mint_authority: flag,
    freeze_authority: flag,
    is_honeypot: flag,
    developer_address: name,
    developer_holding_percentage: decimal,
    metadata_updated_at: instant,
  }),
});

/** Read by parseTrades, which has to tell a blank from nonsense. */
const raw = z.unknown().optional();

export const tradeResource = z.looseObject({
  id,
  type: z.literal('trade'),
  attributes: z.looseObject({
    block_number: z.int().min(0),
    block_timestamp: instant,
    tx_hash: z.string().regex(/^[\x21-\x7e]{1,200}$/),
    tx_from_address: z.string().nullable().catch(null),
    kind: z.enum(['buy', 'sell']),
    from_token_address: z.string().min(1),
    to_token_address: z.string().min(1),
    from_token_amount: raw,
    to_token_amount: raw,
    price_from_in_currency_token: raw,
    price_to_in_currency_token: raw,
    price_from_in_usd: raw,
    price_to_in_usd: raw,
    volume_in_usd: raw,
  }),
});

export const objectAnswer = z.looseObject({ data: z.unknown().refine((data) => typeof data === 'object') });

const decimalsByAddress = z.record(z.string(), decimal);

/** One answer for many tokens: maps from address to value. Everything but the prices comes only when asked for. */
export const simplePriceAnswer = z.looseObject({
  data: z.looseObject({
    type: z.literal('simple_token_price'),
    attributes: z.looseObject({
      token_prices: decimalsByAddress,
      market_cap_usd: decimalsByAddress.optional(),
      h24_volume_usd: decimalsByAddress.optional(),
      h24_price_change_percentage: decimalsByAddress.optional(),
      total_reserve_in_usd: decimalsByAddress.optional(),
    }),
  }),
});
