import { describe, expect, it } from 'vitest';
import type { CollectorSlice } from '../../../src/shared/contract/snapshot';
import type { RunErrorClass, RunReport, SlotOutcome } from '../../../src/shared/domain/collector';
import { CollectorRecord } from '../../../src/main/monitoring/sensors/collectorRecord';
import { collectorReadings, type RunProgress } from '../../../src/main/monitoring/sensors/collectorSensor';
import { fakeCollector, fakeRun, INTERVAL_MS } from '../renderer/support/fakeSnapshot';
import { at, detailOf, valueOf, WALL_MS } from './support/look';

const QUIET: Partial<CollectorSlice> = { ticks: [], lastRun: null, lastSuccessAtMs: null };
const slice = (change: Partial<CollectorSlice> = {}): CollectorSlice => fakeCollector('top_pools', WALL_MS, change);
let runs = 0;
const run = (change: Partial<RunReport> = {}): RunReport =>
  fakeRun('top_pools', WALL_MS, { id: `run-${(runs += 1)}`, ...change });
const failed = (errorClass: RunErrorClass): RunReport =>
  run({ outcome: 'failed', error: { class: errorClass, message: 'It broke.' } });

class Watched {
  readonly record: CollectorRecord;
  slice: CollectorSlice;

  constructor(change: Partial<CollectorSlice> = QUIET) {
    this.slice = slice(change);
    this.record = new CollectorRecord(this.slice, at(0));
  }

  ended(report: RunReport, atMs = 0, isHostDown = false): this {
    const { outcome } = report;
    const isFailure = outcome === 'failed' && report.error?.class !== 'host_down';
    const failures = isFailure ? this.slice.streak.failures + 1 : outcome === 'ok' ? 0 : this.slice.streak.failures;
    const lastError = report.error && { ...report.error, atMs: report.endedAtMs };
    this.slice = { ...this.slice, lastRun: report, lastError, streak: { failures, successes: 0 } };
    this.record.slotEnded({ slotAtMs: WALL_MS + atMs, slots: 1, outcome, run: report }, isHostDown, at(atMs));
    return this;
  }

  skipped(outcome: SlotOutcome, slotAtMs: number, slots = 1, atMs = 0): this {
    this.record.slotEnded({ slotAtMs, slots, outcome, run: null }, false, at(atMs));
    return this;
  }

  look(atMs: number, change: Partial<CollectorSlice> = {}, progress: RunProgress | null = null) {
    return collectorReadings({ ...this.slice, ...change }, this.record, progress, at(atMs));
  }
}

