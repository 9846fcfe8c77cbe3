// Writes what is measured about the program into the journal of monitor.db: one row for all series. A tick that cannot be stored
// is dropped: failing to store a measurement must never look like the thing measured failing.
import { createHash, randomUUID } from 'node:crypto';
import { packRows } from '../../shared/contract/tables';
import { METRICS, type MetricUnit, type Reading, targetKey } from '../../shared/domain/metrics';
import { SAMPLE_EVERY_S } from '../../shared/domain/series';
import type { Clock, TimerHandle } from '../../shared/util/clock';
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
  /** Every series that was met; null since the last tick until it is read again. */
  readonly #values = new Map<string, number | null>();
  /** The layout that was stored last, and in which hour: it is said again every hour, in case the file was replaced. */
  #stored = '';
  #timer: TimerHandle | null = null;

  constructor(clock: Clock, monitor: Pick<Store, 'write'>) {
    this.#clock = clock;
    this.#monitor = monitor;
  }

  start(): void {
    this.#timer = this.#clock.after(SAMPLE_EVERY_S * 1_000, () => {
      this.tick();
      this.start();
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /** Takes note of readings, of which those that are sampled go into the next tick; the latest of a series counts. */
  record(readings: readonly Reading[]): void {
    for (const { metric, target, value } of readings) {
      const { sampled, unit } = METRICS[metric];
      if (sampled) this.#values.set(`${metric} ${targetKey(target)}`, rounded(value, PLACES[unit]));
    }
  }

  /** Stores one sample of every series that was read since the last tick. */
  tick(): void {
    const names = [...this.#values.keys()].sort();
    const values = names.map((name) => this.#values.get(name) ?? null);
    for (const name of names) this.#values.set(name, null);
    if (values.every((value) => value === null)) return;
    const layout = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 16);
    const fromS = Math.round(this.#clock.wallMs() / 1_000);
    const tick = packRows('sample_ticks', [{ fromS, layout, body: JSON.stringify(values) }]);
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
