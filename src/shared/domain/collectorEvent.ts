// Changes in how the program treats a collector or an API host, each with its cause: what a person asks about the morning after.
import type { CollectorId } from './collector';

export const COLLECTOR_EVENT_KINDS = [
  'cooldown',
  'recovered',
  'paused',
  'resumed',
  'slowed',
  'sped_up',
  'asleep',
  'woke',
  'breaker_open',
  'breaker_half_open',
  'breaker_closed',
] as const;
export type CollectorEventKind = (typeof COLLECTOR_EVENT_KINDS)[number];

export interface CollectorEvent {
  /** Wall time. */
  readonly atMs: number;
  readonly kind: CollectorEventKind;
  /** Null when it concerns an API host or the whole program. */
  readonly collectorId: CollectorId | null;
  /** The API host that a breaker event is about. */
  readonly host: string | null;
  /** One plain sentence. */
  readonly cause: string;
}
