// What a person can order of a collector and of the host it asks: each says whether it was accepted, and if not, why.
import type { CollectorSlice } from '../../../../shared/contract/snapshot';
import { formatClock } from '../../../../shared/util/format';
import { giveOrder } from '../orders';

const MINUTE_MS = 60_000;

export const PAUSES = [
  { key: '15m', label: 'For 15 minutes', forMs: 15 * MINUTE_MS },
  { key: '1h', label: 'For 1 hour', forMs: 60 * MINUTE_MS },
  { key: '8h', label: 'For 8 hours', forMs: 8 * 60 * MINUTE_MS },
  { key: 'open', label: 'Until resumed', forMs: null },
] as const;

type Named = Pick<CollectorSlice, 'id' | 'title'>;

/** Null pauses until somebody resumes it. */
export function pauseFor({ id, title }: Named, forMs: number | null): Promise<boolean> {
  const untilMs = forMs === null ? null : Date.now() + forMs;
  return giveOrder({
    name: 'collector.pause',
    args: { collectorId: id, untilMs },
    accepted: () => `${title} paused ${untilMs === null ? 'until resumed' : `until ${formatClock(untilMs)}`}.`,
    refused: `${title} was not paused`,
  });
}

export function resume({ id, title }: Named): Promise<boolean> {
  return giveOrder({
    name: 'collector.resume',
    args: { collectorId: id },
    accepted: () => `${title} resumed.`,
    refused: `${title} was not resumed`,
  });
}

export function runNow({ id, title }: Named): Promise<boolean> {
  return giveOrder({
    name: 'collector.runNow',
    args: { collectorId: id },
    accepted: () => `${title}: run accepted.`,
    refused: `${title} was not started`,
  });
}

export function resetBreaker(host: string): Promise<boolean> {
  return giveOrder({
    name: 'host.resetBreaker',
    args: { host },
    accepted: () => `${host} is asked now; its answer decides.`,
    refused: 'The breaker was not reset',
  });
}
