// What the sensors' tests share: a moment, and readings by name.
import type { MetricName, Reading } from '../../../../src/shared/domain/metrics';
import type { Moment } from '../../../../src/main/monitoring/sensors/reading';

export const WALL_MS = Date.UTC(2026, 5, 1, 12);

/** So many milliseconds after the start, on both clocks. */
export function at(ms: number): Moment {
  return { wallMs: WALL_MS + ms, monotonicMs: 5_000 + ms };
}

export function valueOf(readings: readonly Reading[], metric: MetricName): number | null {
  return find(readings, metric).value;
}

export function detailOf(readings: readonly Reading[], metric: MetricName): string | null {
  return find(readings, metric).detail;
}

function find(readings: readonly Reading[], metric: MetricName): Reading {
  const found = readings.filter((reading) => reading.metric === metric);
  if (found.length !== 1) throw new Error(`${found.length} readings of ${metric}`);
  return found[0] as Reading;
}
