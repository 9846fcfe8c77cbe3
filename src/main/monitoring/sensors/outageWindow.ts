// For how long something was out of service in the last hours. What nobody saw counts as time in service: a budget is not used up by
// the hours for which the program was off.
import { BURN_RULES, type Count } from '../series/availability';

const KEPT_MS = Math.max(...BURN_RULES.map(({ windowMs }) => windowMs));

/** What goes out of service again sooner has not been mended between. */
const APART_MS = 30_000;

interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

export class OutageWindow {
  #spans: readonly Span[] = [];

  /** In order of time, and never twice the same. */
  add(fromMs: number, untilMs: number): void {
    const last = this.#spans.at(-1);
    const isLonger = last?.untilMs === fromMs;
    const kept = (isLonger ? this.#spans.slice(0, -1) : this.#spans).filter((span) => span.untilMs > untilMs - KEPT_MS);
    this.#spans = [...kept, { fromMs: isLonger ? last.fromMs : fromMs, untilMs }];
  }

  /** Outages of the last hours: one long one is another matter than many short ones. */
  howMany(nowMs: number): number {
    return this.#spans.filter(({ fromMs, untilMs }, index) => {
      const beforeMs = this.#spans[index - 1]?.untilMs ?? Number.NEGATIVE_INFINITY;
      return untilMs > nowMs - KEPT_MS && fromMs - beforeMs >= APART_MS;
    }).length;
  }

  /** Seconds in service and out of it. */
  count(nowMs: number, windowMs: number): Count {
    const sinceMs = nowMs - windowMs;
    const bad = this.#spans.reduce(
      (sum, { fromMs, untilMs }) => sum + Math.max(0, untilMs - Math.max(fromMs, sinceMs)) / 1_000,
      0,
    );
    return { good: windowMs / 1_000 - bad, bad };
  }
}
