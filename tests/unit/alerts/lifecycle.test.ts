import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertRule, AlertState, Transition } from '../../../src/shared/domain/alerts';
import type { Target } from '../../../src/shared/domain/metrics';
import { type Instance, type Moment, newInstance } from '../../../src/main/alerts/instance';
import { judgeValue, type LifecycleEvent, REOPEN_WINDOW_MS, step } from '../../../src/main/alerts/lifecycle';
import { T0 } from './support/alertBench';

const TARGET: Target = { kind: 'collector', id: 'ohlcv' };
const RULE: AlertRule = {
  id: 'test',
  version: 1,
  enabled: true,
  title: '{target} is bad',
  metric: 'collector.staleBy',
  targets: null,
  comparison: 'above',
  fire: 10,
  clear: 5,
  forMs: 10_000,
  keepForMs: 20_000,
  goodReadings: 2,
  severity: 'warning',
  noData: 'keep',
  expectedEveryMs: 5_000,
  needsNetwork: false,
  advice: '',
};

/** A machine with its clocks: observed time goes with the wall unless it sleeps. */
class Run {
  now: Moment = { wallMs: T0, observedMs: 1_000, settled: true };
  instance: Instance;
  readonly transitions: Transition[] = [];
  rule: AlertRule;

  constructor(change: Partial<AlertRule> = {}) {
    this.rule = { ...RULE, ...change };
    this.instance = newInstance(this.rule, TARGET, this.now);
  }

  hand(event: LifecycleEvent): this {
    const next = step(this.rule, this.instance, event, this.now);
    this.instance = JSON.parse(JSON.stringify(next.instance)) as Instance;
    this.transitions.push(...next.transitions);
    return this;
  }

  read(value: number | null): this {
    return this.hand({ kind: 'reading', value, atMs: this.now.wallMs, detail: null });
  }

  wait(ms: number): this {
    this.now = { ...this.now, wallMs: this.now.wallMs + ms, observedMs: this.now.observedMs + ms };
    return this.hand({ kind: 'tick' });
  }

  sleep(ms: number): this {
    this.now = { ...this.now, wallMs: this.now.wallMs + ms };
    return this.hand({ kind: 'tick' });
  }

  get state(): AlertState {
    return this.instance.state;
  }

  get states(): readonly string[] {
    return this.transitions.map(({ to }) => to);
  }
}

/** Fires at T0 + 10 s. */
const firing = (change: Partial<AlertRule> = {}): Run => new Run(change).read(12).wait(10_000);

