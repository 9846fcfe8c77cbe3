import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BreakerEvent, closedBreaker, nextBreaker, probeDelayMs } from '../../../src/main/storage/breaker';
import { OPEN_REASONS } from '../../../src/shared/domain/database';

const closed = closedBreaker(0);
const after = (...events: readonly BreakerEvent[]) =>
  events.reduce((state, event, index) => nextBreaker(state, event, index + 1), closed);
const lock: BreakerEvent = { kind: 'trouble', reason: 'lock' };

describe('the breaker', () => {
  it('goes from closed to open to half-open to closed', () => {
    expect(after(lock)).toMatchObject({ state: 'open', reason: 'lock', sinceMs: 1 });
    expect(after(lock, { kind: 'probe' })).toMatchObject({ state: 'half_open', sinceMs: 2 });
    expect(after(lock, { kind: 'probe' }, { kind: 'drained' })).toEqual({ ...closed, sinceMs: 3 });
  });

  it('counts failed attempts to come back, for longer and longer waits', () => {
    const failing: BreakerEvent[] = [lock];
    for (let attempt = 0; attempt < 3; attempt += 1) failing.push({ kind: 'probe' }, lock);
    expect(after(...failing)).toMatchObject({ state: 'open', failedProbes: 3 });
    expect([0, 1, 2, 3, 4, 50].map(probeDelayMs)).toEqual([250, 500, 1_000, 2_000, 5_000, 5_000]);
  });

  it('stays isolated whatever happens, until a person ends it', () => {
    const event = fc.oneof(
      fc.constantFrom(...OPEN_REASONS).map((reason): BreakerEvent => ({ kind: 'trouble', reason })),
      fc.constantFrom<BreakerEvent>({ kind: 'probe' }, { kind: 'drained' }),
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const isolated = after({ kind: 'trouble', reason: 'isolated' }, ...events);
        expect(isolated).toMatchObject({ state: 'open', reason: 'isolated' });
        expect(nextBreaker(isolated, { kind: 'rejoin' }, 99).state).toBe('half_open');
      }),
    );
  });

  it('never closes without having been half-open', () => {
    expect(after(lock, { kind: 'drained' }).state).toBe('open');
  });
});
