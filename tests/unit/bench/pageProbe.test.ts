import { describe, expect, it } from 'vitest';
import { FASTEST_TOLD_MS, keyLatencies, longestTasks, type Recording } from '../../../bench/lib/pageProbe';

const NOTHING: Recording = { frames: [], tasks: [], keys: [], fromMs: 1_000, toMs: 1_350 };

describe('what a recording of a page comes to', () => {
  it('has one figure for each tenth of a second: its longest task, or nothing', () => {
    const tasks = [
      { atMs: 1_010, forMs: 60 },
      { atMs: 1_080, forMs: 90 },
      { atMs: 1_301, forMs: 55 },
    ];
    expect(longestTasks({ ...NOTHING, tasks })).toEqual([90, 0, 0, 55]);
  });

  it('leaves out what began before it or after it', () => {
    const tasks = [
      { atMs: 990, forMs: 200 },
      { atMs: 1_500, forMs: 200 },
    ];
    expect(longestTasks({ ...NOTHING, tasks })).toEqual([0, 0, 0, 0]);
  });

  it('counts a key that the page did not tell of as the fastest that it would tell of', () => {
    expect(keyLatencies({ ...NOTHING, keys: [48] }, 3)).toEqual([48, FASTEST_TOLD_MS, FASTEST_TOLD_MS]);
  });
});
