import { describe, expect, it } from 'vitest';
import { createShutdown, SHUTDOWN_CAP_MS, type ShutdownPhase } from '../../../src/main/desktop/shutdown';
import { FakeClock, settle } from '../../support/fakeClock';

function harness(phases: readonly ShutdownPhase[]) {
  const clock = new FakeClock();
  const exits: number[] = [];
  const errors: object[] = [];
  const shutdown = createShutdown({
    phases,
    clock,
    log: { info: () => undefined, error: (fields) => void errors.push(fields) },
    exit: (code) => void exits.push(code),
  });
  return { clock, exits, errors, shutdown };
}

describe('shutdown', () => {
  it('runs the phases in order and leaves with 0', async () => {
    const order: string[] = [];
    const { exits, shutdown, clock } = harness([
      { name: 'first', run: async () => void (await settle(), order.push('first')) },
      { name: 'second', run: () => void order.push('second') },
    ]);
    await shutdown('quit');
    expect(order).toEqual(['first', 'second']);
    expect(exits).toEqual([0]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('runs once, however often and for whatever reasons it is asked', async () => {
    let runs = 0;
    const { exits, shutdown } = harness([{ name: 'only', run: () => void (runs += 1) }]);
    await Promise.all([shutdown('SIGTERM'), shutdown('quit'), shutdown('the window was closed')]);
    expect(runs).toBe(1);
    expect(exits).toEqual([0]);
  });

  it('runs once when a phase itself asks for it, as closing the last window does', async () => {
    let runs = 0;
    const { exits, shutdown } = harness([
      {
        name: 'close the window',
        run: () => {
          runs += 1;
          void shutdown('the window was closed');
        },
      },
    ]);
    await shutdown('SIGTERM');
    expect(runs).toBe(1);
    expect(exits).toEqual([0]);
  });

  it('goes on after a phase that fails, and leaves with 1', async () => {
    const order: string[] = [];
    const { exits, errors, shutdown } = harness([
      { name: 'broken', run: () => Promise.reject(new Error('no')) },
      {
        name: 'thrower',
        run: () => {
          throw new Error('no');
        },
      },
      { name: 'last', run: () => void order.push('last') },
    ]);
    await shutdown('quit');
    expect(order).toEqual(['last']);
    expect(errors).toMatchObject([{ phase: 'broken' }, { phase: 'thrower' }]);
    expect(exits).toEqual([1]);
  });

  it('leaves when the cap has passed and names the phase that is stuck', async () => {
    const order: string[] = [];
    const { clock, exits, errors, shutdown } = harness([
      { name: 'quick', run: () => void order.push('quick') },
      { name: 'stuck', run: () => new Promise<void>(() => undefined) },
      { name: 'never reached', run: () => void order.push('never reached') },
    ]);
    const left = shutdown('quit');
    await clock.advance(SHUTDOWN_CAP_MS - 1);
    expect(exits).toEqual([]);
    await clock.advance(1);
    await left;
    expect(exits).toEqual([1]);
    expect(errors).toMatchObject([{ phase: 'stuck' }]);
    expect(order).toEqual(['quick']);
  });
});
