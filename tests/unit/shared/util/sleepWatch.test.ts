import { beforeEach, describe, expect, it } from 'vitest';
import { SleepWatch } from '../../../../src/shared/util/sleepWatch';
import { FakeClock } from '../../../support/fakeClock';

let clock: FakeClock;
let watch: SleepWatch;
beforeEach(() => {
  clock = new FakeClock();
  watch = new SleepWatch(clock);
});

describe('what the system tells of its sleep', () => {
  it('is certain, however short the sleep was', async () => {
    watch.tell('suspend');
    await clock.advance(1_000);
    expect(watch.look()).toBeNull();
    expect(watch.isAsleep).toBe(true);
    clock.stepWall(4_000);
    watch.tell('resume');
    expect(watch.look()).toEqual({ sleptMs: 5_000, uncountedMs: 4_000 });
    expect(watch.stepMs).toBe(0);
    expect(watch.isAsleep).toBe(false);
    expect(watch.look()).toBeNull();
  });

  it('holds where monotonic time goes on during sleep', async () => {
    watch.tell('suspend');
    await clock.advance(7_000);
    watch.tell('resume');
    expect(watch.look()).toEqual({ sleptMs: 7_000, uncountedMs: 0 });
  });

  it('is not waited for when it comes late or never: a gap ends the sleep as well', async () => {
    watch.tell('suspend');
    await clock.advance(2_000);
    watch.look();
    clock.stepWall(3_600_000);
    expect(watch.look()).toEqual({ sleptMs: 3_602_000, uncountedMs: 3_600_000 });
    expect(watch.isAsleep).toBe(false);
  });

  it('counts from the last look when only the end is told', async () => {
    await clock.advance(1_000);
    watch.look();
    clock.stepWall(6_000);
    watch.tell('resume');
    expect(watch.look()).toEqual({ sleptMs: 6_000, uncountedMs: 6_000 });
  });

  it('is forgotten after a minute in which the machine did not sleep', async () => {
    watch.tell('suspend');
    for (let second = 0; second < 59; second += 1) {
      await clock.advance(1_000);
      expect(watch.look()).toBeNull();
      expect(watch.isAsleep).toBe(true);
    }
    await clock.advance(1_000);
    expect(watch.look()).toBeNull();
    expect(watch.isAsleep).toBe(false);
  });
});
