// The gaps of the series that are collected, as they stand in the database now.
import type { Settings } from '../../../shared/domain/settings';
import type { Clock } from '../../../shared/util/clock';
import { type CandleTarget, candleTargets } from '../candleTargets';
import type { CollectContext } from '../collector';
import { expectedWindow, gapsOf, type SeriesGaps } from './seriesWindow';

/** Before a bar counts as missing, the candle collector has had this many runs to fetch it. */
const RUNS_OF_GRACE = 2;

export interface GapTools {
  readonly clock: Clock;
  readonly read: CollectContext['read'];
  readonly settings: Settings;
  /** How far back the plan reaches; null without a limit. */
  readonly planDays: number | null;
}

/** Of every collected series. */
export function collectedSeries({ read, settings }: GapTools): Promise<readonly CandleTarget[]> {
  return candleTargets(read, settings);
}

export async function readGaps(tools: GapTools, { series }: CandleTarget): Promise<SeriesGaps> {
  const { clock, planDays, read, settings } = tools;
  const keptDays = settings.retention.candlesDays[series.timeframe === 'second' ? 'minute' : series.timeframe];
  const options = {
    wallMs: clock.wallMs(),
    // What is older than it is kept would only be deleted again.
    days: Math.min(settings.ohlcv.historyDays, keptDays ?? Infinity),
    planDays,
    graceMs: RUNS_OF_GRACE * settings.collectors.ohlcv.intervalMs,
  };
  // The window depends on the pool's age and on refusals, which are read with the window.
  const widest = expectedWindow(series, { refused: null, poolCreatedAtMs: null }, options);
  const state = await read('candles.state', { series, window: widest });
  const window = expectedWindow(series, state, options);
  if (window.from === widest.from) return gapsOf(series, window, state);
  return gapsOf(series, window, await read('candles.state', { series, window }));
}
