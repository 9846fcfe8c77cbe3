// One run of one collector: asks it for pages, stores each before the next, and reports what became of every row.
// It always ends: a collector that throws, hangs or ignores an abort becomes a report, never an exception.
import type { WriteAck, WriteBatch } from '../../shared/contract/storage';
import type { CallPriority, RejectedRows, RunError, RunReport } from '../../shared/domain/collector';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import type { CollectContext, CollectedPage, Collector } from '../collectors/collector';
import { QualityTally } from '../collectors/quality/qualityTally';

/** Longest silence: beyond it a run is taken for hung. Longer than the longest pause a throttling source may ask for. */
export const HANG_AFTER_MS = 5 * 60_000;

export interface CallCounts {
  readonly calls: number;
  readonly throttles: number;
}

export interface RunServices {
  readonly clock: Clock;
  readonly write: (batch: WriteBatch) => Promise<WriteAck>;
  /** Everything a collector may use, less what belongs to this run. */
  readonly context: Omit<CollectContext, 'signal' | 'progress'>;
  /** Turns whatever was thrown into a class and a plain sentence. */
  readonly classify: (error: unknown) => RunError;
  /** Runs `step` so that API calls made inside are counted for this run and take its place in the queue. */
  readonly counted: <T>(request: RunRequest, step: () => Promise<T>) => Promise<T>;
  readonly countsOf: (runId: string) => CallCounts;
  /** True while the source makes everybody wait: that silence is not a hang. */
  readonly isHeldUp: () => boolean;
}

export interface RunRequest {
  readonly runId: string;
  readonly collector: Collector;
  readonly slotAtMs: number;
  readonly trigger: RunReport['trigger'];
  readonly priority: CallPriority;
  /** Monotonic time of the next slot: a call that has failed is not tried again beyond it. */
  readonly deadlineMs: number;
  /** Aborts when the run should stop. */
  readonly signal: AbortSignal;
  readonly onStep: (step: string) => void;
}

interface Totals {
  fetched: number;
  valid: number;
  /** Null: no page has said. */
  asked: number | null;
  inserted: number;
  changed: number;
  unchanged: number;
  readonly rejected: Map<string, number>;
  readonly shortfalls: string[];
  readonly quality: QualityTally;
  volatile: boolean;
}

export async function runCollector(services: RunServices, request: RunRequest): Promise<RunReport> {
  const { clock } = services;
  const startedAtMs = clock.wallMs();
  const startedMs = clock.monotonicMs();
  const totals = emptyTotals();
  const error = await collectAll(services, request, totals).then(
    () => null,
    (thrown: unknown) => explain(thrown, request.signal, services.classify),
  );
  const verdict = judge(totals, error);
  const { calls, throttles } = services.countsOf(request.runId);
  return {
    id: request.runId,
    collectorId: request.collector.id,
    slotAtMs: request.slotAtMs,
    startedAtMs,
    endedAtMs: clock.wallMs(),
    durationMs: clock.monotonicMs() - startedMs,
    trigger: request.trigger,
    ...verdict,
    fetched: totals.fetched,
    valid: totals.valid,
    ...(totals.asked !== null && { asked: totals.asked }),
    inserted: totals.inserted,
    changed: totals.changed,
    unchanged: totals.unchanged,
    rejected: [...totals.rejected].map(([reason, count]) => ({ reason, count })),
    calls,
    throttles,
    quality: totals.quality.result(),
  };
}

