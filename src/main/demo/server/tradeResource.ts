// A trade on the wire.
import { encodeBase58, encodeHex, randomBytes } from '../market/addresses';
import type { TradeView } from '../market/market';
import type { Network, Pool } from '../market/model';
import { hash } from '../market/random';
import { fullDecimal, isoTime } from './numbers';
import type { Resource } from './resources';

/** Seconds between a trade's block and its arrival in the service. */
const INGEST_MIN_S = 3;
const INGEST_SPREAD_S = 10;

/** `side` turns the trade round: a sale of the base token is a purchase of the quote token. */
export function tradeResource(trade: TradeView, pool: Pool, network: Network, side: 'base' | 'quote'): Resource {
  const identity = hash(pool.key, trade.hour, trade.index, 17);
  const encode = network.family === 'base58' ? encodeBase58 : encodeHex;
  const txHash = encode(randomBytes(identity, network.family === 'base58' ? 64 : 32));
  const block = Math.floor(trade.atS / network.blockSeconds);
  const logIndex = identity % 400;
  const ingestedS = trade.atS + INGEST_MIN_S + (identity % INGEST_SPREAD_S);
  const base = { token: pool.base, usd: trade.priceUsd, inQuote: trade.priceUsd / trade.quoteUsd };
  const quote = { token: pool.quote, usd: trade.quoteUsd, inQuote: 1 };
  const [from, to] = trade.isBuy ? [quote, base] : [base, quote];
  return {
    id: `${network.id}_${block}_${txHash}_${logIndex}_${ingestedS}`,
    type: 'trade',
    attributes: {
      block_number: block,
      tx_hash: txHash,
      tx_from_address: encode(randomBytes(hash(pool.key, trade.wallet, 19), network.family === 'base58' ? 32 : 20)),
      from_token_amount: fullDecimal(trade.volumeUsd / from.usd),
      to_token_amount: fullDecimal(trade.volumeUsd / to.usd),
      price_from_in_currency_token: fullDecimal(from.inQuote),
      price_to_in_currency_token: fullDecimal(to.inQuote),
      price_from_in_usd: fullDecimal(from.usd),
      price_to_in_usd: fullDecimal(to.usd),
      block_timestamp: isoTime(trade.atS),
      kind: trade.isBuy === (side === 'base') ? 'buy' : 'sell',
      volume_in_usd: fullDecimal(trade.volumeUsd),
      from_token_address: from.token.address,
      to_token_address: to.token.address,
    },
  };
}
