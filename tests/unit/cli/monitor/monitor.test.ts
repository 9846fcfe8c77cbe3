import { describe, expect, it } from 'vitest';
import type { SourcedReport } from '../../../../src/main/cli/health/healthSource';
import { crossingsOf, turnBetween } from '../../../../src/main/cli/monitor/crossings';
import { addSample, EMPTY_SUMMARY, monitorSummaryWords } from '../../../../src/main/cli/monitor/monitorSummary';
import { headLine, sampleCsv, sampleLine } from '../../../../src/main/cli/monitor/monitorText';
import { LEAST_GAP_MS, NextLook } from '../../../../src/main/cli/monitor/nextLook';
import { type MonitorSample, sampleOf } from '../../../../src/main/cli/monitor/samples';
import { judgeDatabase } from '../../../../src/main/engine/health/judgeDatabase';
import { verdictOf, worstLevel } from '../../../../src/main/engine/health/verdict';
import type { DatabaseHealth } from '../../../../src/shared/domain/health';
import { FakeClock } from '../../../support/fakeClock';
import { failing, HEALTHY, HEALTHY_PROBE, NOW_MS, RUNNING, SLOW } from '../../engine/health/support';

const THRESHOLDS = { lockWaitMs: 500, queryTimeMs: 500 };

function seen(spoiled: Partial<DatabaseHealth>, trouble: string | null = null, atMs = NOW_MS): SourcedReport {
  const database = { ...HEALTHY, ...spoiled };
  const findings = judgeDatabase(database, atMs);
  const report = { atMs, level: worstLevel(findings), verdict: verdictOf(findings), databases: [database], findings };
  return { pid: spoiled.running ? 42 : null, trouble, report };
}

const keysOf = (source: SourcedReport, thresholds = THRESHOLDS): readonly string[] =>
  crossingsOf(source, thresholds).map(({ key }) => key);

describe('what is out of order', () => {
  it('is nothing when all is well', () => {
    expect(keysOf(seen({ running: RUNNING }))).toEqual([]);
  });

  it('goes by the thresholds of the person, not by those of the report', () => {
    const slow = seen({ running: { ...RUNNING, lockWait: SLOW } });
    expect(keysOf(slow)).toEqual(['market.db lock wait']);
    expect(keysOf(slow, { lockWaitMs: 900, queryTimeMs: 500 })).toEqual([]);
    const slowRead = seen({ probe: { ...HEALTHY_PROBE, ms: { open: 1, read: 501, write: 1 } } });
    expect(keysOf(slowRead)).toEqual(['market.db query time']);
  });

  it('is a warning or worse, never what is only worth knowing', () => {
    expect(keysOf(seen({ lastCheck: null }))).toEqual([]);
    expect(keysOf(seen({ probe: failing({}) }))).toEqual(['market.db write lock']);
    expect(crossingsOf(seen({}, 'It does not answer.'), THRESHOLDS)).toMatchObject([
      { key: 'instance', level: 'critical' },
    ]);
  });
});

describe('what begins and ends', () => {
  const warning = { key: 'a', level: 'warning', text: 'It is late.' } as const;

  it('is said once, and again only when it gets worse', () => {
    expect(turnBetween([], [warning])).toEqual({ began: [warning], ended: [] });
    expect(turnBetween([warning], [{ ...warning, text: 'It is later.' }])).toEqual({ began: [], ended: [] });
    const worse = { ...warning, level: 'critical' } as const;
    expect(turnBetween([warning], [worse]).began).toEqual([worse]);
    expect(turnBetween([worse], [warning]).began).toEqual([]);
    expect(turnBetween([warning], [])).toEqual({ began: [], ended: [warning] });
  });

  it('is summed up with its span and its worst level', () => {
    const sample = (atMs: number, source: SourcedReport): MonitorSample => ({
      ...sampleOf(source, crossingsOf(source, THRESHOLDS)),
      atMs,
    });
    const samples = [
      sample(0, seen({})),
      sample(1_000, seen({ probe: failing({}) })),
      sample(4_000, seen({})),
      sample(5_000, seen({ probe: failing({}) })),
    ];
    let before: MonitorSample['crossings'] = [];
    let summary = EMPTY_SUMMARY;
    for (const next of samples) {
      summary = addSample(summary, next, turnBetween(before, next.crossings));
      before = next.crossings;
    }
    expect(summary).toMatchObject({ samples: 4, fromMs: 0, toMs: 5_000, worst: 'critical', withoutWriteLock: 2 });
    expect(summary.episodes.map(({ sinceMs, untilMs }) => [sinceMs, untilMs])).toEqual([
      [1_000, 4_000],
      [5_000, null],
    ]);
    expect(monitorSummaryWords(summary)).toBe(
      '4 looks in 5.0 s; no write lock in 2 of them: 2 things out of order, the worst critical.',
    );
    expect(monitorSummaryWords(EMPTY_SUMMARY)).toBe('0 looks in 0 ms: nothing was out of order.');
  });
});

describe('a line', () => {
  it('stands under its heading, and says LOCKED where there is no time', () => {
    const source = seen({ running: RUNNING, probe: failing({}) });
    const line = sampleLine(sampleOf(source, crossingsOf(source, THRESHOLDS)), false);
    expect(line).toHaveLength(headLine(false).length);
    expect(line).toMatch(/^12:00:00 {2}42 +critical +LOCKED +2\.0 ms +4\.0 ms +4\.0 ms +0 +46\.9 KB +–\n$/);
  });

  it('has raw milliseconds and bytes in CSV, and nothing where nothing is known', () => {
    const source = seen({});
    expect(sampleCsv(sampleOf(source, []))).toBe('2026-11-28T12:00:00Z,,ok,market,,,0.1,2,,,,0,4194304,48000,\n');
  });
});

describe('the next look', () => {
  /** How long the wait takes when `act` is done before it. */
  async function waited(act: (next: NextLook) => void): Promise<number> {
    const clock = new FakeClock();
    const next = new NextLook(clock);
    let endedAtMs = NaN;
    act(next);
    void next.wait(30_000).then(() => (endedAtMs = clock.monotonicMs()));
    await clock.advance(60_000);
    return endedAtMs;
  }

  it('is after the interval when nothing happens', async () => {
    expect(await waited(() => undefined)).toBe(30_000);
  });

  it('is a moment after a change while nobody waited', async () => {
    expect(await waited((next) => next.ring())).toBe(LEAST_GAP_MS);
  });

  it('is at once after a change while it was waited for', async () => {
    const clock = new FakeClock();
    const next = new NextLook(clock);
    let endedAtMs = NaN;
    void next.wait(30_000).then(() => (endedAtMs = clock.monotonicMs()));
    await clock.advance(7_000);
    next.ring();
    await clock.advance(10);
    expect(endedAtMs).toBe(7_000);
    expect(clock.pendingTimers).toBe(0);
  });

  it('never comes once it is stopped, and leaves no timer', async () => {
    const clock = new FakeClock();
    const next = new NextLook(clock);
    let looked = false;
    void next.wait(1_000).then(() => (looked = true));
    next.stop();
    void next.wait(1_000).then(() => (looked = true));
    await clock.advance(60_000);
    expect(clock.pendingTimers).toBe(0);
    expect(looked).toBe(false);
  });
});