async function collectAll(services: RunServices, request: RunRequest, totals: Totals): Promise<void> {
  const hang = new AbortController();
  const watchdog = new Watchdog(services.clock, services.isHeldUp, () => hang.abort(new RunTimeoutError()));
  const signal = AbortSignal.any([request.signal, hang.signal]);
  const aborted = rejectOnAbort(signal);
  let pages = 0;
  const iterator = request.collector
    .collect({
      ...services.context,
      signal,
      progress(step) {
        watchdog.beat();
        request.onStep(step);
      },
    })
    [Symbol.asyncIterator]();
  try {
    for (;;) {
      // Raced with the abort: a collector that ignores its signal must not hold the slot for ever.
      const step = services.counted(request, () => iterator.next());
      step.catch(() => undefined);
      const next = await Promise.race([step, aborted.promise]);
      if (next.done) return;
      watchdog.beat();
      pages += 1;
      // Named after its run, so that what becomes of it in the storage threads, in the spool and in the log can be followed.
      await storePage(services, `${request.runId}/${pages}`, next.value, totals, aborted.promise);
    }
  } finally {
    watchdog.stop();
    aborted.release();
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

async function storePage(
  services: RunServices,
  batchId: string,
  page: CollectedPage,
  totals: Totals,
  aborted: Promise<never>,
): Promise<void> {
  totals.fetched += page.fetched;
  totals.valid += page.valid;
  if (page.asked !== undefined) totals.asked = (totals.asked ?? 0) + page.asked;
  addRejected(totals, page.rejected);
  if (page.shortfall !== null) totals.shortfalls.push(page.shortfall);
  const parts = page.parts.filter((part) => part.rows.length > 0);
  if (parts.length === 0) return;
  await Promise.race([totals.quality.add(parts, services.context.read), aborted]);
  // Not raced with the abort: a batch on its way is either acknowledged or reported, never dropped.
  const ack = await services.write({ id: batchId, parts });
  totals.inserted += ack.inserted;
  totals.changed += ack.changed;
  totals.unchanged += ack.unchanged;
  addRejected(
    totals,
    ack.rejected.map(({ reason }) => ({ reason, count: 1 })),
  );
  if (ack.durability === 'volatile') totals.volatile = true;
}

function judge(totals: Totals, error: RunError | null): Pick<RunReport, 'outcome' | 'error'> {
  if (error?.class === 'cancelled') return { outcome: 'cancelled', error };
  if (error?.class === 'throttled') return { outcome: 'throttled', error };
  if (error) return { outcome: 'failed', error };
  if (totals.volatile)
    return {
      outcome: 'partial',
      error: {
        class: 'storage',
        message: 'Rows are held in memory only: neither the database nor the spool took them.',
      },
    };
  if (totals.fetched > 0 && totals.valid === 0)
    return {
      outcome: 'failed',
      error: { class: 'malformed', message: `None of the ${totals.fetched} rows that the source sent could be used.` },
    };
  const shortfall = totals.shortfalls[0];
  if (shortfall === undefined) return { outcome: 'ok', error: null };
  const others = totals.shortfalls.length - 1;
  const message = others > 0 ? `${shortfall} (and ${others} more)` : shortfall;
  return { outcome: 'partial', error: { class: 'shortfall', message } };
}

class RunTimeoutError extends Error {
  constructor() {
    super(`The run made no progress for ${HANG_AFTER_MS / 60_000} minutes and was stopped.`);
    this.name = 'RunTimeoutError';
  }
}

/** A hang is a failure of its own; only a stop on request counts as cancelled. */
function explain(thrown: unknown, signal: AbortSignal, classify: RunServices['classify']): RunError {
  if (thrown instanceof RunTimeoutError) return { class: 'timeout', message: thrown.message };
  if (!signal.aborted) return classify(thrown);
  const reason: unknown = signal.reason;
  return { class: 'cancelled', message: reason instanceof Error ? reason.message : 'The run was stopped.' };
}

class Watchdog {
  readonly #clock: Clock;
  readonly #isHeldUp: () => boolean;
  readonly #onHang: () => void;
  #timer: TimerHandle;

  constructor(clock: Clock, isHeldUp: () => boolean, onHang: () => void) {
    this.#clock = clock;
    this.#isHeldUp = isHeldUp;
    this.#onHang = onHang;
    this.#timer = this.#arm();
  }

  beat(): void {
    this.#timer.cancel();
    this.#timer = this.#arm();
  }

  stop(): void {
    this.#timer.cancel();
  }

  #arm(): TimerHandle {
    return this.#clock.after(HANG_AFTER_MS, () => {
      if (this.#isHeldUp()) this.beat();
      else this.#onHang();
    });
  }
}

function rejectOnAbort(signal: AbortSignal): { readonly promise: Promise<never>; release(): void } {
  let release = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    const listener = (): void => reject(signal.reason as Error);
    if (signal.aborted) listener();
    signal.addEventListener('abort', listener, { once: true });
    release = () => signal.removeEventListener('abort', listener);
  });
  promise.catch(() => undefined);
  return { promise, release };
}

function emptyTotals(): Totals {
  return {
    fetched: 0,
    valid: 0,
    asked: null,
    inserted: 0,
    changed: 0,
    unchanged: 0,
    rejected: new Map(),
    shortfalls: [],
    quality: new QualityTally(),
    volatile: false,
  };
}

function addRejected(totals: Totals, rejected: readonly RejectedRows[]): void {
  for (const { reason, count } of rejected) totals.rejected.set(reason, (totals.rejected.get(reason) ?? 0) + count);
}
