// Measures the program itself: stalls of the main thread, memory and processor time. It owns the histogram of the event loop, which
// must be stopped.
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import type { AppFacts } from './sensors/appSensor';

/** Rarely enough to cost nothing; a stall shorter than this is none. */
const RESOLUTION_MS = 100;
const SLOW_EVERY_MS = 5_000;
/** Of one core: less is no program that keeps its own main thread busy. */
const AT_WORK_SHARE = 0.5;
const NS_PER_MS = 1e6;

export class AppMeter {
  readonly #delays: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #cpu = process.cpuUsage();
  #measuredMs: number;
  #slow: Pick<AppFacts, 'rssBytes' | 'cpuShare'> = { rssBytes: null, cpuShare: null };

  constructor(monotonicMs: number) {
    this.#measuredMs = monotonicMs;
    this.#delays.enable();
  }

  /**
   * Everything since the look before.
   * @param wasAway nobody was there for a while: a sleeping machine, unless the program was at work all the time
   */
  look(monotonicMs: number, wasAway: boolean): Pick<AppFacts, 'stallMs' | 'rssBytes' | 'cpuShare'> {
    const passedMs = monotonicMs - this.#measuredMs;
    if (passedMs >= SLOW_EVERY_MS || this.#slow.rssBytes === null) this.#measure(monotonicMs, passedMs);
    const longestMs = this.#delays.max / NS_PER_MS - RESOLUTION_MS;
    this.#delays.reset();
    const hasSlept = wasAway && (this.#slow.cpuShare ?? 0) < AT_WORK_SHARE;
    return { stallMs: hasSlept ? 0 : Math.max(0, longestMs), ...this.#slow };
  }

  stop(): void {
    this.#delays.disable();
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
