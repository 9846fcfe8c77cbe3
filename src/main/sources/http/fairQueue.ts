// Who is next when calls have to wait: weighted fair queueing over callers. Within a caller, first come first served; between
// callers, shares by priority, so that a flood by one cannot starve another and nobody waits for ever.
import type { CallPriority } from '../../../shared/domain/collector';

/** Turns per round, relative to each other. */
const WEIGHTS: Readonly<Record<CallPriority, number>> = { high: 4, normal: 2, low: 1, backfill: 0.25 };

export interface Caller {
  /** Whose share the call is taken from, for example a collector's id. */
  readonly key: string;
  readonly priority: CallPriority;
}

interface Line<T> {
  readonly waiting: { readonly item: T; readonly priority: CallPriority }[];
  /** Virtual time at which its next turn starts; only granted turns move it, so a place given up costs nothing. */
  startTag: number;
}

export class FairQueue<T> {
  readonly #lines = new Map<string, Line<T>>();
  #virtualTime = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push({ key, priority }: Caller, item: T): void {
    const line = this.#lines.get(key) ?? { waiting: [], startTag: 0 };
    // Who was away has saved nothing up.
    if (line.waiting.length === 0) line.startTag = Math.max(line.startTag, this.#virtualTime);
    line.waiting.push({ item, priority });
    this.#lines.set(key, line);
    this.#size += 1;
  }

  remove(item: T): void {
    for (const line of this.#lines.values()) {
      const index = line.waiting.findIndex((entry) => entry.item === item);
      if (index < 0) continue;
      line.waiting.splice(index, 1);
      this.#size -= 1;
      return;
    }
  }

  /** Takes the next item among the callers that `mayGo` lets through; undefined when there is none. */
  shift(mayGo: (key: string) => boolean): T | undefined {
    let next: Line<T> | undefined;
    let finishTag = Number.POSITIVE_INFINITY;
    for (const [key, line] of this.#lines) {
      const [first] = line.waiting;
      if (first === undefined || !mayGo(key)) continue;
      const tag = line.startTag + 1 / WEIGHTS[first.priority];
      if (tag >= finishTag) continue;
      next = line;
      finishTag = tag;
    }
    if (next === undefined) return undefined;
    const line = next;
    this.#virtualTime = Math.max(this.#virtualTime, line.startTag);
    line.startTag = finishTag;
    this.#size -= 1;
    return line.waiting.shift()?.item;
  }
}
