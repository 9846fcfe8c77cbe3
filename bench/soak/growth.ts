// Whether the program grew while it lived: memory, file handles, threads. Only lives of ten minutes or more say something about it, and
// only once they are warm. Pure.
import { grouped } from './grouped';
import type { Footprint } from './packagedApp';

const WARM_AFTER_MS = 240_000;
const LIFE_AT_LEAST_MS = 600_000;

export interface Sample extends Footprint {
  readonly pid: number;
  readonly ageMs: number;
}

/** The most that any of the lives grew by. */
export interface Growth extends Footprint {
  readonly lives: number;
  readonly longestMs: number;
}

/** Null when no life was long enough. */
export function growthOf(samples: readonly Sample[]): Growth | null {
  const lives = [...grouped(samples, ({ pid }) => pid).values()].filter(
    (life) => (life.at(-1)?.ageMs ?? 0) >= LIFE_AT_LEAST_MS,
  );
  if (lives.length === 0) return null;
  const most = (of: keyof Footprint): number => Math.max(...lives.map((life) => grown(life, of)));
  return {
    lives: lives.length,
    longestMs: Math.max(...lives.map((life) => life.at(-1)?.ageMs ?? 0)),
    rssBytes: most('rssBytes'),
    handles: most('handles'),
    threads: most('threads'),
  };
}

/** Medians of the last against the first quarter: one sample can be a moment of garbage. */
function grown(life: readonly Sample[], of: keyof Footprint): number {
  const warm = life.filter(({ ageMs }) => ageMs >= WARM_AFTER_MS).map((sample) => sample[of]);
  const quarter = Math.max(1, Math.floor(warm.length / 4));
  return median(warm.slice(-quarter)) - median(warm.slice(0, quarter));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
