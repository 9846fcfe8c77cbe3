// Writes what is measured about the program into the journal of monitor.db: one row for all series. A tick that cannot be stored
// is dropped: failing to store a measurement must never look like the thing measured failing.
import { createHash, randomUUID } from 'node:crypto';
import { packRows } from '../../shared/contract/tables';
import { METRICS, type MetricUnit, type Reading, targetKey } from '../../shared/domain/metrics';
import type { Clock } from '../../shared/util/clock';
import type { Store } from '../storage/store';

/** Decimal places that are kept: more would be noise, and noise does not pack. */
const PLACES: Readonly<Record<MetricUnit, number>> = {
  ms: 1,
  bytes: 0,
  count: 2,
  share: 4,
  ratio: 2,
  days: 2,
  per_second: 2,
  flag: 0,
};
const HOUR_S = 3_600;

export class SampleRecorder {
  readonly #clock: Clock;
  readonly #monitor: Pick<Store, 'write'>;
  /** Batch ids are unique for ever, and the wall clock may name a second twice. */
  readonly #session = randomUUID();
  #ticks = 0;
  /** The layout that was stored last, and in which hour: it is said again every hour, in case the file was replaced. */
  #stored = '';

  constructor(clock: Clock, monitor: Pick<Store, 'write'>) {
    this.#clock = clock;
    this.#monitor = monitor;
  }

  /** Stores the sampled ones of the readings; of a series that comes twice, the later reading. */
  record(readings: readonly Reading[]): void {
    const values = new Map<string, number | null>();
    for (const { metric, target, value } of readings) {
      const { sampled, unit } = METRICS[metric];
      if (sampled) values.set(`${metric} ${targetKey(target)}`, rounded(value, PLACES[unit]));
    }
    if (values.size === 0) return;
    const names = [...values.keys()].sort();
    const layout = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 16);
    const fromS = Math.round(this.#clock.wallMs() / 1_000);
    const body = JSON.stringify(names.map((name) => values.get(name) ?? null));
    const tick = packRows('sample_ticks', [{ fromS, layout, body }]);
    const stored = `${layout} ${Math.floor(fromS / HOUR_S)}`;
    const parts =
      stored === this.#stored
        ? [tick]
        : [packRows('sample_layouts', [{ id: layout, names: JSON.stringify(names) }]), tick];
    this.#stored = stored;
    this.#ticks += 1;
    this.#monitor.write({ id: `tick:${this.#session}:${this.#ticks}`, parts }).catch(() => {
      this.#stored = '';
    });
  }
}

function rounded(value: number | null, places: number): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  const factor = 10 ** places;
  return Math.round(value * factor) / factor;
}