describe('a rule on a target', () => {
  it('fires once its condition has held for long enough, at the moment at which that became true', () => {
    const run = new Run().read(12).wait(9_000);
    expect(run.state).toBe('pending');
    run.wait(4_000);
    expect(run.transitions.at(-1)).toMatchObject({
      to: 'firing',
      atMs: T0 + 10_000,
      seenAtMs: T0 + 13_000,
      episode: 1,
    });
  });

  it('forgets silently what did not last', () => {
    expect(new Run().read(12).wait(5_000).read(7).wait(60_000).states).toEqual(['pending', 'inactive']);
  });

  it('clears at another level than it fires at, after some time and some good readings', () => {
    const run = firing().read(7).wait(60_000);
    expect(run.state).toBe('firing');
    run.read(3).wait(21_000);
    expect(run.state).toBe('recovering');
    run.read(3);
    expect(run.state).toBe('resolved');
  });

  it('begins its recovery anew when a reading is not good enough', () => {
    const run = firing().read(3).wait(19_000).read(6).wait(2_000).read(3).wait(1_000).read(3);
    expect(run.state).toBe('recovering');
    expect(run.wait(17_000).state).toBe('resolved');
  });

  it('goes back to firing in the same episode while it recovers', () => {
    const run = firing().read(3).wait(5_000).read(30);
    expect(run.state).toBe('firing');
    expect(run.instance.episode).toBe(1);
  });

  it('reopens the same episode within a quarter of an hour, and must then be good for longer', () => {
    const run = firing().read(3).wait(1_000).read(3).wait(19_000);
    expect(run.state).toBe('resolved');
    run.wait(60_000).read(12).wait(10_000);
    expect(run.instance).toMatchObject({ state: 'firing', episode: 1, reopens: 1 });
    run.read(3).wait(1_000).read(3).wait(19_000);
    expect(run.state).toBe('recovering');
    expect(run.wait(10_000).state).toBe('resolved');
  });

  it('begins a new episode after that', () => {
    const run = firing()
      .read(3)
      .wait(1_000)
      .read(3)
      .wait(19_000)
      .wait(REOPEN_WINDOW_MS + 1);
    expect(run.state).toBe('inactive');
    expect(run.read(12).wait(10_000).instance).toMatchObject({ state: 'firing', episode: 2 });
  });

  it('takes neither null nor NaN for a value', () => {
    for (const nothing of [null, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(new Run({ forMs: 0 }).read(nothing).states).toEqual([]);
      expect(firing().read(nothing).read(nothing).wait(10_000).state).toBe('firing');
      expect(judgeValue({ ...RULE, comparison: 'below' }, nothing)).toBe('unknown');
    }
  });

  it('does not fire on what happened long ago', () => {
    const run = new Run({ forMs: 0 });
    run.hand({ kind: 'reading', value: 99, atMs: run.now.wallMs - 120_000, detail: null });
    expect(run.states).toEqual([]);
  });

  it('does not count sleep', () => {
    const run = new Run()
      .read(12)
      .wait(5_000)
      .sleep(8 * 3_600_000);
    expect(run.state).toBe('pending');
    expect(run.wait(5_000).state).toBe('firing');
  });

  it('holds back what needs the network until it has settled, and nothing else', () => {
    const run = new Run({ needsNetwork: true, forMs: 0 });
    run.now = { ...run.now, settled: false };
    expect(run.read(12).wait(10_000).state).toBe('pending');
    run.now = { ...run.now, settled: true };
    expect(run.wait(1_000).state).toBe('firing');
    const local = new Run({ forMs: 0 });
    local.now = { ...local.now, settled: false };
    expect(local.read(12).state).toBe('firing');
  });
});

describe('a rule without readings', () => {
  it('stays as it is by default, and fires on no old value', () => {
    expect(firing().wait(600_000).state).toBe('firing');
    expect(new Run({ forMs: 60_000 }).read(12).wait(16_000).wait(600_000).state).toBe('pending');
  });

  it('fires when that is what it is for, once it has lasted, at the moment at which it became true', () => {
    const run = new Run({ noData: 'alert' }).read(1).wait(20_000);
    expect(run.state).toBe('pending');
    expect(run.wait(6_000).transitions.at(-1)).toMatchObject({ to: 'firing', atMs: T0 + 25_000 });
  });

  it('is over when that is what it means', () => {
    expect(firing({ noData: 'ok' }).wait(16_000).wait(21_000).state).toBe('resolved');
  });
});

describe('a restart', () => {
  it('goes on with the timers that ran, but fires only on a fresh reading', () => {
    const run = new Run().read(12).wait(8_000).hand({ kind: 'restarted', downtimeMs: 60_000 });
    expect(run.wait(5_000).state).toBe('pending');
    expect(run.read(12).state).toBe('firing');
  });

  it('begins them anew after an hour', () => {
    const run = new Run().read(12).wait(8_000).hand({ kind: 'restarted', downtimeMs: 3_600_001 });
    expect(run.read(12).wait(5_000).state).toBe('pending');
    expect(run.wait(5_000).state).toBe('firing');
  });

  it('neither ends nor repeats what fires', () => {
    const run = firing()
      .hand({ kind: 'restarted', downtimeMs: 7 * 86_400_000 })
      .read(20)
      .wait(1_000);
    expect(run.states).toEqual(['pending', 'firing']);
  });
});

describe('a changed rule', () => {
  it('changes nothing when it says the same of the last value', () => {
    const run = firing();
    run.rule = { ...run.rule, version: 2, fire: 11 };
    expect(run.hand({ kind: 'rule_changed' }).state).toBe('firing');
    expect(run.states).toEqual(['pending', 'firing']);
  });

  it('ends what it no longer means', () => {
    const run = firing();
    run.rule = { ...run.rule, version: 2, fire: 100, clear: 90 };
    expect(run.hand({ kind: 'rule_changed' }).transitions.at(-1)).toMatchObject({ to: 'resolved', ruleVersion: 2 });
  });
});

const FOLLOWS: Readonly<Record<AlertState, readonly AlertState[]>> = {
  inactive: ['pending'],
  pending: ['firing', 'inactive', 'resolved'],
  firing: ['recovering', 'resolved'],
  recovering: ['firing', 'resolved'],
  resolved: ['pending', 'inactive'],
};

type Deed = (run: Run) => void;
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(0, 4, 7, 10, 50, null, Number.NaN).map(
      (value): Deed =>
        (run) =>
          void run.read(value),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.integer({ min: 1, max: 40_000 }).map(
      (ms): Deed =>
        (run) =>
          void run.wait(ms),
    ),
  },
  fc.integer({ min: 1, max: 10 ** 8 }).map(
    (ms): Deed =>
      (run) =>
        void run.sleep(ms),
  ),
  fc.integer({ min: -(10 ** 8), max: -1 }).map(
    (ms): Deed =>
      (run) =>
        void run.sleep(ms),
  ),
  fc.integer({ min: 0, max: 10 ** 7 }).map(
    (downtimeMs): Deed =>
      (run) =>
        void run.hand({ kind: 'restarted', downtimeMs }),
  ),
  fc.boolean().map((settled): Deed => (run) => {
    run.now = { ...run.now, settled };
  }),
);
const change = fc.record({
  forMs: fc.constantFrom(0, 10_000),
  keepForMs: fc.constantFrom(0, 20_000),
  goodReadings: fc.constantFrom(1, 3),
  noData: fc.constantFrom('keep' as const, 'alert' as const, 'ok' as const),
  needsNetwork: fc.boolean(),
});

