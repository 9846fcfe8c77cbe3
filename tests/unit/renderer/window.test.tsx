import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EMPTY_POOL_FILTER, useUiStore } from '../../../src/renderer/src/store/uiStore';
import { FakeBridge } from './support/fakeBridge';
import {
  emptySnapshot,
  failingSnapshot,
  fakeCollector,
  healthySnapshot,
  startingSnapshot,
} from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp;
afterEach(() => {
  app.close();
  useUiStore.setState(useUiStore.getInitialState(), true);
  vi.useRealTimers();
});

async function open(bridge: FakeBridge, hash?: string): Promise<FakeBridge> {
  app = await renderApp(bridge, hash);
  return bridge;
}

describe('the Now page', () => {
  it('answers first whether everything is all right', async () => {
    await open(new FakeBridge(healthySnapshot(Date.now())));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(
      'OK: All three collectors are on time and every row is stored.',
    );
    expect(within(screen.getByTestId('collector-row-dexes')).getByText('OK')).toBeTruthy();
  });

  it('lists problems first and says why, since when and when it goes on', async () => {
    await open(new FakeBridge(failingSnapshot(Date.now())));
    const rows = screen.getAllByTestId(/^collector-row-/);
    expect(rows.map((row) => row.dataset['health'])).toEqual(['down', 'late', 'paused']);
    expect(rows[0]?.textContent).toContain('The server answered 503 Service Unavailable.');
    expect(rows[0]?.textContent).toMatch(/next try in \d+ s/);
    expect(rows[0]?.textContent).toMatch(/last good 5 min \d+ s ago/);
  });

  it('shows who holds a database, since when, what happens meanwhile and that nothing is lost', async () => {
    await open(new FakeBridge(failingSnapshot(Date.now())));
    const incident = screen.getByTestId('incident').textContent;
    expect(incident).toContain('python3 (process 48213)python3 compact.py market.db');
    expect(incident).toMatch(/Since\d\d:\d\d:\d\d · 1 min 1\d s/);
    expect(incident).toContain('Kept in the spool12 batches 180 KB');
    expect(incident).toContain('Lostnothing');
  });

  it('keeps one line about the last incident once it is over', async () => {
    const now = Date.now();
    const holder = { pid: 7, program: 'python3', command: null, sinceMs: now - 90_000, certainty: 'exact' } as const;
    const lastLock = { holder, sinceMs: now - 90_000, untilMs: now - 60_000, spooledBatches: 14 };
    const { databases, ...healthy } = healthySnapshot(now);
    const market = databases.map((database) => (database.name === 'market' ? { ...database, lastLock } : database));
    await open(new FakeBridge({ ...healthy, databases: market }));
    expect(screen.queryByTestId('incident')).toBeNull();
    expect(screen.getByTestId('last-incident').textContent).toMatch(
      /^Last incident: python3 \(process 7\) held the write lock of market\.db for 30 s, until .* 14 batches went through the spool; lost: nothing\.$/,
    );
  });

  it('says how often a collector runs and why, only while that is not what was set', async () => {
    const nowMs = Date.now();
    const slowed = fakeCollector('dexes', nowMs, {
      cadence: { baseMs: 60_000, nowMs: 240_000, because: 'the source throttled 3 times in the last 10 minutes' },
    });
    await open(new FakeBridge(healthySnapshot(nowMs, { collectors: [slowed, fakeCollector('ohlcv', nowMs)] })));
    expect(screen.getByTestId('collector-row-dexes').textContent).toContain(
      'every 4 min because the source throttled 3 times in the last 10 minutes',
    );
    expect(screen.getByTestId('collector-row-ohlcv').textContent).not.toContain('every');
  });

  it('tells a host that is down, and when it is asked again', async () => {
    await open(new FakeBridge(failingSnapshot(Date.now())));
    expect(screen.getByTestId('api-host').textContent).toMatch(/Down.*asked again in \d+ s/);
  });

  it('does not move rows away from under the pointer', async () => {
    const bridge = await open(new FakeBridge(healthySnapshot(Date.now())));
    const order = (): (string | undefined)[] =>
      screen.getAllByTestId(/^collector-row-/).map((row) => row.dataset['testid']);
    const before = order();
    const table = screen.getByRole('table', { name: 'Collectors, worst first' });
    fireEvent.pointerEnter(table);
    const now = Date.now();
    act(() => {
      bridge.push({
        collectors: [
          fakeCollector('dexes', now),
          fakeCollector('top_pools', now),
          fakeCollector('ohlcv', now, { health: 'down' }),
        ],
      });
    });
    expect(order()).toEqual(before);
    fireEvent.pointerLeave(table);
    expect(order()[0]).toBe('collector-row-ohlcv');
  });

  it('orders a run and says that it was accepted', async () => {
    const bridge = await open(new FakeBridge(healthySnapshot(Date.now())));
    fireEvent.click(screen.getByTestId('run-now-dexes'));
    expect(await screen.findByText('DEXes: run accepted.')).toBeTruthy();
    expect(bridge.orders).toEqual([{ name: 'collector.runNow', args: { collectorId: 'dexes' } }]);
  });

  it('says why an order was refused', async () => {
    const bridge = new FakeBridge(healthySnapshot(Date.now()));
    bridge.refusal = 'The host asked us to wait until 12:04.';
    await open(bridge);
    fireEvent.click(screen.getByTestId('run-now-dexes'));
    expect(await screen.findByText('The host asked us to wait until 12:04.')).toBeTruthy();
  });

  it('pauses for the chosen time and resumes what is paused', async () => {
    const bridge = await open(new FakeBridge(failingSnapshot(Date.now())));
    fireEvent.click(screen.getByTestId('pause-ohlcv'));
    fireEvent.click(await screen.findByTestId('pause-ohlcv-open'));
    fireEvent.click(screen.getByTestId('resume-dexes'));
    await waitFor(() =>
      expect(bridge.orders).toEqual([
        { name: 'collector.pause', args: { collectorId: 'ohlcv', untilMs: null } },
        { name: 'collector.resume', args: { collectorId: 'dexes' } },
      ]),
    );
  });

  it('gives the focus back to the button of a menu that was closed without a choice', async () => {
    await open(new FakeBridge(healthySnapshot(Date.now())));
    fireEvent.click(screen.getByTestId('pause-ohlcv'));
    fireEvent.keyDown(await screen.findByTestId('pause-ohlcv-open'), { key: 'Escape' });
    await waitFor(() => expect(screen.queryByTestId('pause-ohlcv-open')).toBeNull());
    expect(document.activeElement).toBe(screen.getByTestId('pause-ohlcv'));
  });

  it('has a place for everything before the engine has named its collectors', async () => {
    await open(new FakeBridge(emptySnapshot(Date.now())));
    expect(screen.getByText('No collectors yet')).toBeTruthy();
    // The rows that stand for those to come are for the eye only.
    expect(screen.queryAllByTestId(/^collector-row-/)).toEqual([]);
    expect(screen.queryAllByRole('button', { name: /waiting/ })).toEqual([]);
    expect(document.body.textContent).not.toContain('NaN');
  });

  it('tells a collector that never ran from one without news', async () => {
    await open(new FakeBridge(startingSnapshot(Date.now())));
    const row = screen.getByTestId('collector-row-ohlcv');
    expect(row.textContent).toContain('Has not run yet');
    expect(row.textContent).toContain('–');
    expect(row.textContent).not.toContain('NaN');
  });
});

