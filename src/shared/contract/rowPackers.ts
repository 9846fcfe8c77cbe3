// How a row of the tables that grow fastest is laid out for the way to another thread, written out property by property: read by
// a variable name, a property costs five times as much. The order is that of tables.ts; a test holds the two together.
// What a row does not have travels as NULL. Every array is a literal that only grows: structured clone is slow on any other.
import type { CandleRow, PoolFigures, PoolRow, TradeRow } from '../domain/market';
import type { PoolSnapshotRow } from '../domain/poolHistory';
import type { SqlValue } from './sqlValue';

export function packPool(row: Partial<PoolRow>): readonly SqlValue[] {
  const values: SqlValue[] = [
    row.id ?? null,
    row.networkId ?? null,
    row.dexId ?? null,
    row.address ?? null,
    row.name ?? null,
    row.baseTokenId ?? null,
    row.quoteTokenId ?? null,
    row.createdAtMs ?? null,
  ];
  pushFigures(values, row);
  values.push(row.feePct ?? null, row.lockedLiquidityPct ?? null, row.observedAtMs ?? null);
  return values;
}

export function packSnapshot(row: Partial<PoolSnapshotRow>): readonly SqlValue[] {
  const values: SqlValue[] = [row.poolId ?? null, row.observedAtMs ?? null, row.seenBy ?? null];
  pushFigures(values, row);
  return values;
}

function pushFigures(values: SqlValue[], row: Partial<PoolFigures>): void {
  values.push(
    row.basePriceUsd ?? null,
    row.quotePriceUsd ?? null,
    row.reserveUsd ?? null,
    row.fdvUsd ?? null,
    row.marketCapUsd ?? null,
    row.volumeUsdM5 ?? null,
    row.volumeUsdH1 ?? null,
    row.volumeUsdH6 ?? null,
    row.volumeUsdH24 ?? null,
    row.changePctM5 ?? null,
    row.changePctH1 ?? null,
    row.changePctH6 ?? null,
    row.changePctH24 ?? null,
    row.buysH1 ?? null,
    row.sellsH1 ?? null,
    row.buysH24 ?? null,
    row.sellsH24 ?? null,
    row.buyersH24 ?? null,
    row.sellersH24 ?? null,
  );
}

export function packCandle(row: Partial<CandleRow>): readonly SqlValue[] {
  return [
    row.poolId ?? null,
    row.timeframe ?? null,
    row.aggregate ?? null,
    row.side ?? null,
    row.currency ?? null,
    row.startsAtS ?? null,
    row.open ?? null,
    row.high ?? null,
    row.low ?? null,
    row.close ?? null,
    row.volume ?? null,
    row.observedAtMs ?? null,
  ];
}

export function packTrade(row: Partial<TradeRow>): readonly SqlValue[] {
  return [
    row.poolId ?? null,
    row.txHash ?? null,
    row.logIndex ?? null,
    row.blockNumber ?? null,
    row.blockAtMs ?? null,
    row.kind ?? null,
    row.fromTokenAddress ?? null,
    row.toTokenAddress ?? null,
    row.fromAmount ?? null,
    row.toAmount ?? null,
    row.priceUsd ?? null,
    row.priceQuote ?? null,
    row.quotePriceUsd ?? null,
    row.volumeUsd ?? null,
    row.sender ?? null,
    row.observedAtMs ?? null,
  ];
}
