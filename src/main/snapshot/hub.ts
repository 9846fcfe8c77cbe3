// The one source of what the window shows. Services replace their slice; listeners get at most four patches a second, none
// while nobody watches, and a heartbeat so that silence always means trouble.
import type { AppSnapshot, SnapshotPatch, SnapshotSlices } from '../../shared/contract/snapshot';
import type { Clock, TimerHandle } from '../../shared/util/clock';

export const PUSH_INTERVAL_MS = 250;
export const HEARTBEAT_MS = 5_000;

type SliceName = keyof SnapshotSlices;

export class SnapshotHub {
  readonly #clock: Clock;
  readonly #listeners = new Set<(patch: SnapshotPatch) => void>();
  #snapshot: AppSnapshot;
  readonly #changed = new Set<SliceName>();
  #timer: TimerHandle | null = null;
  #pushedAtMs: number;
  #watched = true;
  #followers = 0;
  #closed = false;

  constructor(clock: Clock, slices: SnapshotSlices) {
    this.#clock = clock;
    this.#snapshot = { ...slices, version: 1, atMs: clock.wallMs() };
    this.#pushedAtMs = clock.monotonicMs();
    this.#arm();
  }

  /** The current state. Changes not pushed yet are pushed first, so that the next patch follows this version. */
  current(): AppSnapshot {
    this.#push();
    return this.#snapshot;
  }

  /** The current slices, without pushing anything. */
  peek(): SnapshotSlices {
    return this.#snapshot;
  }

  replace<S extends SliceName>(name: S, slice: SnapshotSlices[S]): void {
    this.#snapshot = { ...this.#snapshot, [name]: slice };
    this.#changed.add(name);
    this.#arm();
  }

  onPatch(listener: (patch: SnapshotPatch) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** As `onPatch`, and patches are made for it while nobody watches, too. */
  follow(listener: (patch: SnapshotPatch) => void): () => void {
    const end = this.onPatch(listener);
    this.#followers += 1;
    this.#arm();
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      end();
      this.#followers -= 1;
      this.#arm();
    };
  }

  /** Tells what has changed now instead of in turn: somebody waits for it. */
  flush(): void {
    if (this.#changed.size === 0 || this.#closed) return;
    this.#push();
    this.#arm();
  }

  setWatched(watched: boolean): void {
    this.#watched = watched;
    this.#arm();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  #arm(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if ((!this.#watched && this.#followers === 0) || this.#closed) return;
    const dueMs = this.#pushedAtMs + (this.#changed.size > 0 ? PUSH_INTERVAL_MS : HEARTBEAT_MS);
    this.#timer = this.#clock.after(Math.max(0, dueMs - this.#clock.monotonicMs()), () => {
      this.#push();
      this.#arm();
    });
  }

  #push(): void {
    const from = this.#snapshot.version;
    const slices = Object.fromEntries([...this.#changed].map((name) => [name, this.#snapshot[name]]));
    this.#changed.clear();
    this.#pushedAtMs = this.#clock.monotonicMs();
    this.#snapshot = { ...this.#snapshot, version: from + 1, atMs: this.#clock.wallMs() };
    const patch: SnapshotPatch = { from, to: from + 1, atMs: this.#snapshot.atMs, slices };
    for (const listener of this.#listeners) listener(patch);
  }
}
