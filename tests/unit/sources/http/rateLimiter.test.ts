import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter, WINDOW_MS, type RateLimiter } from '../../../../src/main/sources/http/rateLimiter';
import { FakeClock, settle } from '../../../support/fakeClock';
import { MemoryLimiterState } from '../../../support/memoryLimiterState';

const NEVER = new AbortController().signal;

interface Bench {
  readonly clock: FakeClock;
  readonly state: MemoryLimiterState;
  /** Monotonic start of every call, over all restarts. */
  readonly starts: number[];
}

function bench(): Bench {
  return { clock: new FakeClock(), state: new MemoryLimiterState(), starts: [] };
}

function limiterOf({ clock, state }: Bench, callsPerMinute: number, random = 0.5): RateLimiter {
  return createRateLimiter({ callsPerMinute, clock, state, random: () => random });
}

/** Makes a call that lasts `durationMs`; resolves when it is over, or has been given up. */
async function call(on: Bench, limiter: RateLimiter, durationMs = 0, signal = NEVER, key = ''): Promise<void> {
  const leave = await limiter.enter(signal, { key, priority: 'normal' }).catch(() => null);
  if (!leave) return;
  on.starts.push(on.clock.monotonicMs());
  if (durationMs > 0) await new Promise<void>((resolve) => on.clock.after(durationMs, resolve));
  leave();
}

function busiestWindow(starts: readonly number[]): number {
  return Math.max(0, ...starts.map((from) => starts.filter((at) => at >= from && at < from + WINDOW_MS).length));
}

