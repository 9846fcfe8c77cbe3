// Sleep, restarts and a clock that is set: none of them is anybody's fault, and none makes a sound.
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/shared/domain/metrics';
import { ObservedTime, SETTLE_MS } from '../../../src/main/alerts/observedTime';
import { AlertBench, collector, HandClock, host, market, network, numbers, T0 } from './support/alertBench';

const HOUR_MS = 3_600_000;
/** About a second of work, for a machine with other things to do. */
const PATIENCE_MS = 60_000;

describe('observed time', () => {
  it('advances with ticks, and over a sleep stands still on either kind of clock', () => {
    const clock = new HandClock();
    const time = new ObservedTime(clock, 500);
    clock.advance(1_000);
    expect(time.look().observedMs).toBe(1_500);
    clock.stepWall(HOUR_MS);
    expect(time.look()).toMatchObject({ observedMs: 1_500, settled: false });
    clock.advance(HOUR_MS);
    expect(time.look()).toMatchObject({ observedMs: 1_500, settled: false });
  });

  it('goes on when the clock is set back', () => {
    const clock = new HandClock();
    const time = new ObservedTime(clock, 0);
    clock.advance(5_000);
    time.look();
    clock.stepWall(-HOUR_MS);
    clock.advance(1_000);
    expect(time.look()).toMatchObject({ observedMs: 6_000, wallMs: T0 - HOUR_MS + 6_000 });
  });

  it('does not count a sleep that only the system tells of', () => {
    const clock = new HandClock();
    const time = new ObservedTime(clock, 0);
    clock.advance(4_000);
    time.slept();
    clock.advance(1_000);
    expect(time.look()).toMatchObject({ observedMs: 1_000, settled: false });
  });

  it('has settled half a minute after a start', () => {
    const clock = new HandClock();
    const time = new ObservedTime(clock, 0);
    expect(time.settlingUntilMs()).toBe(T0 + SETTLE_MS);
    for (let second = 0; second < 30; second += 1) {
      clock.advance(1_000);
      time.look();
    }
    expect(time.moment().settled).toBe(true);
    expect(time.settlingUntilMs()).toBeNull();
  });
});

describe('that the network is not judged yet', () => {
  it('is no longer shown once it is, though nothing else has changed', () => {
    const bench = new AlertBench();
    bench.pass(SETTLE_MS - 1_000);
    expect(bench.changes).toBe(0);
    bench.pass(2_000);
    expect(bench.changes).toBe(1);
    expect(bench.engine.view().settlingUntilMs).toBeNull();
    bench.pass(10_000);
    expect(bench.changes).toBe(1);
  });
});

/** What sensors say in the first seconds after waking, while there is no network yet. */
function confused(bench: AlertBench, second: number): readonly Reading[] {
  return [
    bench.reading('network.unreachable', network, 1, 'No interface has an address.'),
    bench.reading('host.breakerOpen', host, 1, 'The name could not be looked up.'),
    bench.reading('collector.failureStreak', collector('c1'), Math.min(6, Math.floor(second / 3)), 'no network'),
    bench.reading('collector.startLate', collector('c1'), 9_000),
    bench.reading('collector.silentFor', collector('c1'), 30_000),
    bench.reading('collector.staleBy', collector('c1'), 5_000),
    bench.reading('database.lockedFor', market, 0),
  ];
}

function well(bench: AlertBench): readonly Reading[] {
  return [
    bench.reading('network.unreachable', network, 0),
    bench.reading('host.breakerOpen', host, 0),
    bench.reading('collector.failureStreak', collector('c1'), 0),
    bench.reading('collector.startLate', collector('c1'), 0),
    bench.reading('collector.silentFor', collector('c1'), 0),
    bench.reading('collector.staleBy', collector('c1'), -60_000),
    bench.reading('database.lockedFor', market, 0),
  ];
}

