import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { tellOutage } from '../../../src/renderer/src/components/outage/outageStory';
import { PAGES } from '../../../src/renderer/src/store/route';
import type { DatabaseStatus, LockHolder } from '../../../src/shared/domain/database';
import type { LongOperation } from '../../../src/shared/domain/operation';
import { FakeBridge } from './support/fakeBridge';
import { fakeDatabase, healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

const AT_MS = Date.UTC(2026, 10, 28, 12);
const HOLDER: LockHolder = { pid: 4711, program: 'poolwatch', command: null, sinceMs: AT_MS + 900, certainty: 'exact' };

function outage(change: Partial<LongOperation> = {}): LongOperation {
  return {
    id: 'op-3',
    kind: 'outage',
    subject: 'market',
    title: 'Guided outage',
    state: 'running',
    progress: null,
    startedAtMs: AT_MS,
    endedAtMs: null,
    detail: null,
    cancellable: true,
    ...change,
  };
}

const free = fakeDatabase('market', AT_MS);
const locked = fakeDatabase('market', AT_MS, {
  state: 'spooling',
  lockedSinceMs: AT_MS + 800,
  holder: HOLDER,
  spool: { batches: 14, bytes: 184_320, replayed: 2, lost: 0 },
  breaker: { state: 'open', sinceMs: AT_MS + 1_050, reason: 'lock', failedProbes: 0, nextProbeAtMs: null },
});
const lastLock = { holder: HOLDER, sinceMs: AT_MS + 800, untilMs: AT_MS + 25_000, spooledBatches: 31 };
const draining: DatabaseStatus = { ...locked, state: 'recovering', lockedSinceMs: null, holder: null, lastLock };
const over = fakeDatabase('market', AT_MS, { lastLock, spool: { batches: 0, bytes: 0, replayed: 33, lost: 0 } });

const states = (operation: LongOperation, market: DatabaseStatus): string =>
  tellOutage(operation, market)
    .map(({ state }) => ({ ahead: '-', now: '~', done: '+' })[state])
    .join('');
const words = (operation: LongOperation, market: DatabaseStatus): string =>
  tellOutage(operation, market)
    .map(({ title, text }) => `${title}: ${text ?? ''}`)
    .join('\n');

describe('the story of an outage', () => {
  it('begins with the lock and promises nothing', () => {
    expect(states(outage(), free)).toBe('~------');
    expect(words(outage(), free)).not.toContain('nothing');
  });

  it('names the holder, what waits in the spool and the open breaker while it lasts', () => {
    expect(states(outage(), locked)).toBe('++~~---');
    const told = words(outage(), locked);
    expect(told).toContain('poolwatch (process 4711) keeps everybody from writing');
    expect(told).toContain('14 batches (180 KB) are kept in the spool');
    expect(told).toMatch(/Since \d\d:\d\d:\d\d rows no longer wait for the lock\. Failed probes so far: 0\./);
  });

  it('counts what is still to be stored, then tells that nothing is lost', () => {
    expect(states(outage(), draining)).toBe('+++++~-');
    expect(words(outage(), draining)).toContain('14 batches to go.');
    const done = outage({ state: 'done', endedAtMs: AT_MS + 26_000 });
    expect(states(done, over)).toBe('+++++++');
    const told = words(done, over);
    expect(told).toContain('The lock was held against us for 24 s.');
    expect(told).toContain('31 batches went into market.db, each once.');
    expect(told).toContain('Lost: nothing');
  });

  it('does not gloss over a loss', () => {
    const done = outage({ state: 'done', endedAtMs: AT_MS + 26_000 });
    expect(words(done, { ...over, spool: { ...over.spool, lost: 2 } })).toContain('Lost: 2 batches');
  });

  it('says who ended it', () => {
    expect(words(outage({ state: 'cancelled', endedAtMs: AT_MS + 26_000 }), over)).toContain('You ended it');
  });

  it('tells nothing of a lock before or after it', () => {
    const earlier = { ...over, lastLock: { ...lastLock, sinceMs: AT_MS - 60_000, untilMs: AT_MS - 30_000 } };
    expect(states(outage(), earlier)).toBe('~------');
    const later = { ...over, lastLock: { ...lastLock, sinceMs: AT_MS + 90_000, untilMs: AT_MS + 99_000 } };
    expect(states(outage({ state: 'done', endedAtMs: AT_MS + 26_000 }), later)).toBe('~------');
  });
});

describe('the outage in the window', () => {
  let app: RenderedApp;
  afterEach(() => app.close());

  it('is ordered from the demo banner, told on every page, ended and put away', async () => {
    const bridge = new FakeBridge(healthySnapshot(AT_MS));
    app = await renderApp(bridge);
    fireEvent.click(screen.getByTestId('show-outage'));
    await waitFor(() => expect(bridge.orders).toEqual([{ name: 'demo.outage', args: null }]));
    const monitor = fakeDatabase('monitor', AT_MS);
    act(() => bridge.push({ operations: [outage()], databases: [locked, monitor] }));
    expect(screen.getByTestId('outage').textContent).toContain('poolwatch (process 4711)');
    expect((screen.getByTestId('show-outage') as HTMLButtonElement).disabled).toBe(true);
    fireEvent.keyDown(document.body, { key: String(PAGES.indexOf('database') + 1) });
    expect(await screen.findByTestId('page-database')).toBeTruthy();
    fireEvent.click(screen.getByTestId('end-outage'));
    await waitFor(() => expect(bridge.lastArgs('operation.cancel')).toEqual({ operationId: 'op-3' }));
    const ended = outage({ state: 'cancelled', endedAtMs: AT_MS + 26_000 });
    act(() => bridge.push({ operations: [ended], databases: [over, monitor] }));
    expect(screen.getByTestId('outage').textContent).toContain('Lost: nothing');
    fireEvent.click(screen.getByTestId('put-outage-away'));
    expect(screen.queryByTestId('outage')).toBeNull();
  });

  it('is not offered for live data, not even a story left over', async () => {
    const healthy = healthySnapshot(AT_MS);
    const live = { ...healthy, app: { ...healthy.app, mode: 'live' as const }, operations: [outage()] };
    app = await renderApp(new FakeBridge(live));
    expect(screen.queryByTestId('show-outage')).toBeNull();
    expect(screen.queryByTestId('outage')).toBeNull();
  });
});
