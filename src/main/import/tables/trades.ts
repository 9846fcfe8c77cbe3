// Trades of the original. Their times are told by their ids, since the column was shifted; the price of a buy was that of the
// other token in every row, so it is worked out from volume and amount.
import type { Decimal, TradeRow } from '../../../shared/domain/market';
import { type Cells, Rejection } from '../cells';
import { identify, type Networks } from '../identity';
import { ratio } from '../ratio';
import { addressOf } from '../../sources/geckoterminal/ids';
import type { MapContext } from './mapContext';
import { tradeIdParts } from './tradeId';

const MINUTE_MS = 60_000;
/** A price further from volume / amount than this is not the price of this token. */
const TOLERANCE = 0.05;

export function mapTrade(cells: Cells, { evidence, storedPairs }: MapContext): TradeRow {
  const { networks } = evidence;
  const id = tradeIdParts(cells.text('id') ?? '');
  const poolText = cells.required(cells.text('pool_id'), 'no pool', 'pool_id');
  const pool = identify(cells, poolText, null, networks);
  const kind = cells.text('side', 'kind')?.toLowerCase();
  if (kind !== 'buy' && kind !== 'sell') throw new Rejection('neither a buy nor a sell', kind ?? '');
  const pair = evidence.pairs.get(poolText) ?? evidence.pairs.get(pool.id) ?? storedPairs.get(pool.id);
  if (!pair) throw new Rejection('the tokens of its pool are not known', pool.id);
  const [base, quote] = pair.map((token) => tokenAddress(token, pool.networkId, networks)) as [string, string];
  const fromAmount = cells.required(amount(cells, 'from_token_amount'), 'no amount', 'from_token_amount');
  const toAmount = cells.required(amount(cells, 'to_token_amount'), 'no amount', 'to_token_amount');
  const volumeUsd = amount(cells, 'volume_usd', 'volume_in_usd');
  const blockAtMs = timeOf(cells, id?.atMs ?? null, evidence.tradeOffsetMs);
  return {
    poolId: pool.id,
    txHash: cells.required(cells.text('tx_hash') ?? id?.txHash ?? null, 'no transaction', 'tx_hash'),
    logIndex: id?.logIndex ?? 0,
    blockNumber: cells.required(cells.integer('block_number') ?? id?.blockNumber ?? null, 'no block', 'block_number'),
    blockAtMs,
    kind,
    fromTokenAddress: kind === 'buy' ? quote : base,
    toTokenAddress: kind === 'buy' ? base : quote,
    fromAmount,
    toAmount,
    priceUsd: priceOf(cells, kind, kind === 'buy' ? toAmount : fromAmount, volumeUsd),
    priceQuote: kind === 'buy' ? ratio(fromAmount, toAmount) : ratio(toAmount, fromAmount),
    quotePriceUsd: null,
    volumeUsd,
    sender: cells.text('tx_from_address'),
    // The earliest moment at which it can have been seen: what was collected here is newer and stays.
    observedAtMs: blockAtMs,
  };
}

function amount(cells: Cells, ...names: readonly string[]): Decimal | null {
  const value = cells.decimal(...names);
  return value === null || value.startsWith('-') ? null : value;
}

function tokenAddress(token: string, networkId: string, networks: Networks): string {
  const prefix = [...networks.known].find((network) => token.startsWith(`${network}_`)) ?? networkId;
  const address = addressOf(token, prefix);
  if (address === null) throw new Rejection('the tokens of its pool are not known', token);
  return address;
}

function timeOf(cells: Cells, provedMs: number | null, offsetMs: number): number {
  const storedMs = cells.timeMs('block_timestamp');
  if (provedMs !== null) {
    if (storedMs !== null && Math.abs(storedMs - provedMs) >= MINUTE_MS)
      cells.repaired('shifted time', `${(storedMs - provedMs) / MINUTE_MS} minutes`);
    return provedMs;
  }
  const ms = cells.required(storedMs, 'its time cannot be read', 'block_timestamp');
  if (offsetMs !== 0) cells.repaired('shifted time', `${offsetMs / MINUTE_MS} minutes`);
  return ms - offsetMs;
}

function priceOf(cells: Cells, kind: 'buy' | 'sell', baseAmount: Decimal, volumeUsd: Decimal | null): Decimal | null {
  const stored = amount(cells, 'price_usd');
  const worked = volumeUsd === null || volumeUsd === '0' ? null : ratio(volumeUsd, baseAmount);
  if (worked === null) {
    if (kind === 'sell' || stored === null) return stored;
    cells.repaired('price of the wrong token, left out', stored);
    return null;
  }
  if (stored === null) return worked;
  if (Math.abs(Number(stored) / Number(worked) - 1) <= TOLERANCE) return stored;
  cells.repaired('price of the wrong token, worked out from volume and amount', stored);
  return worked;
}
