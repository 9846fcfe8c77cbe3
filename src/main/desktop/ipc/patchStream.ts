// What one window is told, and when: never more than one patch is under way, so that a page which is slower than the program gets
// fewer and larger ones instead of a queue that it never gets to the end of. Knows no Electron.
import type { CollectorSlice, SnapshotPatch } from '../../../shared/contract/snapshot';
import { patchText } from '../../../shared/contract/snapshotWire';

export class PatchStream {
  readonly #send: (text: string) => void;
  /** As of the version that the page was brought to last. */
  #collectors: readonly CollectorSlice[];
  #waiting: SnapshotPatch | null = null;
  #isUnderWay = false;

  /** @param collectors as of the version that the first patch follows */
  constructor(send: (text: string) => void, collectors: readonly CollectorSlice[]) {
    this.#send = send;
    this.#collectors = collectors;
  }

  /** Every patch must be told, also while nobody watches. */
  add(patch: SnapshotPatch, isWatched: boolean): void {
    const { from, slices } = this.#waiting ?? patch;
    this.#waiting = { ...patch, from, slices: { ...slices, ...patch.slices } };
    if (isWatched) this.#next();
  }

  /** The page has taken the last one, or has begun anew and takes nothing that was sent to it before. */
  taken(): void {
    this.#isUnderWay = false;
  }

  /** Sends what waits, unless one is under way. */
  flush(): void {
    if (this.#waiting !== null) this.#next();
  }

  #next(): void {
    if (this.#isUnderWay || this.#waiting === null) return;
    const patch = this.#waiting;
    const before = this.#collectors;
    this.#waiting = null;
    this.#isUnderWay = true;
    this.#collectors = patch.slices.collectors ?? before;
    this.#send(patchText(patch, before));
  }
}
