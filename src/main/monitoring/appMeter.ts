// Measures the program itself: stalls of the main thread, memory and processor time. It owns a timer, which must be stopped.
// The runtime's own histogram of the event loop does not do: asked before its timer has run, which after a stall is the rule, it
// knows nothing of the stall, and resetting it makes it forget that.
import type { AppFacts } from './sensors/appSensor';

/**
 * A stall shorter than this is none, and of a longer one up to so much may go unseen: told are those of seconds. Waking a hidden
 * program is most of what it costs, ten times a second half a percent of a core.
 */
const BEAT_MS = 500;
const SLOW_EVERY_MS = 5_000;
/** Of one core: less is no program that keeps its own main thread busy. */
const AT_WORK_SHARE = 0.5;

export class AppMeter {
  readonly #timer = setInterval(() => this.#beat(), BEAT_MS);
  #beatMs = performance.now();
  #longestMs = 0;
  #cpu = process.cpuUsage();
  #measuredMs: number;
  #slow: Pick<AppFacts, 'rssBytes' | 'cpuShare'> = { rssBytes: null, cpuShare: null };

  constructor(monotonicMs: number) {
    this.#measuredMs = monotonicMs;
    this.#timer.unref();
  }

  /**
   * Everything since the look before.
   * @param wasAway nobody was there for a while: a sleeping machine, unless the program was at work all the time
   */
  look(monotonicMs: number, wasAway: boolean): Pick<AppFacts, 'stallMs' | 'rssBytes' | 'cpuShare'> {
    const passedMs = monotonicMs - this.#measuredMs;
    if (passedMs >= SLOW_EVERY_MS || this.#slow.rssBytes === null) this.#measure(monotonicMs, passedMs);
    // A stall that has just ended is one, although the timer has not run since.
    this.#beat();
    const stallMs = Math.max(0, this.#longestMs - BEAT_MS);
    this.#longestMs = 0;
    const hasSlept = wasAway && (this.#slow.cpuShare ?? 0) < AT_WORK_SHARE;
    return { stallMs: hasSlept ? 0 : stallMs, ...this.#slow };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    const nowMs = performance.now();
    this.#longestMs = Math.max(this.#longestMs, nowMs - this.#beatMs);
    this.#beatMs = nowMs;
  }

  #measure(monotonicMs: number, passedMs: number): void {
    const before = this.#cpu;
    this.#cpu = process.cpuUsage();
    const usedMs = (this.#cpu.user - before.user + this.#cpu.system - before.system) / 1_000;
    this.#measuredMs = monotonicMs;
    this.#slow = {
      rssBytes: process.memoryUsage.rss(),
      cpuShare: passedMs > 0 ? usedMs / passedMs : null,
    };
  }
}