describe('the frame', () => {
  it('changes pages by keyboard and keeps the place in the hash', async () => {
    await open(new FakeBridge(healthySnapshot(Date.now())));
    fireEvent.keyDown(document.documentElement, { key: '4', code: 'Digit4' });
    expect(await screen.findByTestId('page-database')).toBeTruthy();
    expect(window.location.hash).toBe('#/database');
    expect(screen.getByTestId('nav-database').getAttribute('aria-current')).toBe('page');
  });

  it('offers live data on the demo market only', async () => {
    const bridge = await open(new FakeBridge(healthySnapshot(Date.now())));
    fireEvent.click(screen.getByTestId('use-live'));
    await waitFor(() =>
      expect(bridge.orders).toEqual([{ name: 'source.use', args: { mode: 'live', keyPlan: 'none', apiKey: null } }]),
    );
    act(() => bridge.push({ app: { ...bridge.snapshot.app, mode: 'live' } }));
    expect(screen.queryByTestId('demo-banner')).toBeNull();
  });

  it('sends a key with its plan, trimmed, and not an empty one', async () => {
    const bridge = await open(new FakeBridge(healthySnapshot(Date.now())));
    fireEvent.click(screen.getByTestId('have-key'));
    const submit = await screen.findByTestId('submit-key');
    expect((submit as HTMLButtonElement).disabled).toBe(true);
    fireEvent.change(screen.getByTestId('api-key'), { target: { value: ' CG-abc ' } });
    fireEvent.click(submit);
    await waitFor(() =>
      expect(bridge.orders).toEqual([
        { name: 'source.use', args: { mode: 'live', keyPlan: 'demo', apiKey: 'CG-abc' } },
      ]),
    );
  });

  it('dismisses a banner by order', async () => {
    const bridge = await open(new FakeBridge(failingSnapshot(Date.now())));
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss this notice' }));
    await waitFor(() => expect(bridge.orders).toEqual([{ name: 'banner.dismiss', args: { id: 'settings-reset' } }]));
  });

  it('follows the theme of the snapshot', async () => {
    const bridge = await open(new FakeBridge(healthySnapshot(Date.now())));
    act(() => bridge.push({ app: { ...bridge.snapshot.app, theme: 'dark' } }));
    expect(document.documentElement.dataset['mantineColorScheme']).toBe('dark');
  });

  it('says so when pushes stop for ten seconds, and takes it back when they return', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date', 'performance'] });
    const bridge = await open(new FakeBridge(healthySnapshot(Date.now())));
    await act(() => vi.advanceTimersByTimeAsync(9_000));
    expect(screen.queryByTestId('connection-lost')).toBeNull();
    await act(() => vi.advanceTimersByTimeAsync(3_000));
    expect(screen.getByTestId('connection-lost').textContent).toContain('has stopped answering');
    act(() => bridge.push({}));
    expect(screen.queryByTestId('connection-lost')).toBeNull();
  });

  it('explains a program that does not answer instead of staying blank', async () => {
    const bridge = new FakeBridge(healthySnapshot(Date.now()));
    bridge.outage = 'The engine is still starting.';
    await open(bridge);
    expect(await screen.findByText(/The engine is still starting\./)).toBeTruthy();
  });
});

