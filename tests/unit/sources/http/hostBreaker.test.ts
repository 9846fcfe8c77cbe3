import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  CLOSED,
  FIRST_PROBE_MS,
  LONGEST_PROBE_MS,
  nextHostState,
  OPENS_AFTER,
  type HostBreakerEvent,
  type HostBreakerState,
} from '../../../../src/main/sources/http/hostBreaker';

const failed = (endpoint = '/a', unreachable = false): HostBreakerEvent => ({ kind: 'failed', unreachable, endpoint });
const after = (events: readonly HostBreakerEvent[], nowMs = 0, from = CLOSED): HostBreakerState =>
  events.reduce((state, event) => nextHostState(state, event, nowMs), from);

describe('the breaker of an API host', () => {
  it('opens at the third failure in a row at two endpoints, and not at the second', () => {
    expect(after([failed('/a'), failed('/b')]).state).toBe('closed');
    expect(after([failed('/a'), failed('/b'), failed('/a')])).toMatchObject({ state: 'open', nextProbeMs: 2_000 });
  });

  it('opens at one endpoint only when there is no connection at all', () => {
    expect(after([failed(), failed(), failed(), failed(), failed()]).state).toBe('closed');
    expect(after([failed('/a', true), failed('/a', true), failed('/a', true)]).state).toBe('open');
  });

  it('stays closed when any call between the failures is answered', () => {
    expect(after([failed('/a'), failed('/b'), { kind: 'answered' }, failed('/a'), failed('/b')]).state).toBe('closed');
  });

  it('probes after 2, 4, 8, 15 and 15 s, and closes at the first answer', () => {
    let state = after([failed('/a'), failed('/b'), failed('/c')]);
    const waits: number[] = [];
    let nowMs = 0;
    for (let probe = 0; probe < 5; probe += 1) {
      waits.push((state.nextProbeMs ?? 0) - nowMs);
      nowMs = state.nextProbeMs ?? 0;
      state = after([{ kind: 'probe_started' }], nowMs, state);
      expect(state).toMatchObject({ state: 'half_open', nextProbeMs: null });
      state = after([{ kind: 'probe_failed' }], nowMs, state);
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 15_000, 15_000]);
    expect(after([{ kind: 'probe_started' }, { kind: 'answered' }], nowMs, state)).toEqual(CLOSED);
  });

  it('has a probe due whenever it is open, never further away than the longest wait, whatever happens', () => {
    const event: fc.Arbitrary<HostBreakerEvent> = fc.oneof(
      fc.record({
        kind: fc.constant('failed' as const),
        unreachable: fc.boolean(),
        endpoint: fc.constantFrom('/a', '/b'),
      }),
      fc.record({ kind: fc.constantFrom('answered' as const, 'probe_started' as const, 'probe_failed' as const) }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.nat(20_000))), (steps) => {
        let state = CLOSED;
        let nowMs = 0;
        for (const [next, passMs] of steps) {
          nowMs += passMs;
          const before = state;
          state = nextHostState(state, next, nowMs);
          expect(state.nextProbeMs === null).toBe(state.state !== 'open');
          if (next.kind === 'answered') expect(state).toEqual(CLOSED);
          if (before.state === 'closed' && state.state === 'open')
            expect(state.nextProbeMs).toBe(nowMs + FIRST_PROBE_MS);
          if (state.state !== 'closed') expect(state.failures).toBeGreaterThanOrEqual(OPENS_AFTER);
          if (state.nextProbeMs !== null && state !== before)
            expect(state.nextProbeMs - nowMs).toBeLessThanOrEqual(LONGEST_PROBE_MS);
        }
      }),
    );
  });
});
