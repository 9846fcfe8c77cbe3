// Packs and rolls up every hour of samples that has ended. The rows are made in the reader thread and written as ordinary batches;
// the seal of the hour comes last, so that whatever is interrupted is done again and comes out the same.
import { randomUUID } from 'node:crypto';
import { packRows, type TableRows } from '../../shared/contract/tables';
import type { SampleHour } from '../../shared/contract/reads';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import type { Store } from '../storage/store';

const UPKEEP_EVERY_MS = 60_000;
/** A few milliseconds of the reader, and some hundred kilobytes on the way to the writer. */
const SERIES_PER_BATCH = 40;

export class SampleUpkeep {
  readonly #clock: Clock;
  readonly #monitor: Pick<Store, 'read' | 'write' | 'status'>;
  #timer: TimerHandle | null = null;
  /** Batch ids are unique for ever. */
  readonly #session = randomUUID();
  #batches = 0;
  #stopped = false;

  constructor(clock: Clock, monitor: Pick<Store, 'read' | 'write' | 'status'>) {
    this.#clock = clock;
    this.#monitor = monitor;
  }

  start(): void {
    this.#timer = this.#clock.after(UPKEEP_EVERY_MS, () => {
      // A database that cannot be used now is asked again in a minute; the journal keeps everything meanwhile.
      void this.run()
        .catch(() => undefined)
        .then(() => {
          if (!this.#stopped) this.start();
        });
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  /**
   * Seals everything that is due, as long as the database takes it: an hour goes into what is stored of its day, and what waits in
   * the spool is not in there yet. Rejects with a StorageError when the database cannot be read or written.
   */
  async run(): Promise<void> {
    if (this.#monitor.status().breaker.state !== 'closed') return;
    for (const hour of await this.#monitor.read('samples.due', { nowMs: this.#clock.wallMs() })) {
      if (!(await this.#seal(hour))) return;
    }
  }

  /** False when the rest has to wait. */
  async #seal({ fromS, ticks }: SampleHour): Promise<boolean> {
    const time = { nowMs: this.#clock.wallMs(), zone: timeZone() };
    for (let offset = 0, isLast = false; !isLast; offset += SERIES_PER_BATCH) {
      const part = await this.#monitor.read('samples.seal', { ...time, fromS, offset, limit: SERIES_PER_BATCH });
      isLast = part.isLast;
      if (part.parts.length > 0 && !(await this.#write(part.parts))) return false;
      if (this.#stopped) return false;
    }
    return await this.#write([packRows('sample_seals', [{ fromS, ticks }])]);
  }

  /** True when the rows are in the database. */
  async #write(parts: readonly TableRows[]): Promise<boolean> {
    this.#batches += 1;
    const { durability } = await this.#monitor.write({ id: `seal:${this.#session}:${this.#batches}`, parts });
    return durability === 'committed';
  }
}

/** Where days begin, for the person at this machine. */
export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
