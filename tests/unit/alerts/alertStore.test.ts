import { describe, expect, it } from 'vitest';
import { AlertStore } from '../../../src/main/alerts/alertStore';
import type { AlertChanges } from '../../../src/main/alerts/alertChanges';
import { StorageError, type Store } from '../../../src/main/storage/store';
import { FakeClock } from '../../support/fakeClock';

const SILENCE = { id: 's', kind: 'silence', ruleId: null, targetKind: null, targetId: null, reason: 'work' } as const;

/** A database that takes no batch until a test lets it. */
function refusing(): { readonly clock: FakeClock; readonly store: AlertStore; readonly monitor: Monitor } {
  const clock = new FakeClock();
  const monitor = new Monitor();
  let made = 0;
  const store = new AlertStore({ monitor, clock, ids: () => `id${(made += 1)}`, onError: () => undefined });
  return { clock, store, monitor };
}

class Monitor implements Pick<Store, 'read' | 'write'> {
  attempts = 0;
  readonly stored: string[] = [];
  refuses = true;
  #heldBack: Promise<void> | null = null;

  read = (): Promise<never> => Promise.reject(new StorageError('IO', 'The database cannot be read.'));

  write: Store['write'] = ({ id }) => {
    this.attempts += 1;
    if (this.refuses) return Promise.reject(new StorageError('IO', 'The database takes nothing.'));
    this.stored.push(id);
    return Promise.resolve(this.#heldBack).then(() => ({})) as unknown as ReturnType<Store['write']>;
  };

  /** Takes batches and says so only when the returned function is called. */
  holdBack(): () => void {
    this.refuses = false;
    let release = (): void => undefined;
    this.#heldBack = new Promise((resolve) => (release = resolve));
    return () => release();
  }
}

function changes(clock: FakeClock): AlertChanges {
  const atMs = clock.wallMs();
  const nothing = { instances: [], transitions: [], incidents: [], events: [], notices: [], rules: [] };
  return { atMs, observedMs: 0, ...nothing, silences: [{ ...SILENCE, fromMs: atMs, untilMs: atMs + 1 }] };
}

describe('the record of alerts', () => {
  it('waits between attempts on a database that takes nothing, however much comes meanwhile', async () => {
    const { clock, store, monitor } = refusing();
    for (let second = 0; second < 600; second += 1) {
      store.save(changes(clock));
      await clock.advance(1_000);
    }
    // 1, 2, 5, 15 s, then once a minute.
    expect(monitor.attempts).toBeLessThan(20);
    expect(clock.pendingTimers).toBe(1);
  });

  it('leaves nothing behind that keeps the program from ending', async () => {
    const { clock, store, monitor } = refusing();
    store.save(changes(clock));
    await clock.advance(60_000);
    const attempts = monitor.attempts;
    store.stop();
    await clock.advance(60_000);
    expect(monitor.attempts).toBe(attempts + 1);
    expect(clock.pendingTimers).toBe(0);
  });

  it('stores all of it, in order, once the database is back', async () => {
    const { clock, store, monitor } = refusing();
    for (let count = 0; count < 3; count += 1) store.save(changes(clock));
    await clock.advance(1_500);
    monitor.refuses = false;
    await clock.advance(60_000);
    expect(monitor.stored).toEqual(['alerts:id1', 'alerts:id2', 'alerts:id3']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('hands over everything that waits before the database closes, each batch once', async () => {
    const { clock, store, monitor } = refusing();
    const release = monitor.holdBack();
    for (let count = 0; count < 3; count += 1) store.save(changes(clock));
    expect(monitor.stored).toEqual(['alerts:id1']);
    store.stop();
    // Whoever closes the database now closes it over all of them.
    expect(monitor.stored).toEqual(['alerts:id1', 'alerts:id2', 'alerts:id3']);
    release();
    await clock.advance(60_000);
    expect(monitor.stored).toHaveLength(3);
    expect(clock.pendingTimers).toBe(0);
  });
});
