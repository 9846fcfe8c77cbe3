import { describe, expect, it } from 'vitest';
import { settle } from '../../support/fakeClock';
import { collector, SchedulerBench as Bench } from './support/schedulerBench';

describe('Scheduler', () => {
  it('runs at once on a first start, then on its grid', async () => {
    const bench = new Bench();
    bench.scheduler.start();
    await bench.clock.advance(25_000);
    const startMs = bench.slots[0]?.slotAtMs ?? 0;
    expect(bench.slots.map(({ slotAtMs }) => slotAtMs - startMs)).toEqual([0, 10_000, 20_000]);
  });

  it('leaves a window the time for its first picture before the first run, and then goes by its grid', async () => {
    const bench = new Bench();
    bench.scheduler.start('by_schedule', 1_500);
    await bench.clock.advance(1_400);
    expect(bench.requests).toHaveLength(0);
    await bench.clock.advance(200);
    expect(bench.requests).toHaveLength(1);
    await bench.clock.advance(10_000);
    expect(bench.requests).toHaveLength(2);
  });

  it('records a slot as skipped instead of overlapping a run that takes longer than its interval', async () => {
    const bench = new Bench();
    bench.durationMs = 25_000;
    bench.scheduler.start();
    await bench.clock.advance(26_000);
    expect(bench.outcomes()).toEqual(['skipped_overlap', 'skipped_overlap', 'ok']);
    expect(bench.requests).toHaveLength(1);
  });

  it('skips slots on record while paused and catches up at once on resume', async () => {
    const bench = new Bench();
    bench.scheduler.start();
    await bench.clock.advance(1_000);
    expect(bench.scheduler.pause('dexes', null)).toEqual({ ok: true, value: null });
    await bench.clock.advance(20_000);
    expect(bench.outcomes()).toEqual(['ok', 'skipped_paused', 'skipped_paused']);
    bench.scheduler.resume('dexes');
    await bench.clock.advance(200);
    expect(bench.outcomes().at(-1)).toBe('ok');
    expect(bench.saved.size).toBe(0);
  });

  it('ends a pause by itself at the time it was given', async () => {
    const bench = new Bench();
    bench.scheduler.start();
    await bench.clock.advance(1_000);
    bench.scheduler.pause('dexes', bench.clock.wallMs() + 15_000);
    await bench.clock.advance(25_000);
    expect(bench.outcomes()).toEqual(['ok', 'skipped_paused', 'ok']);
  });

  it('starts paused when the last session left a pause behind', async () => {
    const earlier = new Bench();
    earlier.scheduler.pause('dexes', null);
    const bench = new Bench([{}], earlier);
    bench.scheduler.start();
    await bench.clock.advance(15_000);
    expect(bench.requests).toHaveLength(0);
    expect(bench.scheduler.slices()[0]?.health).toBe('paused');
  });

  it('runs now on request, refuses to while running, and leaves the grid where it was', async () => {
    const bench = new Bench();
    bench.scheduler.start();
    await bench.clock.advance(3_000);
    expect(bench.scheduler.runNow('dexes').ok).toBe(true);
    const second = bench.scheduler.runNow('dexes');
    expect(second.ok ? null : second.error.code).toBe('conflict');
    await bench.clock.advance(8_000);
    expect(bench.slots.map(({ run }) => run?.trigger)).toEqual(['schedule', 'manual', 'schedule']);
  });

  it('cools down after five failures in a row, says so slot by slot, and comes back by itself', async () => {
    const bench = new Bench();
    bench.outcome = 'failed';
    bench.scheduler.start();
    await bench.clock.advance(45_000);
    expect(bench.outcomes()).toEqual(['failed', 'failed', 'failed', 'failed', 'failed']);
    expect(bench.scheduler.slices()[0]).toMatchObject({ health: 'down', streak: { failures: 5 } });
    bench.outcome = 'ok';
    await bench.clock.advance(70_000);
    expect(bench.outcomes().slice(5, 10)).toEqual(Array.from({ length: 5 }, () => 'skipped_cooldown'));
    expect(bench.outcomes().at(-1)).toBe('ok');
    expect(bench.scheduler.slices()[0]).toMatchObject({ health: 'ok', cooldownUntilMs: null });
  });

  it('tries a slow collector again long before its next slot when it failed', async () => {
    const bench = new Bench([{ intervalMs: 3_600_000 }]);
    bench.outcome = 'failed';
    bench.scheduler.start();
    await bench.clock.advance(1_000);
    bench.outcome = 'ok';
    await bench.clock.advance(20_000);
    expect(bench.slots.map(({ run }) => run?.trigger)).toEqual(['schedule', 'recovery']);
    expect(bench.outcomes()).toEqual(['failed', 'ok']);
  });

  it('holds a collector back until the one it depends on has succeeded once', async () => {
    const bench = new Bench([{}, { collector: collector('ohlcv'), startsAfter: 'dexes' }]);
    bench.outcome = 'failed';
    bench.scheduler.start();
    await bench.clock.advance(5_000);
    expect(bench.outcomes('ohlcv')).toEqual([]);
    expect(bench.scheduler.slices()[1]).toMatchObject({
      health: 'no_data',
      cause: 'Starts after the first run of dexes.',
    });
    bench.outcome = 'ok';
    await bench.clock.advance(10_000);
    expect(bench.outcomes('ohlcv')).toEqual(['ok']);
  });

  it('takes a jump of the wall clock for sleep: the overslept slot is on record and one run follows', async () => {
    const bench = new Bench([{ intervalMs: 60_000 }]);
    bench.scheduler.start();
    await bench.clock.advance(5_000);
    bench.clock.stepWall(3_600_000);
    await bench.clock.advance(5_000);
    expect(bench.outcomes()).toEqual(['ok', 'skipped_asleep', 'ok']);
  });

  it('begins nothing on the way into a sleep that the system tells of, and takes the shortest one for what it is', async () => {
    const bench = new Bench();
    bench.scheduler.start();
    await bench.clock.advance(9_000);
    bench.scheduler.power('suspend');
    await bench.clock.advance(3_000);
    expect(bench.outcomes()).toEqual(['ok']);
    bench.clock.stepWall(4_000);
    bench.scheduler.power('resume');
    expect(bench.outcomes()).toEqual(['ok', 'skipped_asleep']);
    await bench.clock.advance(5_000);
    expect(bench.outcomes()).toEqual(['ok', 'skipped_asleep', 'ok']);
    expect(bench.events.map(({ kind }) => kind)).toEqual(['asleep', 'woke']);
  });

  it('goes on when the system thought better of sleeping and never said so', async () => {
    const bench = new Bench();
    bench.scheduler.start();
    await bench.clock.advance(1_000);
    bench.scheduler.power('suspend');
    await bench.clock.advance(75_000);
    expect(bench.outcomes().at(-1)).toBe('ok');
    expect(bench.requests.length).toBeGreaterThan(1);
  });

  it('keeps its pace when the wall clock is set back', async () => {
    const bench = new Bench();
    bench.scheduler.start();
    await bench.clock.advance(5_000);
    bench.clock.stepWall(-3_600_000);
    await bench.clock.advance(20_000);
    expect(bench.outcomes()).toEqual(['ok', 'ok', 'ok']);
  });

  it('does not let one hanging collector delay another', async () => {
    const bench = new Bench([{}, { collector: collector('top_pools') }]);
    bench.durationMs = null;
    bench.scheduler.start();
    await bench.clock.advance(1_000);
    bench.durationMs = 100;
    expect(bench.requests.map(({ collector: { id } }) => id)).toEqual(['dexes', 'top_pools']);
    await bench.clock.advance(30_000);
    expect(bench.outcomes('dexes').every((outcome) => outcome === 'skipped_overlap')).toBe(true);
  });

  it('stops by cancelling what runs and starts nothing more', async () => {
    const bench = new Bench();
    bench.durationMs = null;
    bench.scheduler.start();
    await bench.clock.advance(100);
    await bench.scheduler.stop('Poolwatch is stopping.');
    await settle();
    expect(bench.outcomes()).toEqual(['cancelled']);
    await bench.clock.advance(60_000);
    expect(bench.requests).toHaveLength(1);
    expect(bench.scheduler.runNow('dexes').ok).toBe(false);
  });

  it('lets a run finish within the grace it is given when stopping', async () => {
    const bench = new Bench();
    bench.durationMs = 2_000;
    bench.scheduler.start();
    await bench.clock.advance(100);
    const stopped = bench.scheduler.stop('Poolwatch is stopping.', 5_000);
    await bench.clock.advance(3_000);
    await stopped;
    expect(bench.outcomes()).toEqual(['ok']);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('tells what passed while it was not running as one stretch, and catches up by one run', async () => {
    const earlier = new Bench();
    earlier.scheduler.start();
    await earlier.clock.advance(15_000);
    await earlier.scheduler.stop('The test restarts it.');
    await earlier.clock.advance(3_600_000);
    const bench = new Bench([{}], earlier);
    bench.scheduler.start();
    await bench.clock.advance(1_000);
    const [missed, caughtUp] = bench.slots.slice(2);
    expect(missed).toMatchObject({ outcome: 'missed', slots: 360, detail: 'Poolwatch was not running.' });
    expect((missed?.untilMs ?? 0) - (missed?.slotAtMs ?? 0)).toBe(359 * 10_000);
    expect(caughtUp?.outcome).toBe('ok');
  });

  it('waits for the next point of the grid after a gap when it shall not catch up', async () => {
    const bench = new Bench([{ intervalMs: 60_000, catchUp: 'none' }]);
    bench.scheduler.start();
    await bench.clock.advance(5_000);
    bench.clock.stepWall(3_600_000);
    await bench.clock.advance(50_000);
    expect(bench.outcomes()).toEqual(['ok', 'skipped_asleep']);
    await bench.clock.advance(6_000);
    expect(bench.outcomes()).toEqual(['ok', 'skipped_asleep', 'ok']);
  });

  it('names the same wall time twice without mixing the two when the clock is set back', async () => {
    const bench = new Bench();
    bench.scheduler.start();
    await bench.clock.advance(31_000);
    bench.clock.stepWall(-30_000);
    await bench.clock.advance(30_000);
    const places = bench.slots.map(({ turn, slotAtMs }) => `${turn} ${slotAtMs}`);
    expect(new Set(places).size).toBe(bench.slots.length);
    expect(new Set(bench.slots.map(({ slotAtMs }) => slotAtMs)).size).toBeLessThan(bench.slots.length);
  });

  it.each(['skipped_throttled', 'skipped_spooling'] as const)(
    'starts nothing that would only wait: %s',
    async (held) => {
      const bench = new Bench();
      bench.held = held;
      bench.scheduler.start();
      await bench.clock.advance(25_000);
      expect(bench.outcomes()).toEqual([held, held, held]);
      expect(bench.requests).toHaveLength(0);
      bench.held = null;
      await bench.clock.advance(10_000);
      expect(bench.outcomes().at(-1)).toBe('ok');
    },
  );

  it('does not hold a dead host against its collectors, and runs them at once when it is back', async () => {
    const bench = new Bench([{ intervalMs: 3_600_000 }]);
    bench.outcome = 'failed';
    bench.error = { class: 'host_down', message: 'api.test has been down for 3 min.' };
    bench.scheduler.start();
    await bench.clock.advance(60_000);
    expect(bench.outcomes()).toEqual(['failed']);
    expect(bench.scheduler.slices()[0]).toMatchObject({ health: 'down', streak: { failures: 0 } });
    bench.outcome = 'ok';
    bench.scheduler.hostRecovered();
    await bench.clock.advance(1_000);
    expect(bench.outcomes()).toEqual(['failed', 'ok']);
    expect(bench.scheduler.slices()[0]?.health).toBe('ok');
  });

  it('runs whoever was sent garbage at once when one of them is sent data again, once', async () => {
    const bench = new Bench([{}, { collector: collector('networks') }]);
    bench.outcome = 'failed';
    bench.error = { class: 'malformed', message: 'The answer is no JSON.' };
    bench.scheduler.start();
    await bench.clock.advance(120_000);
    expect(bench.scheduler.slices().map(({ health }) => health)).toEqual(['down', 'down']);
    const before = bench.outcomes('networks').length;
    bench.outcome = 'ok';
    bench.scheduler.runNow('dexes');
    await bench.clock.advance(2_000);
    expect(bench.outcomes('networks').slice(before)).toEqual(['ok']);
    expect(bench.scheduler.slices().map(({ health }) => health)).toEqual(['ok', 'ok']);
  });

  it('does not hold a network that is not there yet against a collector after waking', async () => {
    const bench = new Bench();
    bench.scheduler.start();
    await bench.clock.advance(1_000);
    bench.clock.stepWall(7_200_000);
    bench.outcome = 'failed';
    bench.error = { class: 'network', message: 'This machine may be offline.' };
    await bench.clock.advance(25_000);
    expect(bench.outcomes().filter((outcome) => outcome === 'failed').length).toBeGreaterThan(0);
    expect(bench.scheduler.slices()[0]?.streak.failures).toBe(0);
    await bench.clock.advance(60_000);
    expect(bench.scheduler.slices()[0]?.streak.failures).toBeGreaterThan(0);
  });

  it('calls slots backfilled once a run that reaches back has fetched their data', async () => {
    const bench = new Bench([{ reachesBackMs: 7_200_000 }]);
    bench.scheduler.start();
    await bench.clock.advance(1_000);
    bench.clock.stepWall(3_600_000);
    await bench.clock.advance(10_000);
    const [asleep, backfilled] = bench.slots.filter(({ slots }) => slots > 1);
    expect(asleep?.outcome).toBe('skipped_asleep');
    expect(backfilled).toMatchObject({ outcome: 'backfilled', slotAtMs: asleep?.slotAtMs, turn: asleep?.turn });
  });

  it('runs less often while the source throttles, says why, and tells both turns as events', async () => {
    const bench = new Bench([{ intervalMs: 60_000, adaptive: true }]);
    bench.throttles = 1;
    bench.scheduler.start();
    await bench.clock.advance(5_000);
    expect(bench.scheduler.slices()[0]).toMatchObject({
      intervalMs: 90_000,
      cadence: { baseMs: 60_000, nowMs: 90_000, because: 'the source throttled once in the last 10 minutes' },
    });
    bench.throttles = 0;
    await bench.clock.advance(30 * 60_000);
    expect(bench.scheduler.slices()[0]?.cadence.because).not.toContain('throttled');
    expect(bench.events.map(({ kind }) => kind).slice(0, 2)).toEqual(['slowed', 'sped_up']);
  });

  it('tells pauses, cool-downs, recoveries and sleep as events with their cause', async () => {
    const bench = new Bench();
    bench.scheduler.start();
    await bench.clock.advance(1_000);
    bench.scheduler.pause('dexes', bench.clock.wallMs() + 5_000);
    await bench.clock.advance(10_000);
    bench.outcome = 'failed';
    await bench.clock.advance(50_000);
    bench.outcome = 'ok';
    await bench.clock.advance(70_000);
    bench.clock.stepWall(3_600_000);
    await bench.clock.advance(10_000);
    expect(bench.events.map(({ kind }) => kind)).toEqual([
      ...['paused', 'resumed', 'cooldown', 'recovered', 'asleep', 'woke'],
    ]);
    const cooldown = bench.events.find(({ kind }) => kind === 'cooldown');
    expect(cooldown?.cause).toBe('Failed 5 times in a row; one probe run follows in 1 min. The source answered 500.');
  });

  it('leaves a run behind that does not even stop, after its deadline', async () => {
    const bench = new Bench();
    bench.runner = () => new Promise(() => undefined);
    bench.scheduler.start();
    await bench.clock.advance(100);
    let stopped = false;
    void bench.scheduler.stop('Poolwatch is stopping.').then(() => (stopped = true));
    await bench.clock.advance(9_000);
    expect(stopped).toBe(false);
    await bench.clock.advance(2_000);
    expect(stopped).toBe(true);
  });
});