describe('the sensor of a collector', () => {
  it('has no value for a paused collector, and counts nothing against it afterwards', () => {
    const watched = new Watched().ended(run());
    const paused = watched.look(10 * INTERVAL_MS, { pause: { sinceMs: WALL_MS, untilMs: null } });
    expect(paused).toHaveLength(14);
    expect(paused.every(({ value }) => value === null)).toBe(true);
    watched.record.unwatched(at(10 * INTERVAL_MS));
    expect(valueOf(watched.look(10 * INTERVAL_MS + 1), 'collector.staleBy')).toBeNull();
    expect(valueOf(watched.ended(run(), 10 * INTERVAL_MS).look(10 * INTERVAL_MS), 'collector.staleBy')).toBeLessThan(0);
  });

  it('counts failures in a row, and says what the last one was', () => {
    const watched = new Watched().ended(failed('malformed')).ended(failed('malformed'));
    expect(valueOf(watched.look(0), 'collector.failureStreak')).toBe(2);
    expect(detailOf(watched.look(0), 'collector.failureStreak')).toBe('It broke.');
    expect(valueOf(watched.ended(run()).look(0), 'collector.failureStreak')).toBe(0);
  });

  it('holds nothing against a collector that the host answers for, whatever the failure is called', () => {
    const watched = new Watched();
    for (const errorClass of ['network', 'timeout', 'host_down', 'server'] as const)
      watched.ended(failed(errorClass), 0, true);
    expect(valueOf(watched.look(0), 'collector.failureStreak')).toBe(0);
    // Its own fault, although the host is down as well.
    expect(valueOf(watched.ended(failed('malformed'), 0, true).look(0), 'collector.failureStreak')).toBe(1);
    // The host is well, and this endpoint is not.
    expect(valueOf(watched.ended(failed('server')).look(0), 'collector.failureStreak')).toBe(2);
    expect(valueOf(watched.ended(run()).ended(failed('server')).look(0), 'collector.failureStreak')).toBe(1);
  });

  it('still holds nothing against it after a restart in the middle of an outage of the host', () => {
    const earlier = (errorClass: RunErrorClass): RunReport => ({ ...failed(errorClass), endedAtMs: WALL_MS - 1 });
    const streak = { failures: 5, successes: 0 };
    const outage = new Watched({ ...QUIET, streak });
    outage.record.seed([
      ...(['network', 'host_down', 'timeout', 'host_down', 'malformed', 'server', 'network'] as const).map(earlier),
      { ...run(), endedAtMs: WALL_MS - 1 },
      earlier('network'),
    ]);
    expect(valueOf(outage.look(0), 'collector.failureStreak')).toBe(1);
    expect(valueOf(outage.ended(run()).ended(failed('server')).look(0), 'collector.failureStreak')).toBe(1);
    // The host was well, and this endpoint was not.
    const ill = new Watched({ ...QUIET, streak });
    ill.record.seed(Array<RunErrorClass>(5).fill('server').map(earlier));
    expect(valueOf(ill.look(0), 'collector.failureStreak')).toBe(5);
    // It came back before the record was read.
    const back = new Watched({ ...QUIET, streak }).ended(run()).ended(failed('server'));
    back.record.seed([failed('server'), run(), ...(['host_down', 'network'] as const).map(earlier)]);
    expect(valueOf(back.look(0), 'collector.failureStreak')).toBe(1);
  });

  it('tells a failure for good from one that may pass', () => {
    const after = (report: RunReport) => valueOf(new Watched().ended(report).look(0), 'collector.lastRunFault');
    expect(after(failed('internal'))).toBe(1);
    expect(after(failed('timeout'))).toBe(0);
    // Whatever the database has is the database's to tell; it may mend itself meanwhile.
    expect(after(failed('storage'))).toBe(0);
    expect(after(run())).toBe(0);
    expect(after(run({ outcome: 'cancelled' }))).toBeNull();
  });

  it('believes that a source sends something else than data only when it has done so twice in a row', () => {
    const watched = new Watched().ended(failed('malformed'));
    expect(valueOf(watched.look(0), 'collector.lastRunFault')).toBe(0);
    expect(valueOf(watched.ended(run()).ended(failed('malformed')).look(0), 'collector.lastRunFault')).toBe(0);
    expect(valueOf(watched.ended(failed('malformed')).look(0), 'collector.lastRunFault')).toBe(1);
    expect(valueOf(watched.ended(run()).look(0), 'collector.lastRunFault')).toBe(0);
    // The host was down before: the first answer after that may still be that of its gateway.
    watched.ended(failed('server'), 0, true).ended(failed('malformed'));
    expect(valueOf(watched.look(0), 'collector.lastRunFault')).toBe(0);
  });

  it('tells since when a running collection is silent, and takes a wait for its turn for none', () => {
    const running = { runId: 'r', sinceMs: WALL_MS, step: 'solana / raydium, page 2' };
    const watched = new Watched();
    const silent = watched.look(16_000, { running }, { lastMs: at(1_000).monotonicMs, isWaiting: false });
    expect(valueOf(silent, 'collector.silentFor')).toBe(15_000);
    expect(detailOf(silent, 'collector.silentFor')).toContain('solana / raydium, page 2');
    const waits = watched.look(16_000, { running }, { lastMs: at(1_000).monotonicMs, isWaiting: true });
    expect(valueOf(waits, 'collector.silentFor')).toBe(0);
    expect(valueOf(watched.look(16_000), 'collector.silentFor')).toBe(0);
  });

  it('tells how late a due run is, unless it runs or nothing is due', () => {
    const watched = new Watched();
    expect(valueOf(watched.look(5_000, { nextDueAtMs: WALL_MS }), 'collector.startLate')).toBe(5_000);
    expect(valueOf(watched.look(5_000, { nextDueAtMs: WALL_MS + 9_000 }), 'collector.startLate')).toBe(0);
    expect(valueOf(watched.look(5_000, { nextDueAtMs: null }), 'collector.startLate')).toBe(0);
    const running = { runId: 'r', sinceMs: WALL_MS, step: null };
    expect(valueOf(watched.look(5_000, { nextDueAtMs: WALL_MS, running }), 'collector.startLate')).toBe(0);
  });

  it('counts the slots that were missed in the last hour of this session', () => {
    const watched = new Watched().skipped('missed', WALL_MS - 60_000, 40).skipped('missed', WALL_MS + 1_000, 3, 1_000);
    expect(valueOf(watched.look(2_000), 'collector.missedSlots')).toBe(3);
    expect(valueOf(watched.look(3_602_000), 'collector.missedSlots')).toBe(0);
  });

  it('promises data no older than three intervals and a run, counted from when somebody watched', () => {
    const watched = new Watched({ ...QUIET, lastSuccessAtMs: WALL_MS - 86_400_000 });
    for (let n = 0; n < 6; n += 1) watched.ended(run({ durationMs: 4_000 }));
    expect(valueOf(watched.look(0), 'collector.staleBy')).toBe(-3 * INTERVAL_MS - 4_000);
    expect(valueOf(watched.look(3 * INTERVAL_MS + 5_000), 'collector.staleBy')).toBe(1_000);
    const slowed = { cadence: { baseMs: INTERVAL_MS, nowMs: 2 * INTERVAL_MS, because: 'the source throttles' } };
    expect(valueOf(watched.look(3 * INTERVAL_MS + 5_000, slowed), 'collector.staleBy')).toBeLessThan(0);
    watched.record.unwatched(at(3 * INTERVAL_MS));
    // Nobody knows, before the next run or the next broken promise.
    expect(valueOf(watched.look(3 * INTERVAL_MS + 5_000), 'collector.staleBy')).toBeNull();
    expect(valueOf(watched.look(6 * INTERVAL_MS + 5_000), 'collector.staleBy')).toBe(1_000);
  });

  it('promises nothing of a collector that waits for the first run of another', () => {
    expect(valueOf(new Watched().look(99 * INTERVAL_MS, { nextDueAtMs: null }), 'collector.staleBy')).toBeNull();
  });

  it('compares rows and duration with what is usual, once there is a usual', () => {
    const watched = new Watched();
    for (let n = 0; n < 5; n += 1) watched.ended(run({ valid: 200 + n, durationMs: 2_000 + n }));
    expect(valueOf(watched.look(0), 'collector.rowsVersusUsual')).toBeNull();
    watched.ended(run({ valid: 6, durationMs: 8_008 }));
    expect(valueOf(watched.look(0), 'collector.rowsVersusUsual')).toBeCloseTo(6 / 202);
    expect(detailOf(watched.look(0), 'collector.rowsVersusUsual')).toBe('6 rows instead of the usual 202.');
    expect(valueOf(watched.look(0), 'collector.durationVersusUsual')).toBe(4);
    watched.ended(failed('malformed'));
    expect(valueOf(watched.look(0), 'collector.rowsVersusUsual')).toBeNull();
    // Nothing was due, so nothing was asked for.
    watched.ended(run({ valid: 0, fetched: 0, calls: 0 }));
    expect(valueOf(watched.look(0), 'collector.rowsVersusUsual')).toBeNull();
  });

  it('expects no more rows than were asked for by name: when little is due, little comes', () => {
    const watched = new Watched();
    for (let n = 0; n < 5; n += 1) watched.ended(run({ valid: 30, asked: 30 }));
    // The last of what was due; and a run in which the source left out what it was asked for.
    expect(valueOf(watched.ended(run({ valid: 1, asked: 1 })).look(0), 'collector.rowsVersusUsual')).toBeNull();
    expect(valueOf(watched.ended(run({ valid: 21, asked: 22 })).look(0), 'collector.rowsVersusUsual')).toBeCloseTo(
      21 / 22,
    );
    expect(valueOf(watched.ended(run({ valid: 2, asked: 22 })).look(0), 'collector.rowsVersusUsual')).toBeCloseTo(
      2 / 22,
    );
  });

  it('finds nothing unusual where every run is different, where rows are few, and in a run that was throttled', () => {
    const wild = new Watched();
    for (const valid of [1, 900, 30, 400, 2, 700, 0]) wild.ended(run({ valid, durationMs: valid * 10 }));
    expect(valueOf(wild.look(0), 'collector.rowsVersusUsual')).toBeNull();
    expect(valueOf(wild.look(0), 'collector.durationVersusUsual')).toBeNull();
    const few = new Watched();
    for (const valid of [3, 3, 3, 3, 3, 3, 0])
      few.ended(run({ valid, durationMs: 90, throttles: valid === 0 ? 1 : 0 }));
    expect(valueOf(few.look(0), 'collector.rowsVersusUsual')).toBeNull();
    expect(valueOf(few.look(0), 'collector.durationVersusUsual')).toBeNull();
  });

  it('takes what is usual from the record of earlier sessions', () => {
    const watched = new Watched({ ...QUIET, lastRun: run({ valid: 100 }) });
    watched.record.seed([
      watched.slice.lastRun,
      ...Array.from({ length: 30 }, () => run({ valid: 100 })),
    ] as RunReport[]);
    expect(watched.record.earlier).toHaveLength(20);
    expect(valueOf(watched.ended(run({ valid: 3 })).look(0), 'collector.rowsVersusUsual')).toBeCloseTo(0.03);
  });

  it('tells shares only of enough runs, slots and rows', () => {
    const watched = new Watched();
    for (let n = 0; n < 4; n += 1) watched.ended(failed('malformed'));
    expect(valueOf(watched.look(0), 'collector.errorRate')).toBeNull();
    for (let n = 0; n < 12; n += 1) watched.ended(n % 2 === 0 ? failed('malformed') : run());
    expect(valueOf(watched.look(0), 'collector.errorRate')).toBe(0.5);
    expect(valueOf(watched.look(0), 'collector.availability')).toBeNull();
    for (let n = 0; n < 4; n += 1) watched.ended(run());
    expect(valueOf(watched.look(0), 'collector.availability')).toBe(0.5);
    watched.skipped('skipped_paused', WALL_MS, 50).skipped('skipped_asleep', WALL_MS, 50);
    expect(valueOf(watched.look(0), 'collector.availability')).toBe(0.5);
    expect(valueOf(watched.look(25 * 3_600_000), 'collector.availability')).toBeNull();
  });

  describe('and its error budget', () => {
    const MINUTE = { cadence: { baseMs: 60_000, nowMs: 60_000, because: null } };
    const HOUR = { cadence: { baseMs: 3_600_000, nowMs: 3_600_000, because: null } };
    const burn = 'collector.budgetBurn';
    const trigger = 'recovery' as const;

    it('says when so many runs fail that the errors a month may have are used up within days', () => {
      const watched = new Watched();
      expect(valueOf(watched.look(0, MINUTE), burn)).toBe(0);
      for (let n = 0; n < 360; n += 1) watched.ended(n % 2 === 0 ? failed('malformed') : run(), n * 60_000);
      const burning = watched.look(360 * 60_000, MINUTE);
      expect(valueOf(burning, burn)).toBeGreaterThan(1);
      expect(detailOf(burning, burn)).toBe('180 of 360 runs that were due in 6 h did not work.');
      for (let n = 360; n < 400; n += 1) watched.ended(run(), n * 60_000);
      expect(valueOf(watched.look(400 * 60_000, MINUTE), burn)).toBe(0);
    });

    it('judges a collector that runs once an hour by more than the last minutes, and one of a day not at all', () => {
      const watched = new Watched();
      for (let n = 0; n < 4; n += 1) watched.ended(failed('malformed'), n * 3_600_000);
      for (const minutes of [1, 20, 40, 59])
        expect(valueOf(watched.look(3 * 3_600_000 + minutes * 60_000, HOUR), burn)).toBeGreaterThan(1);
      const day = { cadence: { baseMs: 86_400_000, nowMs: 86_400_000, because: null } };
      expect(valueOf(watched.look(3 * 3_600_000, day), burn)).toBeNull();
    });

    it('is not used up by what is tried again within minutes, by hand, or by what the host answers for', () => {
      const watched = new Watched();
      for (let hour = 0; hour < 6; hour += 1) {
        watched.ended(hour === 0 ? failed('malformed') : run(), hour * 3_600_000);
        for (const retry of [15_000, 45_000, 105_000])
          watched.ended({ ...failed('malformed'), trigger }, hour * 3_600_000 + retry);
        watched.ended(failed('timeout'), hour * 3_600_000 + 200_000, true).skipped('backfilled', WALL_MS);
      }
      expect(valueOf(watched.look(6 * 3_600_000, HOUR), burn)).toBe(0);
    });

    it('does not begin with an alarm after a start or a sleep, when little was seen', () => {
      const watched = new Watched();
      for (let n = 0; n < 4; n += 1) watched.ended(failed('malformed'), n * 60_000);
      expect(valueOf(watched.look(4 * 60_000, MINUTE), burn)).toBeLessThan(0.5);
    });

    it('takes nothing of a future that a step of the clock made of the past', () => {
      const watched = new Watched();
      for (let n = 0; n < 360; n += 1) watched.ended(failed('malformed'), n * 60_000);
      expect(valueOf(watched.look(-3_600_000, MINUTE), burn)).toBe(0);
    });
  });

  it('tells the share of rejected rows with the commonest reason', () => {
    const rejected = [
      { reason: 'price is no number', count: 30 },
      { reason: 'no address', count: 15 },
    ];
    const watched = new Watched().ended(run({ fetched: 180, valid: 135, rejected }));
    expect(valueOf(watched.look(0), 'collector.rejectedShare')).toBe(0.25);
    expect(detailOf(watched.look(0), 'collector.rejectedShare')).toContain('price is no number');
    watched.ended(run({ fetched: 2, valid: 0, rejected }));
    expect(valueOf(watched.look(0), 'collector.rejectedShare')).toBeNull();
  });

  it('counts no pool as flawed that the source no longer knows: they come and go', () => {
    const rejected = [{ reason: 'no longer known to the source', count: 40 }];
    const watched = new Watched().ended(run({ fetched: 43, valid: 3, rejected }));
    expect(valueOf(watched.look(0), 'collector.rejectedShare')).toBe(0);
  });
});
