// The series of monitor.db as readings, for trying a rule on the past.
import type { Reading } from '../../shared/domain/metrics';
import { SAMPLE_EVERY_S } from '../../shared/domain/series';
import type { Clock } from '../../shared/util/clock';
import type { ReadingSource } from '../alerts/backTest';
import { timeZone } from '../monitoring/sampleUpkeep';
import type { Store } from '../storage/store';

/** A week of minutes, and a little more; longer stretches come in wider buckets. */
const MAX_POINTS = 10_500;

export function storedReadings(monitor: Store, clock: Clock): ReadingSource {
  return {
    async readings(metric, targetIds, fromMs, toMs, comparison) {
      const points = Math.min(MAX_POINTS, Math.max(1, Math.ceil((toMs - fromMs) / (SAMPLE_EVERY_S * 1_000))));
      const series = await monitor.read('samples.list', null);
      const readings: Reading[] = [];
      for (const { target } of series.filter((one) => one.metric === metric)) {
        if (targetIds !== null && !targetIds.includes(target.id)) continue;
        const asked = { metric, target, fromMs, toMs, points, nowMs: clock.wallMs(), zone: timeZone() };
        for (const bucket of await monitor.read('samples.series', asked)) {
          const value = comparison === 'above' ? bucket.max : bucket.min;
          readings.push({ metric, target, value, atMs: bucket.fromMs, detail: null });
        }
      }
      return readings;
    },
  };
}
