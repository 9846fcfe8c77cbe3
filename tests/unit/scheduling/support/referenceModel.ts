// What one collector on one host should do, told as plainly as possible: a list of facts and one function per thing that happens.
// Times are monotonic milliseconds; `skewMs` is what the wall clock is ahead.
export const INTERVAL_MS = 10_000;
export const RUN_MS = 137;
export const THRESHOLD = 5;
export const COOLDOWN_MS = 60_000;

export type Mood = 'good' | 'broken' | 'throttling' | 'dead';

type Run = {
  readonly slotMs: number;
  readonly turn: number;
  readonly startedMs: number;
  readonly mood: Mood;
  readonly down: boolean;
};

export class ReferenceModel {
  /** outcome, wall time, turn, slots: in the order of writing. */
  readonly slots: string[] = [];
  streak = 0;
  mood: Mood = 'good';
  host: 'closed' | 'open' | 'half_open' = 'closed';
  pausedUntilMs: number | null = null;
  nowMs = 0;
  skewMs: number;
  #dueMs: number | null = null;
  #extraMs: number | null = null;
  #coolMs = 0;
  #run: Run | null = null;
  #lastClass: 'none' | 'network' | 'host_down' | 'other' = 'none';
  #lastOutcome = '';
  #lastSlotMs: number | null = null;
  #placedMs = Number.NEGATIVE_INFINITY;
  #turn = 0;
  #lookedMs = 0;
  #unseenSleepMs = 0;
  #wokeMs = Number.NEGATIVE_INFINITY;
  #refusals = 0;
  #probeMs = Number.POSITIVE_INFINITY;
  #probeWaitMs = 2_000;

  constructor(wallMs: number) {
    this.skewMs = wallMs;
  }

