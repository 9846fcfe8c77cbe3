// DEXes, tokens and pools of the original. It filled missing names with made-up ones; those are not stored as names.
import type { DexRow, PoolFigures, PoolRow, TokenRow } from '../../../shared/domain/market';
import type { PoolSnapshotRow } from '../../../shared/domain/poolHistory';
import { type Cells, Rejection } from '../cells';
import { identify, type Networks } from '../identity';
import type { MapContext } from './mapContext';

const MADE_UP_SYMBOL = /^TKN[0-9A-Za-z]{2,10}$/;
const MADE_UP_NAME = /^Token [0-9A-Za-z]{2,}\.{2,}/;
const MADE_UP_DEX = /(^|_)unknown$/i;
const MAX_DECIMALS = 255;

export function mapDex(cells: Cells, { evidence: { networks }, nowMs }: MapContext): DexRow {
  const dexId = cells.required(cells.text('id'), 'no id', 'id');
  if (MADE_UP_DEX.test(dexId)) throw new Rejection('a made-up exchange', dexId);
  const networkId = cells.required(cells.text('network') ?? networks.fallback, 'no network', 'network');
  const name = cells.text('name');
  return { networkId, dexId, name: name === dexId ? null : name, observedAtMs: observed(cells, nowMs) };
}

export function mapToken(cells: Cells, { evidence: { networks }, nowMs }: MapContext): TokenRow {
  const id = cells.required(cells.text('id', 'address'), 'no id', 'id');
  const identity = identify(cells, id, cells.text('network', 'network_id'), networks);
  const symbol = real(cells, cells.text('symbol'), MADE_UP_SYMBOL);
  const name = real(cells, cells.text('name'), MADE_UP_NAME);
  if (symbol === null && name === null)
    throw new Rejection('neither name nor symbol is real', cells.text('symbol') ?? '');
  const decimals = cells.integer('decimals');
  const isPossible = decimals !== null && decimals >= 0 && decimals <= MAX_DECIMALS;
  return { ...identity, symbol, name, decimals: isPossible ? decimals : null, observedAtMs: observed(cells, nowMs) };
}

export function mapPool(cells: Cells, { evidence: { networks }, nowMs }: MapContext): PoolRow {
  const identity = identify(cells, cells.required(cells.text('id', 'address'), 'no id', 'id'), null, networks);
  const name = cells.text('name');
  const [baseTokenId, quoteTokenId] = ['base_token_id', 'quote_token_id'].map((column) =>
    tokenId(cells, column, identity.networkId, networks),
  ) as [string | null, string | null];
  const reserveUsd = positive(cells, 'reserve_usd', 'reserve_in_usd');
  if (name === null && baseTokenId === null && (reserveUsd === null || reserveUsd === '0'))
    throw new Rejection('a blank row', identity.id);
  const dexId = cells.required(cells.text('dex_id'), 'no exchange', 'dex_id');
  if (MADE_UP_DEX.test(dexId)) throw new Rejection('a made-up exchange', dexId);
  return {
    ...identity,
    ...NO_FIGURES,
    dexId,
    name,
    baseTokenId,
    quoteTokenId,
    createdAtMs: cells.timeMs('created_at', 'pool_created_at'),
    reserveUsd,
    feePct: null,
    lockedLiquidityPct: null,
    observedAtMs: observed(cells, nowMs),
  };
}

/** One look at a pool, from the history of new pools. */
export function mapSnapshot(cells: Cells, { evidence: { networks } }: MapContext): PoolSnapshotRow {
  const pool = cells.required(cells.text('pool_id'), 'no pool', 'pool_id');
  const { id } = identify(cells, pool, cells.text('network_id', 'network'), networks);
  return {
    ...NO_FIGURES,
    poolId: id,
    observedAtMs: cells.required(cells.timeMs('collected_at'), 'its time cannot be read', 'collected_at'),
    seenBy: SEEN_BY,
    basePriceUsd: positive(cells, 'base_token_price_usd'),
    quotePriceUsd: positive(cells, 'quote_token_price_usd'),
    reserveUsd: positive(cells, 'reserve_in_usd'),
    fdvUsd: positive(cells, 'fdv_usd'),
    marketCapUsd: positive(cells, 'market_cap_usd'),
    volumeUsdH24: positive(cells, 'volume_usd_h24'),
    changePctH1: cells.decimal('price_change_percentage_h1'),
    changePctH24: cells.decimal('price_change_percentage_h24'),
    buysH1: count(cells, 'transactions_h1_buys'),
    sellsH1: count(cells, 'transactions_h1_sells'),
    buysH24: count(cells, 'transactions_h24_buys'),
    sellsH24: count(cells, 'transactions_h24_sells'),
  };
}

/** The original looked through the newest pools only. */
const SEEN_BY: PoolSnapshotRow['seenBy'] = 'new_pools';

const NO_FIGURES: PoolFigures = {
  basePriceUsd: null,
  quotePriceUsd: null,
  reserveUsd: null,
  fdvUsd: null,
  marketCapUsd: null,
  volumeUsdM5: null,
  volumeUsdH1: null,
  volumeUsdH6: null,
  volumeUsdH24: null,
  changePctM5: null,
  changePctH1: null,
  changePctH6: null,
  changePctH24: null,
  buysH1: null,
  sellsH1: null,
  buysH24: null,
  sellsH24: null,
  buyersH24: null,
  sellersH24: null,
};

function real(cells: Cells, text: string | null, madeUp: RegExp): string | null {
  if (text === null || !madeUp.test(text)) return text;
  cells.repaired('a made-up name was left out', text);
  return null;
}

function tokenId(cells: Cells, column: string, networkId: string, networks: Networks): string | null {
  const text = cells.text(column);
  return text === null ? null : identify(cells, text, networkId, networks).id;
}

function positive(cells: Cells, ...names: readonly string[]): string | null {
  const value = cells.decimal(...names);
  if (value === null || !value.startsWith('-')) return value;
  cells.repaired('a value below zero was left out', `${names[0] ?? ''}: ${value}`);
  return null;
}

function count(cells: Cells, name: string): number | null {
  const value = cells.integer(name);
  return value !== null && value >= 0 ? value : null;
}

/** What does not say when it was seen counts as old: it never replaces what was collected here. */
const LONG_AGO_MS = Date.UTC(2015, 0, 1);

function observed(cells: Cells, nowMs: number): number {
  return Math.min(cells.timeMs('last_updated', 'updated_at', 'created_at') ?? LONG_AGO_MS, nowMs);
}
