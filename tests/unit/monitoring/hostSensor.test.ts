import { describe, expect, it } from 'vitest';
import type { ApiHostSlice } from '../../../src/shared/contract/snapshot';
import type { HostProbes } from '../../../src/main/monitoring/probes/hostProber';
import { HostRecord } from '../../../src/main/monitoring/sensors/hostRecord';
import { hostReadings, isOutOfReach } from '../../../src/main/monitoring/sensors/hostSensor';
import { at, detailOf, valueOf, WALL_MS } from './support/look';

const SLICE: ApiHostSlice = {
  host: 'api.example.org',
  callsPerMinute: 30,
  callsInWindow: 12,
  waiting: 2,
  throttledUntilMs: null,
  calls: 400,
  throttles: 0,
  errors: 0,
  breaker: { state: 'closed', sinceMs: WALL_MS, nextProbeAtMs: null },
};
const OPEN: ApiHostSlice = { ...SLICE, breaker: { state: 'open', sinceMs: WALL_MS, nextProbeAtMs: WALL_MS + 2_000 } };
const FINE: HostProbes = { isReached: true, failed: 0, fault: null, ownFault: null, isOnThisMachine: false };
const moved = (kind: 'breaker_open' | 'breaker_half_open' | 'breaker_closed', atMs: number) => ({
  kind,
  atMs: WALL_MS + atMs,
});

