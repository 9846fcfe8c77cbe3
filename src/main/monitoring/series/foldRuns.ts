// Runs folded to figures: how long they took, what they brought, how old the data became between them. Pure.
import type { RunReport } from '../../../shared/domain/collector';
import type { AgeBucket, RunBucket, TimeSpan } from '../../../shared/domain/timeline';

export type RunFact = Pick<RunReport, 'startedAtMs' | 'endedAtMs' | 'durationMs' | 'outcome'> & {
  /** New or changed. */
  readonly rows: number;
};

interface Grid extends TimeSpan {
  readonly stepMs: number;
}

/** @param runs in order; what began outside the grid is left out */
export function foldRuns(runs: readonly RunFact[], { fromMs, toMs, stepMs }: Grid): readonly RunBucket[] {
  const buckets = new Map<number, RunFact[]>();
  for (const run of runs) {
    if (run.startedAtMs < fromMs || run.startedAtMs >= toMs) continue;
    const index = Math.floor((run.startedAtMs - fromMs) / stepMs);
    const bucket = buckets.get(index);
    if (bucket) bucket.push(run);
    else buckets.set(index, [run]);
  }
  return [...buckets]
    .sort(([a], [b]) => a - b)
    .map(([index, facts]) => {
      const good = facts.filter(isGood);
      const durations = good.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
      return {
        fromMs: fromMs + index * stepMs,
        toMs: Math.min(toMs, fromMs + (index + 1) * stepMs),
        runs: facts.length,
        good: good.length,
        p50Ms: quantile(durations, 0.5),
        p95Ms: quantile(durations, 0.95),
        rows: good.length === 0 ? null : good.reduce((sum, { rows }) => sum + rows, 0) / good.length,
      };
    });
}

/**
 * The age of the data at its worst in each step of the grid.
 *
 * @param goodEndsMs ends of runs that brought data, in order, with the last one before the grid
 */
export function foldAges(goodEndsMs: readonly number[], { fromMs, toMs, stepMs }: Grid): readonly AgeBucket[] {
  const ages: AgeBucket[] = [];
  let next = 0;
  let lastMs: number | null = null;
  for (let startMs = fromMs; startMs < toMs; startMs += stepMs) {
    const endMs = Math.min(toMs, startMs + stepMs);
    let worstAgeMs: number | null = null;
    const seen = (atMs: number): void => {
      if (lastMs !== null && atMs > lastMs) worstAgeMs = Math.max(worstAgeMs ?? 0, atMs - lastMs);
    };
    for (let goodMs = goodEndsMs[next]; goodMs !== undefined && goodMs < endMs; goodMs = goodEndsMs[next]) {
      if (goodMs >= startMs) seen(goodMs);
      lastMs = goodMs;
      next += 1;
    }
    seen(endMs);
    ages.push({ fromMs: startMs, toMs: endMs, worstAgeMs });
  }
  return ages;
}

/** Without the ages of stretches in which nobody was there to run anything. */
export function withoutAbsence(ages: readonly AgeBucket[], absent: readonly TimeSpan[]): readonly AgeBucket[] {
  return ages.map((age) => {
    const isAbsent = absent.some(({ fromMs, toMs }) => fromMs < age.toMs && toMs > age.fromMs);
    return isAbsent ? { ...age, worstAgeMs: null } : age;
  });
}

export function isGood({ outcome }: Pick<RunReport, 'outcome'>): boolean {
  return outcome === 'ok' || outcome === 'partial';
}

/** The value below which that share of them lies; null of nothing. */
function quantile(ordered: readonly number[], share: number): number | null {
  return ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))] ?? null;
}
