// What one window is told, and when: never more than one patch is under way, so that a page which is slower than the program gets
// fewer and larger ones instead of a queue that it never gets to the end of. Knows no Electron.
import type { CollectorSlice, SnapshotPatch } from '../../../shared/contract/snapshot';
import { patchText } from '../../../shared/contract/snapshotWire';

export class PatchStream {
  readonly #send: (text: string) => void;
  /** As of the newest version. */
  #newest: readonly CollectorSlice[];
  /** As of the version that the page was brought to last; null for one that has nothing yet which a patch could follow. */
  #told: readonly CollectorSlice[] | null = null;
  #waiting: SnapshotPatch | null = null;
  #isUnderWay = false;

  /** @param collectors as of the version that the first patch follows */
  constructor(send: (text: string) => void, collectors: readonly CollectorSlice[]) {
    this.#send = send;
    this.#newest = collectors;
  }

  /** The page is being answered with all of the newest version: that needs no patch, which would be as long as the answer. */
  begin(): void {
    this.#told = this.#newest;
    this.#waiting = null;
    this.#isUnderWay = false;
  }

  /** Every patch must be told, also while nobody watches, and before the page has begun. */
  add(patch: SnapshotPatch, isWatched: boolean): void {
    this.#newest = patch.slices.collectors ?? this.#newest;
    if (this.#told === null) return;
    const { from, slices } = this.#waiting ?? patch;
    this.#waiting = { ...patch, from, slices: { ...slices, ...patch.slices } };
    if (isWatched) this.#next();
  }

  /** The page has taken the last one. */
  taken(): void {
    this.#isUnderWay = false;
  }

  /** Sends what waits, unless one is under way. */
  flush(): void {
    if (this.#waiting !== null) this.#next();
  }

  #next(): void {
    const patch = this.#waiting;
    const before = this.#told;
    if (this.#isUnderWay || patch === null || before === null) return;
    this.#waiting = null;
    this.#isUnderWay = true;
    this.#told = patch.slices.collectors ?? before;
    this.#send(patchText(patch, before));
  }
}