describe('the Database page', () => {
  it('names the lock holder, the spool and the breaker in words', async () => {
    await open(new FakeBridge(failingSnapshot(Date.now())), '#/database');
    const card = screen.getByTestId('database-market');
    expect(card.textContent).toContain('Spooling');
    expect(card.textContent).toMatch(/held by python3 \(process 48213\), for 1 min \d+ s/);
    expect(card.textContent).toContain('12 batches');
    expect(within(card).getByText('48,211')).toBeTruthy();
  });

  it('shows the chart as a table on request', async () => {
    await open(new FakeBridge(healthySnapshot(Date.now())), '#/database');
    const card = screen.getByTestId('database-market');
    fireEvent.click(await within(card).findByRole('button', { name: 'View as table' }));
    const table = within(card).getByRole('table', { name: /Commit time and lock wait/ });
    expect(within(table).getAllByRole('row').length).toBeGreaterThan(50);
  });
});

describe('the Market page', () => {
  it('exports what the filter and the sort say, and tells where it went', async () => {
    const bridge = await open(new FakeBridge(healthySnapshot(Date.now())), '#/market');
    fireEvent.click(await screen.findByTestId('sort-volume'));
    act(() => {
      useUiStore.setState({ poolFilter: { ...EMPTY_POOL_FILTER, dexId: 'orca' } });
    });
    expect(await screen.findByText('280 pools')).toBeTruthy();
    fireEvent.click(screen.getByTestId('export'));
    fireEvent.click(await screen.findByTestId('export-csv'));
    expect(await screen.findByText('1,120 rows written to /home/analyst/pools.csv')).toBeTruthy();
    expect(bridge.orders.at(-1)).toEqual({
      name: 'pools.export',
      args: { filter: { ...EMPTY_POOL_FILTER, dexId: 'orca' }, sortBy: 'volumeUsdH24', descending: true },
    });
  });

  it('tells a market without pools from a filter without matches', async () => {
    const bridge = new FakeBridge(healthySnapshot(Date.now()));
    bridge.pools = 0;
    await open(bridge, '#/market');
    expect(await screen.findByText('No pools collected yet')).toBeTruthy();
    fireEvent.change(screen.getByTestId('pool-search'), { target: { value: 'zzz' } });
    expect(await screen.findByText('No pool matches this filter')).toBeTruthy();
  });

  it('reads only the pages of the list that are seen', async () => {
    const bridge = await open(new FakeBridge(healthySnapshot(Date.now())), '#/market');
    expect((await screen.findByRole('table', { name: 'Pools' })).getAttribute('aria-rowcount')).toBe('1121');
    expect(bridge.asked.filter((name) => name === 'pools.list')).toHaveLength(1);
  });

  it('opens the candles named in the hash and closes them with Escape', async () => {
    await open(new FakeBridge(healthySnapshot(Date.now())), '#/market/solana_pool2');
    expect(await screen.findByText(/bars of 5 min since/)).toBeTruthy();
    fireEvent.keyDown(document.body, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByTestId('candles-panel')).toBeNull());
  });
});
