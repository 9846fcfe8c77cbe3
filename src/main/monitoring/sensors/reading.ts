// How sensors say what they saw: one moment for all readings of a look, and one short way to write a reading down.
import type { MetricName, Reading, Target } from '../../../shared/domain/metrics';

export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** What a sensor found out about one target; a bare number or null needs no words. */
export type Found = Partial<Record<MetricName, number | null | Told>>;

export interface Told {
  readonly value: number | null;
  /** One plain sentence, or null. */
  readonly detail: string | null;
}

export function told(value: number | null, detail: string | null): Told {
  return { value, detail };
}

export function readingsOf(target: Target, { wallMs: atMs }: Moment, found: Found): readonly Reading[] {
  return Object.entries(found).map(([metric, entry]) => {
    const { value, detail } = typeof entry === 'object' && entry !== null ? entry : told(entry, null);
    return { metric: metric as MetricName, target, value, atMs, detail };
  });
}