describe('rate limiter', () => {
  it('lets the first calls go in a spaced burst and makes the rest wait for the window', async () => {
    const on = bench();
    const limiter = limiterOf(on, 6);
    for (let index = 0; index < 8; index += 1) void call(on, limiter);
    await on.clock.advance(120_000);
    expect(on.starts).toEqual([0, 2_500, 5_000, 7_500, 10_000, 12_500, 60_000, 62_500]);
  });

  it('never has two calls of one caller in flight', async () => {
    const on = bench();
    const limiter = limiterOf(on, 60);
    void call(on, limiter, 30_000);
    void call(on, limiter, 30_000);
    await on.clock.advance(29_999);
    expect(on.starts).toEqual([0]);
    expect(limiter.status().waiting).toBe(1);
    await on.clock.advance(1_000);
    expect(on.starts).toHaveLength(2);
  });

  it('counts a call until a minute after its answer, because the host may have counted it any time before', async () => {
    const on = bench();
    const limiter = limiterOf(on, 1);
    void call(on, limiter, 20_000);
    void call(on, limiter);
    await on.clock.advance(79_999);
    expect(on.starts).toEqual([0]);
    await on.clock.advance(1);
    expect(on.starts).toEqual([0, 80_000]);
  });

  it('lets other callers go on while the call of one hangs, up to four at once', async () => {
    const on = bench();
    const limiter = limiterOf(on, 600);
    const order: string[] = [];
    const ask = async (key: string, durationMs: number): Promise<void> => {
      const leave = await limiter.enter(NEVER, { key, priority: 'normal' });
      order.push(key);
      await new Promise<void>((resolve) => on.clock.after(durationMs, resolve));
      leave();
    };
    for (const key of ['hangs', 'hangs', 'b', 'c', 'd', 'e']) void ask(key, key === 'hangs' ? 20_000 : 1_000);
    await on.clock.advance(900);
    expect(order).toEqual(['hangs', 'b', 'c', 'd']);
    await on.clock.advance(200);
    expect(order).toEqual(['hangs', 'b', 'c', 'd', 'e']);
    await on.clock.advance(20_000);
    expect(order.at(-1)).toBe('hangs');
  });

  it('does not let a flood by one caller hold up another', async () => {
    const on = bench();
    const limiter = limiterOf(on, 60);
    const servedMs: number[] = [];
    for (let index = 0; index < 200; index += 1)
      void limiter.enter(NEVER, { key: 'flood', priority: 'normal' }).then((leave) => leave());
    await on.clock.advance(10_000);
    const askedMs = on.clock.monotonicMs();
    for (let index = 0; index < 3; index += 1)
      void limiter.enter(NEVER, { key: 'other', priority: 'normal' }).then((leave) => {
        servedMs.push(on.clock.monotonicMs() - askedMs);
        leave();
      });
    await on.clock.advance(5_000);
    expect(servedMs).toHaveLength(3);
    expect(Math.max(...servedMs)).toBeLessThanOrEqual(2_000);
  });

  it('serves callers in the order of asking and forgets at once those who give up', async () => {
    const on = bench();
    const limiter = limiterOf(on, 6);
    const order: string[] = [];
    const patience = new AbortController();
    const ask = (name: string, signal: AbortSignal): Promise<unknown> =>
      limiter.enter(signal).then(
        (leave) => {
          order.push(name);
          leave();
        },
        (error: unknown) => order.push(`${name}: ${(error as { class: string }).class}`),
      );
    void ask('first', NEVER);
    void ask('second', patience.signal);
    void ask('third', NEVER);
    await settle();
    patience.abort();
    await on.clock.advance(2_500);
    expect(order).toEqual(['first', 'second: cancelled', 'third']);
    expect(on.clock.pendingTimers).toBe(0);
  });

  it('refuses a caller whose signal has aborted already', async () => {
    await expect(limiterOf(bench(), 6).enter(AbortSignal.abort())).rejects.toMatchObject({ class: 'cancelled' });
  });

  it('remembers the call before it is made, so that a crash in the middle counts', async () => {
    const on = bench();
    const limiter = limiterOf(on, 2);
    await limiter.enter(NEVER);
    expect(on.state.memory.callTimesMs).toEqual([on.clock.wallMs()]);
  });

  it('does not freeze when the wall clock was set back between two starts of the program', async () => {
    const on = bench();
    const before = limiterOf(on, 1);
    await call(on, before);
    before.penalise(null);
    on.clock.stepWall(-365 * 86_400_000);
    const after = limiterOf(on, 1);
    void call(on, after);
    await on.clock.advance(WINDOW_MS * 2);
    expect(on.starts).toHaveLength(2);
    expect(on.starts[1]).toBeGreaterThanOrEqual(WINDOW_MS);
  });

  it('pauses everybody after a complaint, and longer after each further one', async () => {
    const on = bench();
    const limiter = limiterOf(on, 60, 0);
    const pauses: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      limiter.penalise(0);
      pauses.push((limiter.status().throttledUntilMs ?? 0) - on.clock.wallMs());
      await on.clock.advance(WINDOW_MS * 2);
    }
    expect(pauses).toEqual([10_000, 20_000, 25_000, 25_000, 25_000]);
    expect(limiter.status().throttledUntilMs).toBeNull();
  });

  it.each([
    { retryAfterMs: 0, randomDraw: 0, pauseMs: 10_000 },
    { retryAfterMs: 3_000, randomDraw: 0.999, pauseMs: 24_985 },
    { retryAfterMs: 45_000, randomDraw: 0, pauseMs: 45_000 },
    { retryAfterMs: 86_400_000, randomDraw: 0, pauseMs: 120_000 },
    { retryAfterMs: null, randomDraw: 0, pauseMs: 10_000 },
  ])('asked to wait $retryAfterMs ms, waits $pauseMs ms', ({ retryAfterMs, randomDraw, pauseMs }) => {
    const on = bench();
    const limiter = limiterOf(on, 6, randomDraw);
    limiter.penalise(retryAfterMs);
    expect(limiter.status().throttledUntilMs).toBe(on.clock.wallMs() + pauseMs);
  });

  it('keeps a pause over a restart', async () => {
    const on = bench();
    limiterOf(on, 6, 0).penalise(null);
    await on.clock.advance(4_000);
    void call(on, limiterOf(on, 6));
    await on.clock.advance(5_999);
    expect(on.starts).toEqual([]);
    await on.clock.advance(1);
    expect(on.starts).toEqual([10_000]);
  });

  it('halves the rate with each complaint, never below two calls a minute, and earns it back call by call', () => {
    const limiter = limiterOf(bench(), 6);
    limiter.penalise(null);
    expect(limiter.status().callsPerMinute).toBe(3);
    for (let index = 0; index < 9; index += 1) limiter.penalise(null);
    expect(limiter.status().callsPerMinute).toBe(2);
    for (let index = 0; index < 8; index += 1) limiter.reward();
    expect(limiter.status().callsPerMinute).toBeLessThan(6);
    for (let index = 0; index < 20; index += 1) limiter.reward();
    expect(limiter.status().callsPerMinute).toBe(6);
  });

  it('refuses a rate that is no whole number of calls', () => {
    expect(() => limiterOf(bench(), 0)).toThrow('at least 1');
    expect(() => limiterOf(bench(), 1.5)).toThrow('whole number');
  });

  it('keeps the promise of N calls in any minute over restarts, give-ups, slow calls, complaints and clocks set back', async () => {
    const action = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ kind: fc.constant('call' as const), ms: fc.integer({ min: 0, max: 8_000 }) }),
      },
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 40_000 }) }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('giveUp' as const), ms: fc.integer({ min: 0, max: 9_000 }) }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), ms: fc.constant(0) }) },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('complain' as const), ms: fc.integer({ min: 0, max: 90_000 }) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('stepBack' as const), ms: fc.integer({ min: 0, max: 9_000_000 }) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.array(action, { minLength: 5, maxLength: 40 }),
        async (callsPerMinute, actions) => {
          const on = bench();
          let limiter = limiterOf(on, callsPerMinute);
          let session = new AbortController();
          for (const { kind, ms } of actions) {
            if (kind === 'call') void call(on, limiter, ms, session.signal, `caller ${ms % 3}`);
            else if (kind === 'wait') await on.clock.advance(ms);
            else if (kind === 'complain') limiter.penalise(ms);
            else if (kind === 'stepBack') on.clock.stepWall(-ms);
            else if (kind === 'giveUp') {
              const patience = new AbortController();
              void call(on, limiter, 0, patience.signal);
              await on.clock.advance(ms);
              patience.abort();
            } else {
              // A crash: whoever waited is gone, a call in flight is cut off, only the saved state remains.
              session.abort();
              session = new AbortController();
              limiter = limiterOf(on, callsPerMinute);
            }
          }
          await on.clock.advance(WINDOW_MS * 4);
          expect(busiestWindow(on.starts)).toBeLessThanOrEqual(callsPerMinute);
          expect(limiter.status().throttledUntilMs).toBeNull();
        },
      ),
      { numRuns: 60 },
    );
  });
});