describe('the sensor of an API host', () => {
  it('tells that the host is down, in the words of the call that opened the breaker', () => {
    const record = new HostRecord();
    expect(valueOf(hostReadings(SLICE, record, FINE, at(0)), 'host.breakerOpen')).toBe(0);
    record.called({ ms: 10, outcome: 'network', message: 'It refused the connection.' }, at(90));
    record.breakerMoved(moved('breaker_open', 100));
    const down = hostReadings(OPEN, record, FINE, at(200));
    expect(valueOf(down, 'host.breakerOpen')).toBe(1);
    expect(detailOf(down, 'host.breakerOpen')).toBe('It refused the connection.');
    expect(isOutOfReach(OPEN, FINE)).toBe(true);
  });

  it('tells what it fails for now when two attempts in a row to come back fail in another way', () => {
    const record = new HostRecord();
    const fails = (outcome: 'server' | 'timeout', message: string, atMs: number): string | null => {
      record.called({ ms: 10, outcome, message }, at(atMs));
      record.breakerMoved(moved('breaker_open', atMs));
      return detailOf(hostReadings(OPEN, record, FINE, at(atMs)), 'host.breakerOpen');
    };
    expect(fails('server', 'HTTP 500.', 0)).toBe('HTTP 500.');
    expect(fails('timeout', 'No answer.', 2_000)).toBe('HTTP 500.');
    expect(fails('server', 'HTTP 500.', 6_000)).toBe('HTTP 500.');
    expect(fails('timeout', 'No answer.', 14_000)).toBe('HTTP 500.');
    expect(fails('timeout', 'No answer.', 29_000)).toBe('No answer.');
    expect(record.downSinceMs).toBe(WALL_MS);
  });

  it('does not count a sleep as throttling', () => {
    const record = new HostRecord();
    const throttled = { ms: 10, outcome: 'throttled', message: 'It asks for fewer calls.' } as const;
    record.called(throttled, at(0));
    record.unwatched();
    record.called(throttled, at(240_000));
    record.called(throttled, at(240_500));
    expect(valueOf(hostReadings(SLICE, record, FINE, at(240_500)), 'host.throttledFor')).toBe(500);
  });

  it('knows nothing of a host before the first answer or connection, and so ends no outage of the session before', () => {
    const silent = { ...FINE, isReached: false };
    const record = new HostRecord();
    for (const metric of ['host.breakerOpen', 'host.throttledFor', 'network.unreachable'] as const)
      expect(valueOf(hostReadings(SLICE, record, silent, at(0)), metric)).toBeNull();
    record.called({ ms: 10, outcome: 'network', message: 'No.' }, at(0));
    expect(valueOf(hostReadings(SLICE, record, silent, at(0)), 'host.breakerOpen')).toBeNull();
    record.called({ ms: 10, outcome: 'not_found', message: 'No.' }, at(0));
    expect(valueOf(hostReadings(SLICE, record, silent, at(0)), 'host.breakerOpen')).toBe(0);
    record.unwatched();
    expect(valueOf(hostReadings(SLICE, record, silent, at(0)), 'host.breakerOpen')).toBeNull();
  });

  it('counts half open as down, and an outage as one from its beginning to its end', () => {
    const record = new HostRecord();
    record.breakerMoved(moved('breaker_open', 100));
    record.breakerMoved(moved('breaker_half_open', 2_100));
    record.breakerMoved(moved('breaker_open', 2_200));
    expect(record.downSinceMs).toBe(WALL_MS + 100);
    const halfOpen = { ...SLICE, breaker: { ...SLICE.breaker, state: 'half_open' as const } };
    expect(valueOf(hostReadings(halfOpen, record, FINE, at(3_000)), 'host.breakerOpen')).toBe(1);
    record.breakerMoved(moved('breaker_closed', 4_000));
    expect(record.downSinceMs).toBeNull();
  });

  it('is down between runs only after three connections in a row have failed', () => {
    const record = new HostRecord();
    const after = (failed: number) => hostReadings(SLICE, record, { ...FINE, failed, fault: 'It was refused.' }, at(0));
    expect(valueOf(after(2), 'host.breakerOpen')).toBe(0);
    expect(valueOf(after(3), 'host.breakerOpen')).toBe(1);
    expect(detailOf(after(3), 'host.breakerOpen')).toBe('It was refused.');
  });

  it('tells a fault of our own network beside it, and nothing of the network for a source on this machine', () => {
    const record = new HostRecord();
    const cut = { ...FINE, ownFault: 'This machine has no default route.' };
    const readings = hostReadings(SLICE, record, cut, at(0));
    expect(valueOf(readings, 'network.unreachable')).toBe(1);
    expect(detailOf(readings, 'network.unreachable')).toBe('This machine has no default route.');
    expect(isOutOfReach(SLICE, cut)).toBe(true);
    expect(valueOf(hostReadings(SLICE, record, FINE, at(0)), 'network.unreachable')).toBe(0);
    const here = hostReadings(SLICE, record, { ...FINE, isOnThisMachine: true }, at(0));
    expect(valueOf(here, 'network.unreachable')).toBeNull();
  });

  it('tells for how long it has throttled, through single answers that were throttled again, until one went through', () => {
    const record = new HostRecord();
    record.called({ ms: 20, outcome: 'throttled', message: null }, at(1_000));
    record.called({ ms: 20, outcome: 'throttled', message: null }, at(40_000));
    expect(valueOf(hostReadings(SLICE, record, FINE, at(41_000)), 'host.throttledFor')).toBe(39_000);
    record.called({ ms: 20, outcome: 'ok', message: null }, at(50_000));
    expect(valueOf(hostReadings(SLICE, record, FINE, at(51_000)), 'host.throttledFor')).toBe(0);
    record.called({ ms: 20, outcome: 'throttled', message: null }, at(60_000));
    expect(valueOf(hostReadings(SLICE, record, FINE, at(400_000)), 'host.throttledFor')).toBe(0);
  });

  it('does not count the silence after a refusal, unless calls wait for its end', () => {
    const record = new HostRecord();
    const throttledFor = (atMs: number, slice = SLICE) =>
      valueOf(hostReadings(slice, record, FINE, at(atMs)), 'host.throttledFor');
    record.called({ ms: 20, outcome: 'throttled', message: null }, at(1_000));
    expect(throttledFor(120_000)).toBe(0);
    const idle = { ...SLICE, waiting: 0, throttledUntilMs: WALL_MS + 200_000 };
    expect(throttledFor(130_000, idle)).toBe(0);
    expect(throttledFor(140_000, { ...idle, waiting: 3 })).toBe(139_000);
    // Let through, and not yet answered.
    expect(throttledFor(201_000)).toBe(139_000);
  });

  it('tells quota, latency and the share of failures of enough calls; a refusal that answers the question is no failure', () => {
    const record = new HostRecord();
    const look = () => hostReadings(SLICE, record, FINE, at(10_000));
    expect(valueOf(look(), 'host.quotaUsed')).toBe(0.4);
    for (const outcome of ['ok', 'not_found', 'page_limit', 'cancelled'] as const)
      record.called({ ms: 100, outcome, message: null }, at(1_000));
    expect(valueOf(look(), 'host.errorRate')).toBeNull();
    for (const outcome of ['server', 'malformed', 'ok'] as const)
      record.called({ ms: 100, outcome, message: null }, at(2_000));
    expect(valueOf(look(), 'host.errorRate')).toBeCloseTo(2 / 6);
    expect(valueOf(look(), 'host.latencyP95')).toBe(100);
  });

  it('does not count failures among the calls that an outage, or what lies minutes back, explains', () => {
    const record = new HostRecord();
    const call = (outcome: 'ok' | 'server' | 'malformed', atMs: number, times = 6): void => {
      for (let n = 0; n < times; n += 1) record.called({ ms: 10, outcome, message: null }, at(atMs));
    };
    const rate = (atMs: number) => valueOf(hostReadings(SLICE, record, FINE, at(atMs)), 'host.errorRate');
    call('server', 1_000);
    record.breakerMoved(moved('breaker_open', 1_000));
    call('ok', 60_000, 1);
    record.breakerMoved(moved('breaker_closed', 60_000));
    call('ok', 61_000);
    expect(rate(61_000)).toBe(0);
    call('malformed', 70_000);
    expect(rate(71_000)).toBeCloseTo(0.5);
    call('ok', 200_000);
    expect(rate(200_000)).toBe(0);
  });
});
