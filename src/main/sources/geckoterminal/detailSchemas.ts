// The shapes of the endpoints about single things: token details, token info, trades, simple prices. Same rules as schemas.ts.
import { z } from 'zod';
import { count, decimal, id, instant, name, tokenResource } from './schemas';

const yesNo = z
  .union([z.boolean(), z.literal('yes').transform(() => true), z.literal('no').transform(() => false)])
  .nullable()
  .catch(null);

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
  }),
});

/** What is known about a token besides its market: scores, holders, links. All text is written by strangers. */
export const tokenInfoResource = tokenResource.extend({
  attributes: tokenResource.shape.attributes.extend({
    gt_score: decimal,
    holders: z.looseObject({ count }).catch({ count: null }),
    mint_authority: yesNo,
    freeze_authority: yesNo,
    is_honeypot: yesNo,
    description: name,
  }),
});

export const tradeResource = z.looseObject({
  id,
  type: z.literal('trade'),
  attributes: z.looseObject({
    block_number: z.int().min(0),
    block_timestamp: instant,
    tx_hash: z.string().min(1),
    tx_from_address: z.string().nullable().catch(null),
    kind: z.enum(['buy', 'sell']),
    from_token_address: z.string().min(1),
    to_token_address: z.string().min(1),
    from_token_amount: decimal,
    to_token_amount: decimal,
    price_from_in_usd: decimal,
    price_to_in_usd: decimal,
    volume_in_usd: decimal,
  }),
});

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
