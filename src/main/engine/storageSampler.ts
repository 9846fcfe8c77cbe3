// Writes how each database did into monitor.db every few seconds, for the charts. A sample that cannot be stored is dropped:
// failing to store a measurement must never look like the thing measured failing.
import type { StorageSampleRow } from '../../shared/contract/rows/recordRows';
import { packRows } from '../../shared/contract/tables';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import type { Store } from '../storage/store';

export const SAMPLE_INTERVAL_MS = 5_000;

export class StorageSampler {
  readonly #clock: Clock;
  readonly #stores: readonly Store[];
  readonly #monitor: Store;
  #timer: TimerHandle | null = null;

  constructor(clock: Clock, stores: readonly Store[], monitor: Store) {
    this.#clock = clock;
    this.#stores = stores;
    this.#monitor = monitor;
  }

  start(): void {
    this.#timer = this.#clock.after(SAMPLE_INTERVAL_MS, () => {
      this.#sample();
      this.start();
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #sample(): void {
    const atMs = this.#clock.wallMs();
    const rows = this.#stores.map((store) => sampleOf(store, atMs));
    this.#monitor.write({ id: `sample:${atMs}`, parts: [packRows('storage_samples', rows)] }).catch(() => undefined);
  }
}

function sampleOf(store: Store, atMs: number): StorageSampleRow {
  const status = store.status();
  return {
    database: status.name,
    atMs,
    state: status.state,
    commits: status.commits,
    rows: status.rowsWritten,
    commitP50Ms: status.commitLatency.p50Ms,
    commitP95Ms: status.commitLatency.p95Ms,
    lockWaitP95Ms: status.lockWait.p95Ms,
    lockWaitMaxMs: status.lockWait.maxMs,
    queuedBatches: status.queuedBatches,
    sizeBytes: status.sizeBytes,
    walBytes: status.walBytes,
  };
}
