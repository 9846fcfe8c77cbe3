// Thousands of collectors that do not exist, and what arrives of them: each sample is a run that has just ended, with a tick of its
// own, which is the most that one thing can change in the window. Only the world outside is made up: what is done with a sample is not.
import { Coalesced } from '../../src/main/engine/coalesced';
import { systemClock } from '../../src/main/engine/systemClock';
import { type CollectorSlice, TICKS_PER_COLLECTOR, type Tick } from '../../src/shared/contract/snapshot';
import type { CollectorId, RunReport } from '../../src/shared/domain/collector';

const BEAT_MS = 20;
const INTERVAL_MS = 60_000;
/** Prime, so that neighbours in the list are not neighbours in time. */
const STRIDE = 617;
const FAILS_EVERY = 97;

export class SampleFeed {
  readonly #slices: CollectorSlice[];
  readonly #perSecond: number;
  readonly #shown: Coalesced;
  #samples = 0;
  #timer: NodeJS.Timeout | null = null;

  /** @param publish hears of the collectors as often as the engine would tell of its own */
  constructor(collectors: number, perSecond: number, publish: (slices: readonly CollectorSlice[]) => void) {
    const nowMs = Date.now();
    this.#slices = Array.from({ length: collectors }, (_, n) => collectorAt(n, nowMs));
    this.#perSecond = perSecond;
    this.#shown = new Coalesced(systemClock, () => publish([...this.#slices]));
  }

  /** How many have arrived. */
  get samples(): number {
    return this.#samples;
  }

  now(): readonly CollectorSlice[] {
    return [...this.#slices];
  }

  start(): void {
    const startedMs = performance.now();
    this.#timer = setInterval(() => {
      const due = Math.floor(((performance.now() - startedMs) / 1_000) * this.#perSecond);
      while (this.#samples < due) this.#arrive();
      this.#shown.changed();
    }, BEAT_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#shown.stop();
  }

  #arrive(): void {
    const n = (this.#samples * STRIDE) % this.#slices.length;
    this.#samples += 1;
    const slice = this.#slices[n];
    if (!slice) throw new Error('no collector');
    const nowMs = Date.now();
    const lastRun = runAt(n, this.#samples, nowMs);
    this.#slices[n] = {
      ...slice,
      nextDueAtMs: nowMs + INTERVAL_MS,
      lastRun,
      lastSuccessAtMs: nowMs,
      streak: { failures: 0, successes: slice.streak.successes + 1 },
      ticks: [...slice.ticks, tickOf(lastRun)].slice(-TICKS_PER_COLLECTOR),
    };
  }
}

function collectorAt(n: number, nowMs: number): CollectorSlice {
  // Not among those that there are: the window lists whatever the snapshot holds.
  const id = idAt(n);
  const runs = Array.from({ length: TICKS_PER_COLLECTOR }, (_, place) =>
    runAt(n, n + place, nowMs - (TICKS_PER_COLLECTOR - place) * INTERVAL_MS),
  );
  return {
    id,
    title: `Collector ${n + 1}`,
    description: `What the synthetic collector ${n + 1} does, in one sentence of a usual length.`,
    health: n % 50 === 7 ? 'degraded' : 'ok',
    cause: n % 50 === 7 ? 'Two of the last ten runs brought fewer rows than usual.' : null,
    intervalMs: INTERVAL_MS,
    cadence: { baseMs: INTERVAL_MS, nowMs: INTERVAL_MS, because: null },
    pause: null,
    running: null,
    nextDueAtMs: nowMs + INTERVAL_MS,
    lastRun: runs.at(-1) ?? null,
    lastSuccessAtMs: nowMs - INTERVAL_MS,
    lastError: null,
    streak: { failures: 0, successes: 40 },
    cooldownUntilMs: null,
    ticks: runs.map(tickOf),
  };
}

function idAt(n: number): CollectorId {
  return `synthetic_${String(n + 1).padStart(4, '0')}` as CollectorId;
}

function runAt(n: number, turn: number, endedAtMs: number): RunReport {
  const durationMs = 300 + ((n * 31 + turn * 17) % 1_900);
  const rows = 100 + ((n * 7 + turn * 13) % 400);
  return {
    id: `run-${n}-${turn}`,
    collectorId: idAt(n),
    slotAtMs: endedAtMs - durationMs,
    startedAtMs: endedAtMs - durationMs,
    endedAtMs,
    durationMs,
    trigger: 'schedule',
    outcome: turn % FAILS_EVERY === 0 ? 'partial' : 'ok',
    fetched: rows,
    valid: rows,
    inserted: rows % 23,
    changed: rows - (rows % 23),
    unchanged: 0,
    rejected: [],
    calls: 3,
    throttles: 0,
    error: null,
  };
}

function tickOf({ slotAtMs, outcome, durationMs, valid }: RunReport): Tick {
  return { slotAtMs, outcome, durationMs, rows: valid, slots: 1 };
}
