// What a person orders a collector to do. What came of it shows in its row.
import type { CollectorSlice } from '../../../../shared/contract/snapshot';
import { formatClock } from '../../../../shared/util/format';
import { giveOrder } from '../../components/orders';

const MINUTE_MS = 60_000;

export const PAUSES = [
  { key: '15m', label: 'For 15 minutes', forMs: 15 * MINUTE_MS },
  { key: '1h', label: 'For 1 hour', forMs: 60 * MINUTE_MS },
  { key: 'open', label: 'Until resumed', forMs: null },
] as const;

type Named = Pick<CollectorSlice, 'id' | 'title'>;

/** `forMs` null: until it is resumed. */
export function orderPause({ id, title }: Named, forMs: number | null): Promise<boolean> {
  const untilMs = forMs === null ? null : Date.now() + forMs;
  return giveOrder({
    name: 'collector.pause',
    args: { collectorId: id, untilMs },
    accepted: () => `${title} paused ${untilMs === null ? 'until resumed' : `until ${formatClock(untilMs)}`}.`,
    refused: `${title} was not paused`,
  });
}

export function orderResume({ id, title }: Named): Promise<boolean> {
  return giveOrder({
    name: 'collector.resume',
    args: { collectorId: id },
    accepted: () => `${title} resumed.`,
    refused: `${title} was not resumed`,
  });
}

export function orderRun({ id, title }: Named): Promise<boolean> {
  return giveOrder({
    name: 'collector.runNow',
    args: { collectorId: id },
    accepted: () => `${title}: run accepted.`,
    refused: `${title} was not started`,
  });
}
