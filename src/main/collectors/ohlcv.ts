// The newest candles of watched and large pools. Asks from where it left off, so that what was missed meanwhile comes along and a
// bar that was open then is told how it closed. Whatever lies further back is the backfill's.
import { packRows } from '../../shared/contract/tables';
import { barSeconds } from '../../shared/domain/bars';
import type { CandleRow } from '../../shared/domain/market';
import type { SeriesState } from '../../shared/domain/coverage';
import type { Parsed } from '../sources/marketSource';
import { CANDLES_PER_CALL, reachOf } from './backfill/candleReach';
import { isRefusal, refusedPage, refusedUntilS } from './backfill/refusals';
import { settledS } from './backfill/seriesWindow';
import { type CandleTarget, candleTargets } from './candleTargets';
import type { CollectContext, CollectedPage, Collector } from './collector';
import { pageOf, shortfallPage } from './pages';
import { PartFailures } from './partFailures';

/** A bar is looked at about this many times while it is open; long ones need not be asked for at every run. */
const LOOKS_PER_BAR = 12;

/** Asked for beyond what is new: bars that were open, or that the source may still have corrected. */
const OVERLAP_BARS = 3;

export const ohlcvCollector: Collector = {
  id: 'ohlcv',
  title: 'Candles',
  description: 'Price bars of the watched and the largest pools.',
  reachesBackMs: ({ ohlcv }) => CANDLES_PER_CALL * 1_000 * Math.min(...ohlcv.bars.map(barSeconds)),
  async *collect(context) {
    const failures = new PartFailures();
    let anyFresh = false;
    for (const target of await candleTargets(context.read, context.settings)) {
      const state = await stateOf(context, target);
      if (isRefused(context, target, state)) continue;
      if (!isDue(context, target, state)) {
        anyFresh = true;
        continue;
      }
      context.progress(target.label);
      try {
        const page = await newestBars(context, target, state);
        failures.succeeded();
        yield page;
      } catch (error) {
        const shortfall = failures.failed(target.label, error);
        const nowMs = context.clock.wallMs();
        yield isRefusal(error) ? refusedPage(target, Math.ceil(nowMs / 1_000), nowMs) : shortfallPage(shortfall);
      }
    }
    // Series that need nothing yet were served a moment ago: one that cannot be had beside them is no failure of the run.
    if (!anyFresh) failures.finish();
  },
};

/** Its coverage is all that matters here; an empty window spares the counting. */
function stateOf({ clock, read }: CollectContext, { series }: CandleTarget): Promise<SeriesState> {
  const nowS = Math.floor(clock.wallMs() / 1_000);
  return read('candles.state', { series, window: { from: nowS, to: nowS } });
}

/** Refused up to the moment in which it was asked for; a refusal that is about old bars says nothing of new ones. */
function isRefused({ clock }: CollectContext, { series }: CandleTarget, state: SeriesState): boolean {
  const askedS = (state.refused?.atMs ?? 0) / 1_000;
  const untilS = refusedUntilS(state, clock.wallMs());
  return untilS > 0 && untilS > askedS - barSeconds(series);
}

function isDue({ clock }: CollectContext, { series }: CandleTarget, { newestAtMs }: SeriesState): boolean {
  const sinceMs = newestAtMs === null ? Number.POSITIVE_INFINITY : clock.wallMs() - newestAtMs;
  // A clock that was set back must not silence a series.
  return sinceMs < 0 || sinceMs >= (barSeconds(series) * 1_000) / LOOKS_PER_BAR;
}

async function newestBars(
  { client, clock, signal }: CollectContext,
  { series, networkId, poolAddress }: CandleTarget,
  state: SeriesState,
): Promise<CollectedPage> {
  const { timeframe, aggregate, side, currency } = series;
  const barS = barSeconds(series);
  const askedAtMs = clock.wallMs();
  const coveredToS = state.coverage.at(-1)?.to ?? 0;
  const missing = Math.ceil((askedAtMs / 1_000 - coveredToS) / barS) + OVERLAP_BARS;
  // Where the clock was set back, what is covered lies ahead.
  const limit = Math.min(CANDLES_PER_CALL, Math.max(1, missing));
  const candles = await client.listCandles(
    { networkId, poolAddress, timeframe, aggregate, side, currency, beforeS: null, limit },
    signal,
  );
  const range = provenRange(candles, settledS(series, askedAtMs), limit);
  const coverage = {
    ...series,
    ...range,
    refusedBeforeS: null,
    newestAtMs: askedAtMs,
    observedAtMs: clock.wallMs(),
  };
  return pageOf([candles], [packRows('candles', candles.rows), packRows('candle_coverage', [coverage])]);
}

/** The newest bars are still moving: what is proven ends before them. An empty answer proves nothing here. */
function provenRange(
  candles: Parsed<CandleRow>,
  endS: number,
  limit: number,
): { readonly fromS: number; readonly toS: number } {
  const fromS = candles.rows.length === 0 ? endS : reachOf(candles, { from: 0, to: endS }, limit);
  return { fromS: Math.min(fromS, endS), toS: endS };
}
