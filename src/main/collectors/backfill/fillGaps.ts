// Fetches the missing stretches of one series, page by page from new to old. Each page carries its bars together with the coverage
// it proves, to be stored in one batch: a run that is cut off anywhere has lost nothing and asks for nothing twice.
import { packRows } from '../../../shared/contract/tables';
import { barSeconds } from '../../../shared/domain/bars';
import type { Clock } from '../../../shared/util/clock';
import type { Range } from '../../../shared/util/ranges';
import type { MarketSource } from '../../sources/marketSource';
import { SourceError } from '../../sources/http/sourceError';
import type { CandleTarget } from '../candleTargets';
import type { CollectedPage } from '../collector';
import { pageOf } from '../pages';
import { CANDLES_PER_CALL, reachOf } from './candleReach';
import { isRefusal, refusedPage } from './refusals';

export interface FillTools {
  readonly client: Pick<MarketSource, 'listCandles'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Waits for a moment in which a call takes nothing from anybody else; false means: not now, come back later. */
  turn(): Promise<boolean>;
}

/** `ranges` are the gaps, oldest first. Ends early, without an error, when the source refuses or no turn is to be had. */
export async function* fillGaps(
  tools: FillTools,
  target: CandleTarget,
  ranges: readonly Range[],
): AsyncGenerator<CollectedPage> {
  for (const range of [...ranges].reverse()) {
    let before = range.to;
    while (before > range.from) {
      if (!(await tools.turn())) return;
      try {
        const { page, reachedS } = await fetchPage(tools, target, { from: range.from, to: before });
        yield page;
        before = reachedS;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        yield refusedPage(target, before, tools.clock.wallMs());
        // What is older than a refused time is refused as well.
        return;
      }
    }
  }
}

async function fetchPage(
  { client, clock, signal }: FillTools,
  { series, networkId, poolAddress }: CandleTarget,
  range: Range,
): Promise<{ readonly page: CollectedPage; readonly reachedS: number }> {
  const { timeframe, aggregate, side, currency } = series;
  const limit = Math.min(CANDLES_PER_CALL, Math.ceil((range.to - range.from) / barSeconds(series)));
  const candles = await client.listCandles(
    { networkId, poolAddress, timeframe, aggregate, side, currency, beforeS: range.to, limit },
    signal,
  );
  if (candles.fetched > 0 && candles.rows.length === 0)
    throw new SourceError('malformed', `None of the ${candles.fetched} bars that the source sent could be used.`);
  const reachedS = reachOf(candles, range, limit);
  const coverage = {
    ...series,
    fromS: reachedS,
    toS: range.to,
    refusedBeforeS: null,
    newestAtMs: null,
    observedAtMs: clock.wallMs(),
  };
  return {
    page: pageOf([candles], [packRows('candles', candles.rows), packRows('candle_coverage', [coverage])]),
    reachedS,
  };
}