describe('a thousand sleeps, restarts and steps of the clock', () => {
  it(
    'fire nothing and tell nobody anything, though the network takes its time after each',
    () => {
      const bench = new AlertBench();
      const random = numbers(7);
      bench.pass(35_000, () => well(bench));
      for (let cycle = 0; cycle < 1_000; cycle += 1) {
        const lengthMs = 6_000 + Math.floor(random() * 10 * HOUR_MS);
        switch (cycle % 5) {
          case 0:
            bench.clock.stepWall(lengthMs);
            break;
          case 1:
            bench.clock.advance(lengthMs);
            break;
          case 2:
            bench.restart(Math.floor(random() * 3 * HOUR_MS));
            break;
          case 3:
            bench.clock.stepWall(random() < 0.5 ? lengthMs : 3_000);
            break;
          default:
            bench.clock.advance(lengthMs);
            bench.engine.power('resume');
        }
        let second = 0;
        const confusedFor = Math.floor(random() * 28);
        bench.pass(confusedFor * 1_000, () => confused(bench, (second += 1)));
        bench.pass(4_000, () => well(bench));
        if (cycle % 7 === 0) {
          bench.clock.stepWall(-Math.floor(random() * HOUR_MS));
          bench.pass(3_000, () => well(bench));
        }
      }
      expect(bench.record.transitions_.filter(({ to }) => to === 'firing')).toEqual([]);
      expect(bench.told).toEqual([]);
      expect(bench.open).toEqual([]);
    },
    PATIENCE_MS,
  );

  it('hide nothing that is still wrong half a minute later', () => {
    const bench = new AlertBench();
    bench.settle();
    bench.clock.stepWall(HOUR_MS);
    bench.pass(45_000, () => confused(bench, 20));
    expect(bench.open).toMatchObject([{ root: network, severity: 'critical' }]);
    expect(bench.said).toEqual(['fired No interface has an address']);
  });

  it('do not wait with what needs no network', () => {
    const bench = new AlertBench();
    bench.clock.stepWall(HOUR_MS);
    bench.pass(2_000, () => [bench.reading('database.failed', market, 1, 'market.db is damaged.')]);
    expect(bench.open).toMatchObject([{ title: 'market.db is damaged' }]);
  });
});

describe('a restart', () => {
  const failed = (bench: AlertBench, value: number): Reading => bench.reading('database.failed', market, value);

  it('says nothing of what still fires, and nothing when all is well', () => {
    const bench = new AlertBench();
    bench.pass(5_000, () => [failed(bench, 1)]);
    expect(bench.said).toHaveLength(1);
    bench.restart(HOUR_MS);
    bench.pass(60_000, () => [failed(bench, 1)]);
    expect(bench.said).toHaveLength(1);
    expect(bench.open).toHaveLength(1);
  });

  it('says that it is over of what has recovered meanwhile', () => {
    const bench = new AlertBench();
    bench.pass(5_000, () => [failed(bench, 1)]);
    bench.restart(9 * HOUR_MS);
    bench.pass(15_000, () => [failed(bench, 0)]);
    expect(bench.said).toEqual(['fired market.db cannot be used', 'resolved Over: market.db cannot be used']);
  });

  it.each([
    [
      'there is new data',
      (bench: AlertBench) => bench.observe(bench.reading('collector.staleBy', collector('c1'), -1)),
    ],
    ['its collector is paused', (bench: AlertBench) => void bench.paused.add('c1')],
  ])('does not call old data new because nobody knows its age yet, until %s', (_, end) => {
    const bench = new AlertBench();
    const stale = (value: number | null) => () => [bench.reading('collector.staleBy', collector('c1'), value)];
    bench.settle();
    bench.pass(30_000, stale(60_000));
    bench.restart(5_000);
    bench.pass(60_000, stale(null));
    expect(bench.said).toEqual(['fired The data of c1 is old']);
    end(bench);
    bench.pass(5_000, stale(null));
    expect(bench.said).toEqual(['fired The data of c1 is old', 'resolved Over: The data of c1 is old']);
  });

  it('goes on with a timer that ran', () => {
    const bench = new AlertBench();
    const slow = (): readonly Reading[] => [bench.reading('database.readP95', market, 900)];
    bench.pass(25_000, slow);
    bench.restart(60_000);
    bench.pass(16_000, slow);
    expect(bench.open).toMatchObject([{ rootRuleId: 'database-slow-reads' }]);
  });

  it('keeps acknowledgements, snoozes and silences', () => {
    const bench = new AlertBench();
    bench.pass(5_000, () => [failed(bench, 1)]);
    const [incident] = bench.open;
    bench.engine.ack(incident?.id ?? '', 'on it');
    const silence = bench.engine.silence({
      kind: 'silence',
      ruleId: null,
      targetKind: 'host',
      targetId: null,
      untilMs: bench.clock.wallMs() + HOUR_MS,
      reason: 'they said so',
    });
    bench.restart();
    expect(bench.open).toMatchObject([{ id: incident?.id, ack: { note: 'on it' } }]);
    expect(bench.engine.view().silences).toMatchObject([
      { id: silence.ok && silence.value.id, reason: 'they said so' },
    ]);
  });
});
