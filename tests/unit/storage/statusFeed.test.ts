import { describe, expect, it } from 'vitest';
import { StatusFeed } from '../../../src/main/storage/statusFeed';
import type { DatabaseStatus } from '../../../src/shared/domain/database';
import { FakeClock } from '../../support/fakeClock';

function feedOfCounter(clock: FakeClock) {
  let commits = 0;
  const heard: number[] = [];
  const feed = new StatusFeed(clock, () => ({ commits }) as DatabaseStatus);
  feed.subscribe((status) => heard.push(status.commits));
  return {
    heard,
    feed,
    change: () => {
      commits += 1;
      feed.changed();
    },
  };
}

describe('StatusFeed', () => {
  it('tells of a first change at once and of many at most four times a second, always the newest', async () => {
    const clock = new FakeClock();
    const { heard, change } = feedOfCounter(clock);
    change();
    await clock.advance(0);
    expect(heard).toEqual([1]);
    for (let n = 0; n < 100; n += 1) {
      change();
      await clock.advance(10);
    }
    await clock.advance(250);
    expect(heard.length).toBeLessThanOrEqual(6);
    expect(heard.at(-1)).toBe(101);
  });

  it('is silent while nothing changes', async () => {
    const clock = new FakeClock();
    const { heard } = feedOfCounter(clock);
    await clock.advance(10_000);
    expect(heard).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });
});
