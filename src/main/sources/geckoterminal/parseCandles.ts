// Candles: the source sends the newest first, sometimes a bar twice, sometimes an open outside the bar's range.
import type { z } from 'zod';
import { barSeconds } from '../../../shared/domain/bars';
import type { CandleRow, Decimal } from '../../../shared/domain/market';
import { compareDecimals } from '../../../shared/util/decimal';
import type { CandleRequest, Parsed } from '../marketSource';
import { canonicalId } from './ids';
import { malformed } from './malformed';
import { Rejection, readItems } from './readItems';
import { candleAnswer, candleRow } from './schemas';

/** Before 2009 there was no chain to trade on. */
const EARLIEST_S = Date.UTC(2009, 0, 1) / 1000;

/** How far the source's clock may be ahead of this machine's before a bar is taken for a mistake. */
const CLOCK_TOLERANCE_S = 86_400;

/** Rows oldest first, one per start time. Throws a SourceError `malformed` when the answer holds no list. */
export function parseCandles(answer: unknown, request: CandleRequest, observedAtMs: number): Parsed<CandleRow> {
  const parsed = candleAnswer.safeParse(answer);
  if (!parsed.success) throw malformed('candles', answer);
  const read = readItems(parsed.data.data.attributes.ohlcv_list, candleRow, (bar) =>
    toCandleRow(bar, request, observedAtMs),
  );
  return { ...read, rows: mergeRepeats(read.rows) };
}

function toCandleRow(bar: z.infer<typeof candleRow>, request: CandleRequest, observedAtMs: number): CandleRow {
  const open = price(bar.open);
  const close = price(bar.close);
  const volume = bar.volume;
  if (volume === null || isNegative(volume)) throw new Rejection('candle without a volume');
  return {
    poolId: poolIdOf(request),
    timeframe: request.timeframe,
    aggregate: request.aggregate,
    side: request.side,
    currency: request.currency,
    startsAtS: startOf(bar.startsAtS, request, observedAtMs),
    open,
    // The open is the close of the bar before, which may lie outside this bar's own trades.
    high: extreme([price(bar.high), open, close], 1),
    low: extreme([price(bar.low), open, close], -1),
    close,
    volume,
    observedAtMs,
  };
}

function poolIdOf({ poolAddress, networkId }: CandleRequest): string {
  const poolId = canonicalId(poolAddress, networkId);
  if (poolId === null) throw new RangeError('a candle request needs the address of a pool');
  return poolId;
}

function startOf(startsAtS: unknown, request: CandleRequest, observedAtMs: number): number {
  if (typeof startsAtS !== 'number' || !Number.isInteger(startsAtS) || startsAtS < EARLIEST_S) {
    throw new Rejection('candle time is not in seconds since 1970');
  }
  if (startsAtS > observedAtMs / 1000 + CLOCK_TOLERANCE_S) throw new Rejection('candle time lies in the future');
  if (startsAtS % barSeconds(request) !== 0) {
    throw new Rejection('candle time is not the start of a bar');
  }
  return startsAtS;
}

function price(value: Decimal | null): Decimal {
  if (value === null || isNegative(value)) throw new Rejection('candle without a price');
  return value;
}

function isNegative(value: Decimal): boolean {
  return value.startsWith('-');
}

/** The largest (direction 1) or smallest (direction -1) of the values. */
function extreme(values: readonly [Decimal, ...Decimal[]], direction: 1 | -1): Decimal {
  return values.reduce((best, value) => (compareDecimals(value, best) * direction > 0 ? value : best));
}

/** Of bars with the same start the one with the larger volume has seen more trades; they are never added up. */
function mergeRepeats(rows: readonly CandleRow[]): readonly CandleRow[] {
  const byStart = new Map<number, CandleRow>();
  for (const row of rows) {
    const known = byStart.get(row.startsAtS);
    if (!known || compareDecimals(row.volume, known.volume) > 0) byStart.set(row.startsAtS, row);
  }
  return [...byStart.values()].sort((a, b) => a.startsAtS - b.startsAtS);
}
