// Trades. The source tells the price of what was given and of what was got; which of the two is the pool's base token depends on
// the direction. Taking always the same one would store the other token's price for every purchase.
import type { z } from 'zod';
import type { TradeRow } from '../../../shared/domain/market';
import { parseDecimal } from '../../../shared/util/decimal';
import type { Parsed, TradeRequest } from '../marketSource';
import { tradeResource } from './detailSchemas';
import { addressOf, canonicalId, foldAddress } from './ids';
import { malformed } from './malformed';
import { Rejection, readItems } from './readItems';
import { readChecked } from './sanity';
import { listAnswer } from './schemas';

/** Before 2009 there was no chain to trade on. */
const EARLIEST_MS = Date.UTC(2009, 0, 1);
/** How far a block's time may be ahead of this machine's clock before it is taken for a mistake. */
const CLOCK_TOLERANCE_MS = 86_400_000;
/** The source computes the volume from amount and price, so they agree to many digits; a wide miss means mixed-up columns. */
const VOLUME_TOLERANCE = 0.01;

type TradeResource = z.infer<typeof tradeResource>;
type TradeAttributes = TradeResource['attributes'];

/** Rows oldest first, one per transaction and log index. Throws a SourceError `malformed` when the answer is not a list. */
export function parseTrades(answer: unknown, request: TradeRequest, observedAtMs: number): Parsed<TradeRow> {
  const parsed = listAnswer.safeParse(answer);
  if (!parsed.success) throw malformed('trades', answer);
  const read = readItems(parsed.data.data, tradeResource, (trade) => toTradeRow(trade, request, observedAtMs));
  const once = new Map(read.rows.map((row) => [`${row.txHash} ${row.logIndex}`, row]));
  return { ...read, rows: [...once.values()].sort((a, b) => a.blockAtMs - b.blockAtMs || a.logIndex - b.logIndex) };
}

function toTradeRow({ id, attributes }: TradeResource, request: TradeRequest, observedAtMs: number): TradeRow {
  const poolId = canonicalId(request.poolAddress, request.networkId);
  if (poolId === null) throw new RangeError('a trade request needs the address of a pool');
  const isBuy = boughtBase(attributes, request);
  const [baseUsd, quoteUsd, baseInQuote] = isBuy
    ? [attributes.price_to_in_usd, attributes.price_from_in_usd, attributes.price_to_in_currency_token]
    : [attributes.price_from_in_usd, attributes.price_to_in_usd, attributes.price_from_in_currency_token];
  const volumeUsd = readChecked(attributes.volume_in_usd, 'volume');
  requireVolumeOf(volumeUsd, attributes);
  const { tx_from_address: sender } = attributes;
  return {
    poolId,
    txHash: foldAddress(attributes.tx_hash),
    logIndex: logIndexOf(id, attributes.tx_hash),
    blockNumber: attributes.block_number,
    blockAtMs: blockTime(attributes.block_timestamp, observedAtMs),
    kind: isBuy ? 'buy' : 'sell',
    fromTokenAddress: foldAddress(attributes.from_token_address),
    toTokenAddress: foldAddress(attributes.to_token_address),
    fromAmount: amount(attributes.from_token_amount),
    toAmount: amount(attributes.to_token_amount),
    priceUsd: readChecked(baseUsd, 'price'),
    priceQuote: readChecked(baseInQuote, 'price in the quote token'),
    quotePriceUsd: readChecked(quoteUsd, 'price of the quote token'),
    volumeUsd,
    sender: sender === null ? null : addressOf(sender, request.networkId),
    observedAtMs,
  };
}

/** Whether the trader got the base token. Where the base token is known, the token that moved decides and must fit the kind. */
function boughtBase(attributes: TradeAttributes, { baseTokenAddress }: TradeRequest): boolean {
  const isBuy = attributes.kind === 'buy';
  if (baseTokenAddress === null) return isBuy;
  const base = foldAddress(baseTokenAddress);
  const got = isBuy ? attributes.to_token_address : attributes.from_token_address;
  if (foldAddress(got) === base) return isBuy;
  const other = isBuy ? attributes.from_token_address : attributes.to_token_address;
  throw new Rejection(
    foldAddress(other) === base
      ? 'direction and tokens of the trade disagree'
      : "trade of other tokens than the pool's",
  );
}

/** The id ends in log index and time of arrival, after the transaction; only the first belongs to the trade. */
function logIndexOf(id: string, txHash: string): number {
  const at = id.lastIndexOf(txHash);
  const match = at < 0 ? null : /^_(\d{1,9})(?:_\d+)?$/.exec(id.slice(at + txHash.length));
  if (!match) throw new Rejection('trade id without a log index');
  return Number(match[1]);
}

function blockTime(blockAtMs: number | null, observedAtMs: number): number {
  if (blockAtMs === null) throw new Rejection('trade without a time');
  if (blockAtMs < EARLIEST_MS || blockAtMs > observedAtMs + CLOCK_TOLERANCE_MS) {
    throw new Rejection('trade time is impossible');
  }
  return blockAtMs;
}

function amount(raw: unknown): string {
  const value = parseDecimal(raw);
  if (value === null || value.startsWith('-')) throw new Rejection('trade without amounts');
  return value;
}

function requireVolumeOf(volumeUsd: string | null, attributes: TradeAttributes): void {
  const product = Number(attributes.from_token_amount) * Number(attributes.price_from_in_usd);
  if (volumeUsd === null || !Number.isFinite(product) || product === 0) return;
  if (Math.abs(Number(volumeUsd) - product) > VOLUME_TOLERANCE * product) {
    throw new Rejection('volume of the trade is not amount times price');
  }
}
