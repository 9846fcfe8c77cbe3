// A scheduler on a fake clock whose runs end when and how a test says. What it tells is kept, as the databases would keep it.
import { TICKS_PER_COLLECTOR } from '../../../../src/shared/contract/snapshot';
import type { CollectorId, RunError, RunReport } from '../../../../src/shared/domain/collector';
import type { CollectorEvent } from '../../../../src/shared/domain/collectorEvent';
import type { Collector } from '../../../../src/main/collectors/collector';
import type { RunRequest } from '../../../../src/main/scheduling/collectorRun';
import { fromStreak } from '../../../../src/main/scheduling/recovery';
import type { CollectorHistory, Pause } from '../../../../src/main/scheduling/scheduledCollector';
import { Scheduler, type HoldUp, type SchedulerPlan, type SlotEvent } from '../../../../src/main/scheduling/scheduler';
import { FakeClock } from '../../../support/fakeClock';

export const POLICY = { failureThreshold: 5, cooldownMs: 60_000 };

export const collector = (id: CollectorId): Collector => ({
  id,
  title: id,
  description: '',
  collect: () => {
    throw new Error('the scheduler does not call collectors itself');
  },
});

const SERVER_FAULT: RunError = { class: 'server', message: 'The source answered 500.' };

export class SchedulerBench {
  readonly clock: FakeClock;
  readonly slots: SlotEvent[] = [];
  readonly events: CollectorEvent[] = [];
  readonly requests: RunRequest[] = [];
  saved: ReadonlyMap<CollectorId, Pause>;
  outcome: RunReport['outcome'] = 'ok';
  error: RunError = SERVER_FAULT;
  /** How long a run takes; null never ends by itself. */
  durationMs: number | null = 100;
  throttles = 0;
  held: HoldUp | null = null;
  readonly scheduler: Scheduler;

  /** `from`: the session before, whose record and clock it goes on with, or a clock. */
  constructor(plans: readonly Partial<SchedulerPlan>[] = [{}], from: SchedulerBench | FakeClock = new FakeClock()) {
    const before = from instanceof FakeClock ? null : from;
    this.clock = from instanceof FakeClock ? from : from.clock;
    this.saved = before?.saved ?? new Map();
    this.slots.push(...(before?.slots ?? []));
    this.events.push(...(before?.events ?? []));
    const full = plans.map((plan) => ({
      collector: collector('dexes'),
      intervalMs: 10_000,
      adaptive: false,
      startsAfter: null,
      ...plan,
    }));
    this.scheduler = new Scheduler({
      clock: this.clock,
      policy: POLICY,
      plans: full,
      history: new Map(full.flatMap(({ collector: { id } }) => this.#historyOf(id))),
      pauses: this.saved,
      run: (request) => this.#run(request),
      onSlot: (slot) => this.slots.push(slot),
      onEvent: (event) => this.events.push(event),
      savePauses: (next) => {
        this.saved = next;
      },
      onChange: () => undefined,
      heldUp: () => this.held,
      surroundings: () => ({ storage: 'ok', quotaShare: 0 }),
      random: () => 0.5,
    });
  }

  outcomes(id: CollectorId = 'dexes'): readonly string[] {
    return this.slots.filter((slot) => slot.collectorId === id).map(({ outcome }) => outcome);
  }

  #historyOf(id: CollectorId): readonly (readonly [CollectorId, CollectorHistory])[] {
    // As it is read back: by turn and time, not in the order of writing.
    const own = this.slots
      .filter(({ collectorId }) => collectorId === id)
      .sort((a, b) => a.turn - b.turn || a.slotAtMs - b.slotAtMs);
    const newest = own.at(-1);
    if (!newest) return [];
    const lastRun = own.findLast(({ run }) => run !== null);
    const expected = own.findLast(({ run }) => run === null || run.trigger === 'schedule') ?? newest;
    const good = own.findLast(({ run }) => run?.outcome === 'ok' || run?.outcome === 'partial');
    const history: CollectorHistory = {
      ticks: own.slice(-TICKS_PER_COLLECTOR).map(({ slotAtMs, outcome, slots }) => ({
        slotAtMs,
        outcome,
        slots,
        durationMs: null,
        rows: null,
      })),
      lastRun: lastRun?.run ?? null,
      lastSuccessAtMs: good?.run?.endedAtMs ?? null,
      recovery: fromStreak(lastRun?.streak ?? 0),
      lastPlace: { untilMs: newest.untilMs ?? newest.slotAtMs, turn: newest.turn },
      lastExpectedMs: expected.untilMs ?? expected.slotAtMs,
    };
    return [[id, history]];
  }

  /** How a run goes; a test may put its own in place. */
  runner = (request: RunRequest): Promise<RunReport> => {
    const finish = this.reporter(request);
    return new Promise((resolve) => {
      request.signal.addEventListener('abort', () => resolve(finish('cancelled', null)));
      const end = (): void => resolve(finish(this.outcome, this.outcome === 'failed' ? this.error : null));
      if (this.durationMs !== null) this.clock.after(this.durationMs, end);
    });
  };

  /** The report of a run that begins now. */
  reporter(request: RunRequest): (outcome: RunReport['outcome'], error: RunError | null) => RunReport {
    const startedAtMs = this.clock.wallMs();
    const startedMs = this.clock.monotonicMs();
    return (outcome, error) => ({
      id: request.runId,
      collectorId: request.collector.id,
      slotAtMs: request.slotAtMs,
      startedAtMs,
      endedAtMs: this.clock.wallMs(),
      durationMs: this.clock.monotonicMs() - startedMs,
      trigger: request.trigger,
      outcome,
      fetched: 1,
      valid: 1,
      inserted: 1,
      changed: 0,
      unchanged: 0,
      rejected: [],
      calls: 1,
      throttles: this.throttles,
      error,
    });
  }

  #run(request: RunRequest): Promise<RunReport> {
    this.requests.push(request);
    return this.runner(request);
  }
}