  start(): void {
    const wallMs = this.nowMs + this.skewMs;
    this.#lookedMs = this.nowMs;
    this.#unseenSleepMs = 0;
    let delayMs = 0;
    if (this.#lastSlotMs !== null) {
      const passed = Math.floor((wallMs - this.#lastSlotMs) / INTERVAL_MS);
      if (passed > 0)
        this.#skip(this.#lastSlotMs + INTERVAL_MS, passed, this.pausedUntilMs === null ? 'missed' : 'skipped_paused');
      else delayMs = Math.min(INTERVAL_MS, this.#lastSlotMs + INTERVAL_MS - wallMs);
    }
    this.#dueMs = this.nowMs + delayMs;
    this.#look();
  }

  stop(): void {
    if (this.#run) this.#end(this.#run, 'cancelled');
    this.#dueMs = null;
    this.#extraMs = null;
    this.#coolMs = 0;
    this.#wokeMs = Number.NEGATIVE_INFINITY;
    this.host = 'closed';
    this.#refusals = 0;
    this.#probeMs = Number.POSITIVE_INFINITY;
    this.#probeWaitMs = 2_000;
  }

  pass(milliseconds: number): void {
    const endMs = this.nowMs + milliseconds;
    for (;;) {
      const runEndMs = this.#run ? this.#run.startedMs + RUN_MS : Number.POSITIVE_INFINITY;
      const lookMs =
        this.#dueMs === null
          ? Number.POSITIVE_INFINITY
          : Math.min(this.#lookedMs + 1_000, this.#dueMs, this.#extraMs ?? Infinity);
      const nextMs = Math.min(runEndMs, lookMs, this.#probeMs);
      if (nextMs > endMs) break;
      this.nowMs = Math.max(this.nowMs, nextMs);
      if (nextMs === runEndMs && this.#run) this.#endByItself(this.#run);
      else if (nextMs === this.#probeMs) this.#probe();
      else this.#look();
    }
    this.nowMs = endMs;
  }

  sleep(milliseconds: number): void {
    this.skewMs += milliseconds;
    this.#unseenSleepMs += milliseconds;
  }

  setBack(milliseconds: number): void {
    this.skewMs -= milliseconds;
    this.#unseenSleepMs -= milliseconds;
  }

  pause(forMs: number): void {
    this.pausedUntilMs = this.nowMs + this.skewMs + forMs;
    this.#extraMs = null;
  }

  resume(): void {
    if (this.pausedUntilMs === null) return;
    this.pausedUntilMs = null;
    if (this.#lastOutcome !== 'skipped_paused' || this.#dueMs === null) return;
    this.#dueMs = Math.min(this.#dueMs, this.nowMs);
    this.#look();
  }

  runNow(): void {
    if (!this.#run) this.#begin(this.nowMs + this.skewMs);
  }

  #look(): void {
    this.#lookedMs = this.nowMs;
    const sleptMs = this.#unseenSleepMs;
    this.#unseenSleepMs = 0;
    if (sleptMs >= 10_000) this.#wake(sleptMs);
    if (this.pausedUntilMs !== null && this.pausedUntilMs <= this.nowMs + this.skewMs) this.pausedUntilMs = null;
    if (this.#dueMs !== null && this.#dueMs <= this.nowMs) {
      const slotMs = this.#dueMs + this.skewMs;
      this.#dueMs += INTERVAL_MS;
      if (this.pausedUntilMs !== null) this.#skip(slotMs, 1, 'skipped_paused');
      else if (this.#run) this.#skip(slotMs, 1, 'skipped_overlap');
      else if (this.#coolMs > this.nowMs) this.#skip(slotMs, 1, 'skipped_cooldown');
      else {
        this.#lastSlotMs = slotMs;
        this.#begin(slotMs);
      }
    }
    if (this.#extraMs === null || this.#extraMs > this.nowMs) return;
    this.#extraMs = null;
    if (!this.#run && this.pausedUntilMs === null) this.#begin(this.nowMs + this.skewMs);
  }

  #wake(sleptMs: number): void {
    this.#wokeMs = this.nowMs;
    this.#coolMs -= sleptMs;
    if (this.#extraMs !== null) this.#extraMs = Math.max(this.#extraMs - sleptMs, this.nowMs + 2_000);
    if (this.#dueMs === null) return;
    this.#dueMs -= sleptMs;
    if (this.#dueMs > this.nowMs) return;
    const overslept = Math.floor((this.nowMs - this.#dueMs) / INTERVAL_MS) + 1;
    this.#skip(this.#dueMs + this.skewMs, overslept, this.pausedUntilMs === null ? 'skipped_asleep' : 'skipped_paused');
    this.#dueMs = this.nowMs + 2_000;
  }

  #begin(slotMs: number): void {
    this.#coolMs = 0;
    this.#extraMs = null;
    const turn = this.#place(slotMs, slotMs);
    this.#run = { slotMs, turn, startedMs: this.nowMs, mood: this.mood, down: this.host !== 'closed' };
  }

  #endByItself(run: Run): void {
    if (run.down) this.#end(run, 'failed', 'host_down');
    else if (run.mood === 'dead') {
      if (this.host === 'closed' && ++this.#refusals >= 3) this.#openHost();
      this.#end(run, 'failed', 'network');
    } else {
      this.#answered();
      if (run.mood === 'good') this.#end(run, 'ok');
      else this.#end(run, run.mood === 'broken' ? 'failed' : 'throttled', 'other');
    }
    this.#look();
  }

  #end(run: Run, outcome: string, errorClass: 'none' | 'network' | 'host_down' | 'other' = 'none'): void {
    this.#run = null;
    this.#lastClass = outcome === 'failed' ? errorClass : 'none';
    this.#write(outcome, run.slotMs, run.turn, 1);
    if (outcome === 'ok') this.streak = this.streak < 0 ? 1 : this.streak + 1;
    if (outcome !== 'failed' || errorClass === 'host_down') return;
    const excused = errorClass === 'network' && run.startedMs < this.#wokeMs + 30_000;
    if (!excused) this.streak = this.streak > 0 ? -1 : this.streak - 1;
    const failures = -Math.min(0, this.streak);
    const waitMs = failures >= THRESHOLD ? COOLDOWN_MS : Math.min(COOLDOWN_MS, 15_000 * 2 ** Math.max(0, failures - 1));
    if (!excused && failures >= THRESHOLD) this.#coolMs = this.nowMs + COOLDOWN_MS;
    else if (this.#dueMs !== null && this.nowMs + waitMs >= this.#dueMs) return;
    this.#extraMs = this.pausedUntilMs === null ? this.nowMs + waitMs : null;
  }

  #openHost(): void {
    this.host = 'open';
    this.#probeMs = this.nowMs + this.#probeWaitMs;
    this.#probeWaitMs = Math.min(15_000, this.#probeWaitMs * 2);
  }

  #probe(): void {
    if (this.mood === 'dead') this.#openHost();
    else this.#answered();
  }

  #answered(): void {
    const wasDown = this.host !== 'closed';
    this.host = 'closed';
    this.#refusals = 0;
    this.#probeMs = Number.POSITIVE_INFINITY;
    this.#probeWaitMs = 2_000;
    if (!wasDown) return;
    if (this.#lastClass === 'network' || this.#lastClass === 'host_down') {
      this.#coolMs = 0;
      this.#extraMs = null;
      if (this.#dueMs !== null) this.#dueMs = Math.min(this.#dueMs, this.nowMs);
    }
    this.#look();
  }

  #skip(slotMs: number, slots: number, outcome: string): void {
    const untilMs = slotMs + (slots - 1) * INTERVAL_MS;
    this.#lastSlotMs = untilMs;
    this.#write(outcome, slotMs, this.#place(slotMs, untilMs), slots);
  }

  #place(slotMs: number, untilMs: number): number {
    if (slotMs <= this.#placedMs) this.#turn += 1;
    this.#placedMs = untilMs;
    return this.#turn;
  }

  #write(outcome: string, slotMs: number, turn: number, slots: number): void {
    this.#lastOutcome = outcome;
    this.slots.push(`${outcome} at ${slotMs}, turn ${turn}, ${slots}`);
  }
}
