import { describe, expect, it } from 'vitest';
import type { CollectorId, RunReport } from '../../../src/shared/domain/collector';
import type { Collector } from '../../../src/main/collectors/collector';
import type { RunRequest } from '../../../src/main/scheduling/collectorRun';
import type { Pause } from '../../../src/main/scheduling/scheduledCollector';
import { Scheduler, type SchedulerPlan, type SlotEvent } from '../../../src/main/scheduling/scheduler';
import { FakeClock, settle } from '../../support/fakeClock';

type Outcome = RunReport['outcome'];

const collector = (id: CollectorId): Collector => ({
  id,
  title: id,
  description: '',
  collect: () => {
    throw new Error('the scheduler does not call collectors itself');
  },
});

class Bench {
  readonly clock = new FakeClock();
  readonly slots: SlotEvent[] = [];
  readonly requests: RunRequest[] = [];
  saved: ReadonlyMap<CollectorId, Pause> = new Map();
  outcome: Outcome = 'ok';
  /** How long a run takes; null never ends by itself. */
  durationMs: number | null = 100;
  readonly scheduler: Scheduler;

  constructor(plans: readonly Partial<SchedulerPlan>[] = [{}], pauses: ReadonlyMap<CollectorId, Pause> = new Map()) {
    this.scheduler = new Scheduler({
      clock: this.clock,
      plans: plans.map((plan) => ({
        collector: collector('dexes'),
        intervalMs: 10_000,
        startsAfter: null,
        ...plan,
      })),
      history: new Map(),
      pauses,
      run: (request) => this.#run(request),
      onSlot: (slot) => this.slots.push(slot),
      savePauses: (next) => {
        this.saved = next;
      },
      onChange: () => undefined,
      random: () => 0.5,
    });
  }

  outcomes(id: CollectorId = 'dexes'): readonly string[] {
    return this.slots.filter((slot) => slot.collectorId === id).map(({ outcome }) => outcome);
  }

  #run(request: RunRequest): Promise<RunReport> {
    this.requests.push(request);
    const startedAtMs = this.clock.wallMs();
    const finish = (outcome: Outcome): RunReport => ({
      id: request.runId,
      collectorId: request.collector.id,
      slotAtMs: request.slotAtMs,
      startedAtMs,
      endedAtMs: this.clock.wallMs(),
      durationMs: this.clock.wallMs() - startedAtMs,
      trigger: request.trigger,
      outcome,
      fetched: 1,
      valid: 1,
      inserted: 1,
      changed: 0,
      unchanged: 0,
      rejected: [],
      calls: 1,
      throttles: 0,
      error: outcome === 'failed' ? { class: 'server', message: 'The source answered 500.' } : null,
    });
    return new Promise((resolve) => {
      request.signal.addEventListener('abort', () => resolve(finish('cancelled')));
      if (this.durationMs !== null) this.clock.after(this.durationMs, () => resolve(finish(this.outcome)));
    });
  }
}

describe('Scheduler', () => {
  it('runs at once on a first start, then on its grid', async () => {
    const bench = new Bench();
    bench.scheduler.start();
    await bench.clock.advance(25_000);
    const startMs = bench.slots[0]?.slotAtMs ?? 0;
    expect(bench.slots.map(({ slotAtMs }) => slotAtMs - startMs)).toEqual([0, 10_000, 20_000]);
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
    const bench = new Bench([{}], new Map([['dexes', { sinceMs: 1, untilMs: null }]]));
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
});
