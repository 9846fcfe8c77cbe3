// A steady stream of writes: so many batches a second, whatever the answers do.
import type { Store } from '../../src/main/storage/store';
import { wait } from './measure';
import { poolRows } from './subject';

export interface Paced {
  /** Milliseconds from the caller's hand to the commit, per batch. */
  readonly tookMs: readonly number[];
  /** Batches that were answered otherwise than "committed". */
  readonly otherwise: number;
}

export const PACED_ROWS = 20;
export const PACED_POOLS = 18_000;

/** Updates of pools that lie all over the table, until `isOver`. Resolves when every batch has been answered. */
export async function writePaced(store: Store, perSecond: number, name: string, isOver: () => boolean): Promise<Paced> {
  const tookMs: number[] = [];
  const answers: Promise<void>[] = [];
  let otherwise = 0;
  const startedAtMs = performance.now();
  for (let n = 0; !isOver(); n += 1) {
    await wait(Math.max(0, startedAtMs + (n * 1_000) / perSecond - performance.now()));
    const sentAtMs = performance.now();
    const part = poolRows(n * PACED_ROWS, PACED_ROWS, n + 1, PACED_POOLS);
    answers.push(
      store.write({ id: `${name}${n}`, parts: [part] }).then(({ durability }) => {
        tookMs.push(performance.now() - sentAtMs);
        if (durability !== 'committed') otherwise += 1;
      }),
    );
  }
  await Promise.all(answers);
  return { tookMs, otherwise };
}

export async function fillPools(store: Store): Promise<void> {
  for (let first = 0; first < PACED_POOLS; first += 1_000) {
    await store.write({ id: `fill${first}`, parts: [poolRows(first, 1_000, 0)] });
  }
}
