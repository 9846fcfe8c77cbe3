// What the source refuses for good: a pool that it does not serve, a time beyond the plan. It is written down with the series, so
// that nobody asks again before a day has passed. The plan may have changed by then, the pool may be served.
import { packRows } from '../../../shared/contract/tables';
import { NOT_SERVED } from '../../../shared/domain/collector';
import type { SeriesState } from '../../../shared/domain/coverage';
import { SourceError } from '../../sources/http/sourceError';
import type { CandleTarget } from '../candleTargets';
import type { CollectedPage } from '../collector';

const ASK_AGAIN_AFTER_MS = 24 * 60 * 60_000;

export function isRefusal(error: unknown): error is SourceError {
  return (
    error instanceof SourceError &&
    (error.class === 'page_limit' || error.class === 'not_found' || error.class === 'bad_request')
  );
}

/** To be stored: bars of this series before `beforeS` were refused. That is how the source is, and no failure of the run. */
export function refusedPage({ series }: CandleTarget, beforeS: number, observedAtMs: number): CollectedPage {
  const row = {
    ...series,
    fromS: beforeS,
    toS: beforeS,
    refusedBeforeS: beforeS,
    newestAtMs: null,
    observedAtMs,
  };
  return {
    parts: [packRows('candle_coverage', [row])],
    fetched: 0,
    valid: 0,
    rejected: [{ reason: NOT_SERVED, count: 1 }],
    shortfall: null,
  };
}

/** The time, in seconds, before which bars are still refused at `wallMs`; 0 when none are. */
export function refusedUntilS({ refused }: Pick<SeriesState, 'refused'>, wallMs: number): number {
  return refused !== null && wallMs - refused.atMs < ASK_AGAIN_AFTER_MS ? refused.beforeS : 0;
}