describe('whatever happens', () => {
  it('every transition follows from the one before, and the log alone gives the same state', () => {
    fc.assert(
      fc.property(change, fc.array(deed, { maxLength: 60 }), (rule, deeds) => {
        const run = new Run(rule);
        for (const act of deeds) act(run);
        let state: AlertState = 'inactive';
        let episode = 0;
        for (const { from, to, atMs, seenAtMs, episode: next } of run.transitions) {
          expect(from).toBe(state);
          expect(FOLLOWS[from]).toContain(to);
          expect(atMs).toBeLessThanOrEqual(seenAtMs);
          expect(next - episode).toBeLessThanOrEqual(to === 'firing' && from === 'pending' ? 1 : 0);
          expect(next).toBeGreaterThanOrEqual(episode);
          state = to;
          episode = next;
        }
        expect(run.instance).toMatchObject({ state, episode });
      }),
      { numRuns: 300 },
    );
  });

  it('the same readings at the same times give the same transitions, also across a stop in between', () => {
    fc.assert(
      fc.property(change, fc.array(deed, { maxLength: 60 }), (rule, deeds) => {
        const [once, again] = [new Run(rule), new Run(rule)];
        for (const act of deeds) act(once);
        for (const act of deeds) {
          act(again);
          again.instance = structuredClone(again.instance);
        }
        expect(again.transitions).toEqual(once.transitions);
      }),
      { numRuns: 100 },
    );
  });

  it('a rule never begins to fire before the condition has held for its time, counted awake', () => {
    fc.assert(
      fc.property(change, fc.array(deed, { maxLength: 60 }), (rule, deeds) => {
        const run = new Run(rule);
        let pendingObservedMs = 0;
        let counted = 0;
        for (const act of deeds) {
          act(run);
          for (const { from, to, atMs, seenAtMs } of run.transitions.slice(counted)) {
            // That data stay away is seen at the next look, and counts from the moment at which it became true.
            if (to === 'pending') pendingObservedMs = run.now.observedMs - (seenAtMs - atMs);
            if (from === 'pending' && to === 'firing' && run.instance.noData === false) {
              expect(run.now.observedMs - pendingObservedMs).toBeGreaterThanOrEqual(rule.forMs);
            }
          }
          counted = run.transitions.length;
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('what goes back and forth', () => {
  it('ends when nobody expects anything of its target any more', () => {
    const run = new Run({ forMs: 0, keepForMs: 0, goodReadings: 1, noData: 'ok' });
    for (let turn = 0; turn < 8; turn += 1) run.read(20).wait(1_000).read(0).wait(1_000);
    expect(run.instance).toMatchObject({ state: 'recovering', flap: { flapping: true } });
    // Three expected intervals without a reading.
    for (let second = 0; second < 20; second += 1) run.wait(1_000);
    expect(run.instance.state).toBe('resolved');
  });
});
