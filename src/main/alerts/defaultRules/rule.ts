// What the rules that come with the program have in common.
import type { AlertRule } from '../../../shared/domain/alerts';
import type { MetricName } from '../../../shared/domain/metrics';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;

export const FLAG = { fire: 1, clear: 1 } as const;
/** Others tell what fails now; this is for what comes and goes. */
export const BURNING = { fire: 1, clear: 0.9, forMs: 2 * MINUTE_MS } as const;

export type Chosen = Pick<AlertRule, 'id' | 'title' | 'fire' | 'clear' | 'severity' | 'advice'> &
  Partial<Omit<AlertRule, 'metric' | 'version'>>;

/** Fires at once above its limit, ends with the first good reading after `keepForMs`, and is over when readings stop. */
export function rule(metric: MetricName, chosen: Chosen): AlertRule {
  return {
    version: 1,
    enabled: true,
    metric,
    targets: null,
    comparison: 'above',
    forMs: 0,
    keepForMs: 5 * SECOND_MS,
    goodReadings: 2,
    noData: 'keep',
    expectedEveryMs: 10 * SECOND_MS,
    needsNetwork: false,
    ...chosen,
  };
}
