// Every collector begins to fail within the same second, and a minute later all are well again: how long does judging that hold the
// main thread, and does it grow with the number of collectors or with its square?
import { performance } from 'node:perf_hooks';
import { AlertEngine } from '../../src/main/alerts/alertEngine';
import { nothingRestored } from '../../src/main/alerts/alertChanges';
import { DEFAULT_RULES } from '../../src/main/alerts/defaultRules';
import type { Reading } from '../../src/shared/domain/metrics';
import type { Clock } from '../../src/shared/util/clock';
import type { BenchResult } from '../lib/run';

const FEW = 500;
const MANY = 2_000;
/** Seconds of quiet before, of failing, and of being well again. */
const SETTLE = 40;
const FAILING = 60;
const WELL = 40;
const STREAK = 5;

export function runStorm(): Promise<BenchResult> {
  // The first that is judged also pays for the compiler.
  worstSecondMs(FEW);
  const few = worstSecondMs(FEW);
  const many = worstSecondMs(MANY);
  return Promise.resolve({
    figures: {
      [`${FEW} collectors: worst second ms`]: few,
      [`${MANY} collectors: worst second ms`]: many,
      'worst second, 2,000 / 500 collectors': many / few,
    },
    // Four times as many: a square would be sixteen.
    gates: [{ figure: 'worst second, 2,000 / 500 collectors', atMost: 8 }],
  });
}

function worstSecondMs(collectors: number): number {
  let nowMs = 0;
  let ids = 0;
  const clock: Clock = {
    wallMs: () => nowMs,
    monotonicMs: () => nowMs,
    after: () => ({ cancel: () => undefined }),
  };
  const engine = new AlertEngine({
    clock,
    rules: DEFAULT_RULES,
    restored: nothingRestored(nowMs),
    facts: {
      titleOf: ({ id }) => id,
      hostsOf: () => ['h'],
      faultOf: () => 'server',
      isPaused: () => false,
      collectors: () => collectors,
    },
    ids: () => `id${(ids += 1)}`,
    onChange: () => undefined,
    store: {
      save: () => undefined,
      incident: () => Promise.resolve(null),
      incidents: () => Promise.resolve([]),
      transitions: () => Promise.resolve([]),
      notices: () => Promise.resolve([]),
    },
    notify: () => undefined,
    history: { readings: () => Promise.resolve([]) },
  });
  const readings = (value: number): readonly Reading[] =>
    Array.from({ length: collectors }, (_, index) => ({
      metric: 'collector.failureStreak',
      target: { kind: 'collector', id: `c${index}` },
      value,
      atMs: nowMs,
      detail: null,
    }));
  let worstMs = 0;
  for (let second = 0; second < SETTLE + FAILING + WELL; second += 1) {
    nowMs += 1_000;
    const isFailing = second >= SETTLE && second < SETTLE + FAILING;
    const seen = readings(isFailing ? STREAK : 0);
    const startedAtMs = performance.now();
    engine.observe(seen);
    engine.tick();
    worstMs = Math.max(worstMs, performance.now() - startedAtMs);
  }
  return worstMs;
}
