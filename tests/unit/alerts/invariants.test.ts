// What must hold of alerts whatever happens: readings of any kind, sleep, steps of the clock, restarts, orders of a person.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AlertState } from '../../../src/shared/domain/alerts';
import type { MetricName, Target } from '../../../src/shared/domain/metrics';
import { DEFAULT_RULES } from '../../../src/main/alerts/defaultRules';
import { AlertBench, collector, host, market, network } from './support/alertBench';

const PATIENCE_MS = 60_000;

type Deed = (bench: AlertBench) => void;

/** A reading that fires, and one that clears, of everything that explains something else or is explained. */
const SUBJECTS: readonly (readonly [MetricName, Target, bad: number, good: number])[] = [
  ['network.unreachable', network, 1, 0],
  ['host.breakerOpen', host, 1, 0],
  ['host.throttledFor', host, 90_000, 0],
  ['database.lockedFor', market, 900, 0],
  ['database.unavailableFor', market, 9_000, 0],
  ['database.diskFree', market, 1, 10 ** 12],
  ...['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'].flatMap(
    (id) =>
      [
        ['collector.failureStreak', collector(id), 5, 0],
        ['collector.staleBy', collector(id), 60_000, -1],
        ['collector.missedSlots', collector(id), 4, 0],
      ] as const,
  ),
];

const reading = fc.record({
  subject: fc.constantFrom(...SUBJECTS),
  bad: fc.boolean(),
  fault: fc.constantFrom('network', 'storage', 'malformed', null),
});

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.array(reading, { minLength: 1, maxLength: 6 }).map((readings): Deed => (bench) => {
      for (const { subject, fault } of readings) {
        const [, target] = subject;
        if (target.kind === 'collector' && fault) bench.faults.set(target.id, fault);
      }
      bench.observe(
        ...readings.map(({ subject: [metric, target, bad, good], bad: isBad }) =>
          bench.reading(metric, target, isBad ? bad : good, null),
        ),
      );
    }),
  },
  {
    weight: 6,
    arbitrary: fc.integer({ min: 1, max: 40 }).map(
      (seconds): Deed =>
        (bench) =>
          bench.pass(seconds * 1_000),
    ),
  },
  fc.integer({ min: 1, max: 10 ** 8 }).map(
    (ms): Deed =>
      (bench) =>
        bench.clock.advance(ms),
  ),
  fc.integer({ min: -(10 ** 7), max: 10 ** 7 }).map(
    (ms): Deed =>
      (bench) =>
        bench.clock.stepWall(ms),
  ),
  fc.integer({ min: 0, max: 10 ** 7 }).map(
    (ms): Deed =>
      (bench) =>
        bench.restart(ms),
  ),
  fc.nat(3).map(
    (index): Deed =>
      (bench) =>
        void bench.engine.ack(bench.open[index]?.id ?? '', 'seen'),
  ),
  fc.nat(3).map(
    (index): Deed =>
      (bench) =>
        void bench.engine.unack(bench.open[index]?.id ?? ''),
  ),
  fc.nat(3).map(
    (index): Deed =>
      (bench) =>
        void bench.engine.snooze(bench.open[index]?.id ?? '', bench.clock.wallMs() + 60_000),
  ),
  fc.nat(3).map(
    (index): Deed =>
      (bench) =>
        void bench.engine.snooze(bench.open[index]?.id ?? '', 'until_change'),
  ),
  fc.constantFrom('collector' as const, 'host' as const, null).map(
    (targetKind): Deed =>
      (bench) =>
        void bench.engine.silence({
          kind: 'silence',
          ruleId: null,
          targetKind,
          targetId: null,
          untilMs: bench.clock.wallMs() + 120_000,
          reason: 'peace',
        }),
  ),
  fc.constantFrom(...DEFAULT_RULES.slice(0, 8)).map(
    (rule): Deed =>
      (bench) =>
        void bench.engine.saveRule({ ...rule, advice: 'other words' }),
  ),
  fc.constantFrom(...DEFAULT_RULES.slice(0, 8)).map(
    (rule): Deed =>
      (bench) =>
        void bench.engine.saveRule({ ...rule, enabled: false }),
  ),
);

function holds(bench: AlertBench): void {
  const { record, told } = bench;
  const open = bench.open;
  // Every fault belongs to one open incident at most, and every cause has one.
  const keys = open.flatMap(({ members }) => members.filter(({ state }) => state === 'firing').map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
  const roots = open.map(({ root, rootRuleId }) => `${rootRuleId}|${root.kind}/${root.id}`);
  expect(new Set(roots).size).toBe(roots.length);

  for (const { resolvedAtMs, openedAtMs, members } of open) {
    expect(resolvedAtMs).toBeNull();
    expect(members.length).toBeGreaterThan(0);
    expect(openedAtMs).toBeLessThanOrEqual(Math.max(...record.batches.map(({ atMs }) => atMs)));
  }
  // The log alone gives the states, and each line follows from the one before.
  const states = new Map<string, AlertState>();
  for (const { key, from, to, atMs, seenAtMs } of record.transitions_) {
    expect(states.get(key) ?? 'inactive').toBe(from === 'inactive' ? (states.get(key) ?? 'inactive') : from);
    expect(atMs).toBeLessThanOrEqual(seenAtMs);
    states.set(key, to);
  }
  // Nothing is said that is not stored, with a transition before it.
  const stored = new Set(record.notices_.map(({ id }) => id));
  const opened = new Set(record.batches.flatMap(({ incidents }) => incidents.map(({ incident }) => incident.id)));
  expect(record.transitions_.length > 0 || told.length === 0).toBe(true);
  for (const { id, incidentId } of told) {
    expect(stored.has(id)).toBe(true);
    expect(opened.has(incidentId)).toBe(true);
  }
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  // Beginnings and ends alternate for whoever hears of the incident.
  for (const incidentId of new Set(told.map((notice) => notice.incidentId))) {
    let begun = false;
    for (const { kind, suppressed } of told.filter((notice) => notice.incidentId === incidentId)) {
      if (suppressed !== null) continue;
      if (kind === 'fired') expect(begun).toBe(false);
      if (kind === 'resolved') expect(begun).toBe(true);
      begun = kind !== 'resolved';
    }
  }
}

it(
  'one incident per fault and cause, one end per beginning, nothing said that is not on record',
  () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const bench = new AlertBench({ collectors: 8 });
        bench.settle();
        for (const act of deeds) {
          act(bench);
          holds(bench);
        }
      }),
      { numRuns: 150 },
    );
  },
  PATIENCE_MS,
);
