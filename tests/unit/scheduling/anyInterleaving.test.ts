// Whatever fails, pauses, sleeps and restarts in whatever order: every slot has one outcome, and streak and breaker are what a
// plain model of them says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../../src/shared/domain/collector';
import type { RunRequest } from '../../../src/main/scheduling/collectorRun';
import { toStreak } from '../../../src/main/scheduling/recovery';
import { HostGuard } from '../../../src/main/sources/http/hostGuard';
import { SourceError } from '../../../src/main/sources/http/sourceError';
import { FakeClock, settle } from '../../support/fakeClock';
import { INTERVAL_MS, ReferenceModel, RUN_MS, type Mood } from './support/referenceModel';
import { SchedulerBench } from './support/schedulerBench';

const REFUSED = new SourceError('network', 'The host refused the connection.');
const GARBAGE = new SourceError('malformed', 'The host answered with garbage.');
const TOO_MANY = new SourceError('throttled', 'The host asks for fewer calls.');

/** The real scheduler and the real guard of its host, joined as the engine joins them. */
class Subject {
  readonly clock = new FakeClock();
  mood: Mood = 'good';
  #bench: SchedulerBench | null = null;
  #guard: HostGuard | null = null;

  get bench(): SchedulerBench {
    if (!this.#bench) throw new Error('not started');
    return this.#bench;
  }

  start(): void {
    const bench = new SchedulerBench([{ intervalMs: INTERVAL_MS }], this.#bench ?? this.clock);
    const guard = new HostGuard({
      host: 'host',
      clock: this.clock,
      probe: () => (this.mood === 'dead' ? Promise.reject(REFUSED) : Promise.resolve()),
      onEvent: ({ kind }) => {
        if (kind === 'breaker_closed') bench.scheduler.hostRecovered();
      },
    });
    bench.runner = (request) => this.#run(bench, guard, request);
    this.#bench = bench;
    this.#guard = guard;
    bench.scheduler.start();
  }

  async stop(): Promise<void> {
    this.#guard?.close();
    await this.bench.scheduler.stop('The test restarts it.');
  }

  breaker(): string {
    return this.#guard?.status().state ?? '';
  }

  streak(): number {
    const [slice] = this.bench.scheduler.slices();
    return slice ? toStreak(slice.streak) : 0;
  }

  #run(bench: SchedulerBench, guard: HostGuard, request: RunRequest): Promise<RunReport> {
    const finish = bench.reporter(request);
    const { mood } = this;
    const isDown = guard.status().state !== 'closed';
    return new Promise((resolve) => {
      const timer = this.clock.after(RUN_MS, () => {
        const error = isDown
          ? guard.downError()
          : { dead: REFUSED, broken: GARBAGE, throttling: TOO_MANY, good: null }[mood];
        guard.learn(error, '/pools');
        if (error === null) resolve(finish('ok', null));
        else
          resolve(
            finish(error.class === 'throttled' ? 'throttled' : 'failed', {
              class: error.class,
              message: error.message,
            }),
          );
      });
      request.signal.addEventListener('abort', () => {
        timer.cancel();
        resolve(finish('cancelled', null));
      });
    });
  }
}

type Action =
  | { readonly kind: 'pass' | 'sleep' | 'setBack' | 'pause' | 'restart'; readonly ms: number }
  | { readonly kind: 'mood'; readonly mood: Mood }
  | { readonly kind: 'resume' | 'runNow' };

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 90_000 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('mood' as const),
      mood: fc.constantFrom<Mood>('good', 'broken', 'throttling', 'dead', 'dead'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('sleep' as const), ms: fc.integer({ min: 10_000, max: 7_200_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('setBack' as const), ms: fc.integer({ min: 1, max: 3_600_000 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pause' as const), ms: fc.integer({ min: 1, max: 120_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('restart' as const), ms: fc.integer({ min: 0, max: 300_000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('resume' as const, 'runNow' as const) }) },
);

async function apply(step: Action, subject: Subject, model: ReferenceModel): Promise<void> {
  const { scheduler } = subject.bench;
  switch (step.kind) {
    case 'pass':
      model.pass(step.ms);
      return subject.clock.advance(step.ms);
    case 'mood':
      model.mood = subject.mood = step.mood;
      return;
    case 'sleep':
      model.sleep(step.ms);
      return subject.clock.stepWall(step.ms);
    case 'setBack':
      model.setBack(step.ms);
      return subject.clock.stepWall(-step.ms);
    case 'pause':
      scheduler.pause('dexes', subject.clock.wallMs() + step.ms);
      return model.pause(step.ms);
    case 'resume':
      scheduler.resume('dexes');
      return model.resume();
    case 'runNow':
      scheduler.runNow('dexes');
      return model.runNow();
    case 'restart':
      await subject.stop();
      model.stop();
      await subject.clock.advance(step.ms);
      model.pass(step.ms);
      subject.start();
      return model.start();
  }
}

describe('the scheduler', () => {
  it('agrees with a plain model on every slot, streak and breaker state, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 40 }), async (actions) => {
        const subject = new Subject();
        const model = new ReferenceModel(subject.clock.wallMs());
        subject.start();
        model.start();
        for (const step of actions) {
          await apply(step, subject, model);
          await settle();
          const slots = subject.bench.slots.map(
            ({ outcome, slotAtMs, turn, slots: count }) => `${outcome} at ${slotAtMs}, turn ${turn}, ${count}`,
          );
          expect(slots).toEqual(model.slots);
          expect(subject.streak()).toBe(model.streak);
          expect(subject.breaker()).toBe(model.host);
        }
        const places = subject.bench.slots.map(({ slotAtMs, turn }) => `${turn} ${slotAtMs}`);
        expect(new Set(places).size).toBe(places.length);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
