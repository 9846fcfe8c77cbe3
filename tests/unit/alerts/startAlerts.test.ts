import { describe, expect, it } from 'vitest';
import { incidentRow, instanceRow, ruleRow } from '../../../src/main/alerts/alertRows';
import type { AlertChanges } from '../../../src/main/alerts/alertChanges';
import { type RunningAlerts, startAlerts } from '../../../src/main/alerts/startAlerts';
import { StorageError, type Store } from '../../../src/main/storage/store';
import type { StoredAlerts } from '../../../src/shared/contract/reads';
import type { Notice } from '../../../src/shared/domain/alerts';
import { FakeClock } from '../../support/fakeClock';
import { AlertBench, market, T0 } from './support/alertBench';

const DETAIL = 'python3 (process 4711) holds the write lock.';

/** What a session left behind that was ended while market.db was locked and somebody had been told; a rule was off. */
function leftBehind(): { readonly stored: StoredAlerts; readonly incidentId: string } {
  const bench = new AlertBench();
  const unavailable = bench.engine.ruleEntries().find(({ rule }) => rule.id === 'database-unavailable');
  if (unavailable) bench.engine.saveRule({ ...unavailable.rule, enabled: false });
  bench.pass(60_000, () => [bench.reading('database.lockedFor', market, 900, DETAIL)]);
  const rows = <T>(of: (changes: AlertChanges) => readonly T[], keyOf: (row: T) => unknown): readonly T[] => [
    ...new Map(bench.record.batches.flatMap(of).map((row) => [keyOf(row), row])).values(),
  ];
  const stored = {
    rules: rows(
      ({ rules }) => rules.map(ruleRow),
      (row) => row,
    ),
    instances: rows(
      (changes) => changes.instances.map((instance) => instanceRow(instance, changes)),
      ({ key }) => key,
    ),
    incidents: rows(
      ({ incidents }) => incidents.map(incidentRow),
      ({ id }) => id,
    ),
    silences: [],
    unseen: [],
  };
  return { stored, incidentId: bench.open[0]?.id ?? '' };
}

interface Session {
  readonly alerts: RunningAlerts['alerts'];
  readonly stop: () => void;
  readonly notices: readonly Notice[];
  /** Lets time go by with market.db locked or not. */
  pass(seconds: number, lockedMs: number): Promise<void>;
}

/** Starts alerts on a record of which reading fails until it is mended. */
async function startOn(stored: StoredAlerts, clock: FakeClock, mendedAfterMs: number): Promise<Session> {
  const mendedMs = clock.monotonicMs() + mendedAfterMs;
  const read = (): Promise<StoredAlerts> =>
    clock.monotonicMs() < mendedMs ? Promise.reject(new StorageError('BUSY', 'locked')) : Promise.resolve(stored);
  const notices: Notice[] = [];
  const starting = startAlerts({
    clock,
    monitor: {
      read: read as unknown as Store['read'],
      write: () => Promise.reject(new StorageError('BUSY', 'locked')),
    },
    facts: {
      titleOf: ({ id }) => `${id}.db`,
      hostsOf: () => [],
      faultOf: () => null,
      isPaused: () => false,
      collectors: () => 1,
    },
    history: { readings: () => Promise.resolve([]) },
    onChange: () => undefined,
    notify: (told) => void notices.push(...told),
    onError: () => undefined,
  });
  // It begins within this time, whatever can be read.
  await clock.advance(5_000);
  const { alerts, stop } = await starting;
  return {
    alerts,
    stop,
    notices,
    async pass(seconds, lockedMs) {
      for (let second = 0; second < seconds; second += 1) {
        await clock.advance(1_000);
        const detail = lockedMs > 0 ? DETAIL : null;
        const atMs = clock.wallMs();
        alerts.observe([{ metric: 'database.lockedFor', target: market, value: lockedMs, atMs, detail }]);
      }
    },
  };
}

const said = ({ notices }: Session): readonly string[] =>
  notices.filter(({ suppressed }) => suppressed === null).map(({ kind }) => kind);

describe('alerts whose record cannot be read at the start', () => {
  it('wait for it for a moment, and go on as if nothing had been', async () => {
    const { stored, incidentId } = leftBehind();
    const session = await startOn(stored, new FakeClock(T0 + 120_000), 1_200);
    expect(session.alerts.view().incidents.map(({ id }) => id)).toEqual([incidentId]);
    await session.pass(30, 900);
    expect(said(session)).toEqual([]);
    session.stop();
  });

  it('take it up later: one cause stays one incident, and ends as one', async () => {
    const { stored, incidentId } = leftBehind();
    const session = await startOn(stored, new FakeClock(T0 + 120_000), 60_000);
    await session.pass(20, 900);
    const [meanwhile] = session.alerts.view().incidents;
    expect(meanwhile?.id).not.toBe(incidentId);
    await session.pass(120, 900);
    expect(session.alerts.view().incidents).toMatchObject([{ id: incidentId, members: [{ state: 'firing' }] }]);
    const off = session.alerts.ruleEntries().find(({ rule }) => rule.id === 'database-unavailable');
    expect(off?.rule).toMatchObject({ enabled: false });
    await session.pass(60, 0);
    expect(session.alerts.view()).toMatchObject({ incidents: [], lately: [{ id: incidentId, state: 'resolved' }] });
    expect(said(session)).toEqual(['fired', 'resolved']);
    session.stop();
  });

  it('end what was over by the time it could be read', async () => {
    const { stored, incidentId } = leftBehind();
    const session = await startOn(stored, new FakeClock(T0 + 120_000), 60_000);
    await session.pass(150, 0);
    expect(session.alerts.view()).toMatchObject({ incidents: [], lately: [{ id: incidentId, state: 'resolved' }] });
    expect(said(session)).toEqual(['resolved']);
    session.stop();
  });

  it('leave nothing running once they are stopped', async () => {
    const { stored } = leftBehind();
    const clock = new FakeClock(T0 + 120_000);
    const session = await startOn(stored, clock, 3_600_000);
    session.stop();
    await clock.advance(120_000);
    expect(clock.pendingTimers).toBe(0);
  });
});
