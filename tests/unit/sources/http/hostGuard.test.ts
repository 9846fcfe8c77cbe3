import { describe, expect, it } from 'vitest';
import type { CollectorEvent } from '../../../../src/shared/domain/collectorEvent';
import { HostGuard } from '../../../../src/main/sources/http/hostGuard';
import { SourceError } from '../../../../src/main/sources/http/sourceError';
import { FakeClock, settle } from '../../../support/fakeClock';

const NEVER = new AbortController().signal;
const REFUSED = new SourceError('network', 'api.test refused the connection.');
const THROTTLED = new SourceError('throttled', 'api.test asks for fewer calls.');

function bench() {
  const clock = new FakeClock();
  const events: CollectorEvent[] = [];
  const host = { answer: (): Promise<unknown> => Promise.reject(REFUSED), probes: [] as number[] };
  const guard = new HostGuard({
    host: 'api.test',
    clock,
    onEvent: (event) => events.push(event),
    probe: () => {
      host.probes.push(clock.monotonicMs());
      return host.answer();
    },
  });
  const goDown = (): void => {
    for (let call = 0; call < 3; call += 1) guard.learn(REFUSED, '/pools');
  };
  return { clock, events, host, guard, goDown };
}

describe('the guard of an API host', () => {
  it('turns callers away while the host is down, and says since when and why', async () => {
    const { clock, guard, goDown } = bench();
    goDown();
    await clock.advance(61_000);
    expect(() => guard.enter(NEVER)).toThrow('api.test has been down for 1 min 1 s: api.test refused the connection.');
  });

  it('sends those away who wait in line when the host goes down, but not those who come after it is back', async () => {
    const { clock, host, guard, goDown } = bench();
    const before = guard.enter(NEVER);
    goDown();
    expect(before.aborted).toBe(true);
    host.answer = () => Promise.resolve();
    await clock.advance(2_000);
    expect(guard.enter(NEVER).aborted).toBe(false);
  });

  it('probes at growing distances, tells the next one beforehand, and reports every turn of events with its cause', async () => {
    const { clock, events, host, guard, goDown } = bench();
    goDown();
    expect(guard.status()).toMatchObject({ state: 'open', nextProbeAtMs: clock.wallMs() + 2_000 });
    await clock.advance(14_000);
    host.answer = () => Promise.resolve();
    await clock.advance(15_000);
    expect(host.probes).toEqual([2_000, 6_000, 14_000, 29_000]);
    expect(guard.status()).toMatchObject({ state: 'closed', nextProbeAtMs: null });
    expect(events.map(({ kind }) => kind)).toEqual([
      'breaker_open',
      ...['breaker_half_open', 'breaker_open'],
      ...['breaker_half_open', 'breaker_open'],
      ...['breaker_half_open', 'breaker_open'],
      ...['breaker_half_open', 'breaker_closed'],
    ]);
    expect(events[0]?.cause).toBe('api.test is down; next probe in 2.0 s. api.test refused the connection.');
    expect(events.at(-1)?.cause).toBe('api.test answers again after 29 s.');
  });

  it('takes being throttled for an answer, from a call as from a probe', async () => {
    const { clock, host, guard, goDown } = bench();
    for (let call = 0; call < 20; call += 1) guard.learn(THROTTLED, `/endpoint/${call}`);
    expect(guard.status().state).toBe('closed');
    goDown();
    host.answer = () => Promise.reject(THROTTLED);
    await clock.advance(2_000);
    expect(guard.status().state).toBe('closed');
  });

  it('learns nothing from calls that were cancelled', () => {
    const { guard } = bench();
    for (let call = 0; call < 20; call += 1) guard.learn(new SourceError('cancelled', 'Stopped.'), `/endpoint/${call}`);
    expect(guard.status().state).toBe('closed');
  });

  it('stops probing when it is closed for good', async () => {
    const { clock, host, guard, goDown } = bench();
    goDown();
    guard.close();
    await clock.advance(60_000);
    await settle();
    expect(host.probes).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('asks at once when somebody wants to know, closes only on an answer, and has nothing to ask while it is not down', async () => {
    const { clock, host, guard, goDown } = bench();
    expect(guard.probeNow()).toBe(false);
    goDown();
    expect(guard.probeNow()).toBe(true);
    expect(guard.probeNow()).toBe(false);
    await settle();
    expect(host.probes).toEqual([clock.monotonicMs()]);
    expect(guard.status().state).toBe('open');
    host.answer = () => Promise.resolve();
    expect(guard.probeNow()).toBe(true);
    await settle();
    expect(guard.status().state).toBe('closed');
    await clock.advance(60_000);
    expect(host.probes).toHaveLength(2);
  });
});
