// Whether what a page keeps grows with time, each time after a garbage collection; and whether it still draws meanwhile.
import type { ElectronProgram } from './devtools';
import { quantile, wait } from './measure';
import { heapMb } from './windowDriver';

const LOOKS = 12;
const QUARTER = 4;

export interface HeapWatch {
  readonly heapMb: number;
  /** From the first quarter of the time to the last, medians. */
  readonly heapGrowthMb: number;
  /** How often the first row of the list said something else. Its ages alone would do so once a second. */
  readonly changesPerSecond: number;
}

export async function watchHeap(program: ElectronProgram, forMs: number, looks = LOOKS): Promise<HeapWatch> {
  await program.evaluate(COUNT_CHANGES);
  const startedMs = performance.now();
  const heaps: number[] = [];
  for (let look = 0; look < looks; look += 1) {
    const inUseMb = await heapMb(program);
    heaps.push(inUseMb);
    process.stderr.write(`  ${Math.round((performance.now() - startedMs) / 1_000)} s: ${inUseMb.toFixed(1)} MB\n`);
    await wait(forMs / looks);
  }
  const changes = await program.evaluate<number>('globalThis.benchChanges');
  const quarter = Math.floor(heaps.length / QUARTER);
  const late = quantile(heaps.slice(-quarter), 0.5);
  return {
    heapMb: late,
    heapGrowthMb: late - quantile(heaps.slice(0, quarter), 0.5),
    changesPerSecond: (changes / (performance.now() - startedMs)) * 1_000,
  };
}

const COUNT_CHANGES = `(() => {
  globalThis.benchChanges = 0;
  const row = document.querySelector('[data-testid^="collector-row-"]');
  const all = { subtree: true, characterData: true, childList: true };
  new MutationObserver(() => (globalThis.benchChanges += 1)).observe(row, all);
})()`;
