// Alerts on a real monitor.db: what was going on before the program ended goes on after it, and nothing is stored by halves.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nothingRestored, type RestoredAlerts } from '../../src/main/alerts/alertChanges';
import { AlertEngine } from '../../src/main/alerts/alertEngine';
import { AlertStore } from '../../src/main/alerts/alertStore';
import { DEFAULT_RULES } from '../../src/main/alerts/defaultRules';
import { systemClock } from '../../src/main/engine/systemClock';
import type { WriteBatch } from '../../src/shared/contract/storage';
import type { Notice } from '../../src/shared/domain/alerts';
import type { Reading } from '../../src/shared/domain/metrics';
import type { Store } from '../../src/main/storage/store';
import { HandClock, market } from '../unit/alerts/support/alertBench';
import { openTestStore, storeOptions, temporaryFolder } from './support/storeFixture';

interface Session {
  readonly engine: AlertEngine;
  readonly notices: Notice[];
  /** Resolves once everything that was handed over is stored. */
  stored(): Promise<void>;
  restored: RestoredAlerts;
}

async function session(monitor: Pick<Store, 'read' | 'write'>, clock: HandClock): Promise<Session> {
  let writes: Promise<unknown> = Promise.resolve();
  const counted = {
    read: monitor.read.bind(monitor),
    write: (batch: WriteBatch) => {
      const written = monitor.write(batch);
      writes = Promise.all([writes, written.catch(() => undefined)]);
      return written;
    },
  };
  const options = { monitor: counted, clock: systemClock, ids: randomUUID, onError: () => undefined };
  // The engine's time is the test's; the record waits in real time.
  const store = new AlertStore({ ...options, clock: { ...options.clock, wallMs: clock.wallMs } });
  const restored = await store.restore();
  const notices: Notice[] = [];
  const engine = new AlertEngine({
    clock,
    rules: DEFAULT_RULES,
    restored,
    facts: {
      titleOf: ({ id }) => `${id}.db`,
      hostsOf: () => [],
      faultOf: () => null,
      isPaused: () => false,
      collectors: () => 1,
    },
    ids: randomUUID,
    onChange: () => undefined,
    store,
    notify: (told) => void notices.push(...told),
    history: { readings: () => Promise.resolve([]) },
  });
  const stored = async (): Promise<void> => {
    // A batch is handed over only once the one before it is stored.
    for (let seen: unknown = null; seen !== writes;) {
      seen = writes;
      await writes;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { engine, notices, stored, restored };
}

function pass({ engine }: Session, clock: HandClock, seconds: number, value: number): void {
  for (let second = 0; second < seconds; second += 1) {
    clock.advance(1_000);
    const reading: Reading = {
      metric: 'database.lockedFor',
      target: market,
      value,
      atMs: clock.wallMs(),
      detail: value > 0 ? 'python3 (process 4711) holds the write lock.' : null,
    };
    engine.observe([reading]);
    engine.tick();
  }
}

describe('alerts in monitor.db', () => {
  it('go on after a restart as if there had been none', async () => {
    const options = storeOptions(temporaryFolder(), 'monitor');
    const clock = new HandClock();
    const first = await openTestStore(options);
    const before = await session(first, clock);
    expect(before.restored).toEqual(nothingRestored(0));
    pass(before, clock, 20, 900);
    const [incident] = before.engine.view().incidents;
    expect(before.engine.ack(incident?.id ?? '', 'asked the owner')).toMatchObject({ ok: true });
    const silenced = before.engine.silence({
      kind: 'maintenance',
      ruleId: null,
      targetKind: 'host',
      targetId: null,
      untilMs: clock.wallMs() + 3_600_000,
      reason: 'the source moves',
    });
    const locked = DEFAULT_RULES.find(({ id }) => id === 'database-unavailable');
    if (locked) before.engine.saveRule({ ...locked, fire: 9_000 });
    await before.stored();
    await first.close();

    clock.advance(60_000);
    const second = await openTestStore(options);
    const after = await session(second, clock);
    expect(after.restored.observedMs).toBe(15_000);
    expect(after.engine.view()).toMatchObject({
      incidents: [{ id: incident?.id, ack: { note: 'asked the owner' }, members: [{ state: 'firing' }] }],
      silences: [{ id: silenced.ok && silenced.value.id, reason: 'the source moves' }],
      unseen: 1,
    });
    expect(after.engine.ruleEntries().filter(({ changed }) => changed)).toMatchObject([
      { rule: { id: 'database-unavailable', fire: 9_000, version: 2 } },
    ]);
    pass(after, clock, 5, 900);
    expect(after.notices).toEqual([]);
    pass(after, clock, 10, 0);
    expect(after.notices).toMatchObject([{ kind: 'resolved', incidentId: incident?.id, suppressed: null }]);
    await after.stored();

    expect(await after.engine.details(incident?.id ?? '')).toMatchObject({
      incident: { state: 'resolved' },
      timeline: ['opened', 'notified', 'acknowledged', 'recovering', 'left', 'resolved', 'notified'].map((kind) => ({
        kind,
      })),
      transitions: ['pending', 'firing', 'recovering', 'resolved'].map((to) => ({ to, target: market })),
    });
    expect(await after.engine.incidents({ state: 'resolved', beforeMs: null, limit: 10 })).toMatchObject([
      { id: incident?.id },
    ]);
    expect(await after.engine.incidents({ state: 'open', beforeMs: null, limit: 10 })).toEqual([]);
    after.engine.seen(clock.wallMs());
    await after.stored();
    expect(await after.engine.inbox(null, 10)).toMatchObject([
      { kind: 'resolved', seen: true },
      { kind: 'fired', seen: true, title: 'python3 (process 4711) holds the write lock' },
    ]);
  });

  it('are stored late, whole and in order, when the database refused them at first', async () => {
    const monitor = await openTestStore(storeOptions(temporaryFolder(), 'monitor'));
    let refusals = 2;
    const clock = new HandClock();
    const late = await session(
      {
        read: monitor.read.bind(monitor),
        write: (batch) => {
          refusals -= 1;
          return refusals >= 0 ? Promise.reject(new Error('not now')) : monitor.write(batch);
        },
      },
      clock,
    );
    pass(late, clock, 2, 900);
    expect(late.engine.view().incidents).toHaveLength(1);
    expect(await monitor.read('incidents.list', { state: 'all', beforeMs: null, limit: 10 })).toEqual([]);
    const { id } = late.engine.view().incidents[0] ?? { id: '' };
    await expect
      .poll(async () => (await late.engine.details(id))?.transitions.map(({ to }) => to), { timeout: 15_000 })
      .toEqual(['pending', 'firing']);
  });
});
