// Batches that the writer has taken from its port and not stored yet, in the order in which they came.
import type { WriteEntry } from '../common/protocol';
import { nowMs } from '../common/stopwatch';
import type { PickedEntry } from './groupCommit';

/** Taken in and stored in one go. */
const MAX_ROWS_AT_ONCE = 1_000;

export class WriteQueue {
  readonly #entries: PickedEntry[] = [];
  #rows = 0;

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** True when what waits in the port had better stay there. */
  get isFull(): boolean {
    return this.#rows >= MAX_ROWS_AT_ONCE;
  }

  add(entry: WriteEntry): void {
    const rowCount = entry.parts.reduce((sum, part) => sum + part.rows.length, 0);
    this.#rows += rowCount;
    this.#entries.push({ ...entry, rowCount, pickedAtMs: nowMs(), alone: false });
  }

  /** As many batches as are stored in one go; at least one, however large. */
  takeGroup(): readonly PickedEntry[] {
    let rows = 0;
    let end = 0;
    for (const entry of this.#entries) {
      if (end > 0 && (entry.alone || rows + entry.rowCount > MAX_ROWS_AT_ONCE)) break;
      rows += entry.rowCount;
      end += 1;
      if (entry.alone) break;
    }
    this.#rows -= rows;
    return this.#entries.splice(0, end);
  }

  /** A group that one of its batches spoiled: next time each is stored by itself, so that only the guilty one fails. */
  putBackAlone(group: readonly PickedEntry[]): void {
    this.#rows += group.reduce((sum, entry) => sum + entry.rowCount, 0);
    this.#entries.unshift(...group.map((entry) => ({ ...entry, alone: true })));
  }

  takeAll(): readonly PickedEntry[] {
    this.#rows = 0;
    return this.#entries.splice(0);
  }
}
