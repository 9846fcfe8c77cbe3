// What a person can order of a collector and of the host it asks: each says whether it was accepted, and if not, why.
import type { CollectorState } from '../../../../shared/contract/snapshot';
import { formatUntil } from '../../../../shared/util/format';
import { giveOrder } from '../orders';
import { t } from '../../texts/texts';

const MINUTE_MS = 60_000;

export const PAUSES = [
  { key: '15m', labelKey: 'collector.pauseFor.15m', forMs: 15 * MINUTE_MS },
  { key: '1h', labelKey: 'collector.pauseFor.1h', forMs: 60 * MINUTE_MS },
  { key: '8h', labelKey: 'collector.pauseFor.8h', forMs: 8 * 60 * MINUTE_MS },
  { key: 'open', labelKey: 'collector.pauseFor.open', forMs: null },
] as const;

type Named = Pick<CollectorState, 'id' | 'title'>;

/** Null pauses until somebody resumes it. */
export function pauseFor(collector: Named, forMs: number | null): Promise<boolean> {
  return pauseUntil(collector, forMs === null ? null : Date.now() + forMs);
}

/** Null pauses until somebody resumes it. */
export function pauseUntil({ id, title }: Named, untilMs: number | null): Promise<boolean> {
  return giveOrder({
    name: 'collector.pause',
    args: { collectorId: id, untilMs },
    accepted: () =>
      untilMs === null
        ? t('collector.pausedOpen', { title })
        : t('collector.pausedUntil', { title, time: formatUntil(untilMs, Date.now()) }),
    refused: t('collector.notPaused', { title }),
  });
}

export function resume({ id, title }: Named): Promise<boolean> {
  return giveOrder({
    name: 'collector.resume',
    args: { collectorId: id },
    accepted: () => t('collector.resumed', { title }),
    refused: t('collector.notResumed', { title }),
  });
}

export function runNow({ id, title }: Named): Promise<boolean> {
  return giveOrder({
    name: 'collector.runNow',
    args: { collectorId: id },
    accepted: () => t('collector.runAccepted', { title }),
    refused: t('collector.notStarted', { title }),
  });
}

export function resetBreaker(host: string): Promise<boolean> {
  return giveOrder({
    name: 'host.resetBreaker',
    args: { host },
    accepted: () => t('collector.hostAsked', { host }),
    refused: t('collector.breakerNotReset'),
  });
}
