// How much of the past an answer of the candle endpoint proves to be complete. Pure.
import type { CandleRow } from '../../../shared/domain/market';
import type { Range } from '../../../shared/util/ranges';
import type { Parsed } from '../../sources/marketSource';

/** The most that one call returns. */
export const CANDLES_PER_CALL = 1_000;

/** One answer reaches about six months back, however few bars there are. */
export const REACH_S = 180 * 86_400;

/**
 * Down to which time an answer to "at most `limit` bars before `to`" holds everything, at most down to `from`. A full answer ends
 * where it ends. A shorter one is all there is within the reach of a call, and an empty one means that the beginning of the
 * series lies behind us.
 */
export function reachOf({ rows, fetched }: Parsed<CandleRow>, { from, to }: Range, limit: number): number {
  const oldestS = rows[0]?.startsAtS;
  if (oldestS === undefined) return from;
  const provenS = fetched >= limit ? oldestS : Math.min(oldestS, to - REACH_S);
  // A source that ignores what it is asked must not keep us asking for ever.
  return Math.max(from, Math.min(provenS, to - 1));
}
