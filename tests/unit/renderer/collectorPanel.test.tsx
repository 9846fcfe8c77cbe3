import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { chooseBaseline } from '../../../src/renderer/src/components/collectorPanel/baseline';
import { gapsOf, summariseGaps } from '../../../src/renderer/src/components/collectorPanel/gapsPart';
import { useTimeRangeStore } from '../../../src/renderer/src/store/timeRange';
import type { SlotSegment } from '../../../src/shared/domain/timeline';
import { FakeBridge } from './support/fakeBridge';
import { fakeComparison, fakeGaps } from './support/fakeHistory';
import { failingSnapshot, fakeCollector, healthySnapshot, startingSnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp;
afterEach(() => {
  app.close();
  useTimeRangeStore.setState(useTimeRangeStore.getInitialState(), true);
});

async function open(bridge: FakeBridge, hash: string): Promise<HTMLElement> {
  app = await renderApp(bridge, hash);
  return await screen.findByTestId('collector-panel');
}

describe('the panel of a collector', () => {
  it('opens from its row over the page, takes the focus, and gives it back when Escape closes it', async () => {
    app = await renderApp(new FakeBridge(failingSnapshot(Date.now())));
    const name = screen.getByTestId('open-top_pools');
    name.focus();
    fireEvent.click(name);
    const panel = await screen.findByRole('region', { name: 'Top pools' });
    expect(window.location.hash).toBe('#/now/top_pools');
    expect(screen.getByTestId('page-now')).toBeTruthy();
    expect(document.activeElement).toBe(panel);
    fireEvent.keyDown(panel, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByTestId('collector-panel')).toBeNull());
    expect(window.location.hash).toBe('#/now');
    expect(document.activeElement).toBe(name);
  });

  it('says in words what its charts show: durations with their baseline, rows, ages against the promise', async () => {
    const panel = await open(new FakeBridge(healthySnapshot(Date.now())), '#/now/ohlcv');
    expect((await within(panel).findByTestId('panel-duration')).textContent).toContain(
      'Half of the newest runs within 800 ms; p95 at most 1.9 s; usual at this hour of the week: 900 ms.',
    );
    expect(within(panel).getByTestId('panel-rows').textContent).toContain('Now 171 a run; between 160 and 171.');
    expect(within(panel).getByTestId('panel-age').textContent).toContain('At most 6 min 40 s old, promised 3 min 1 s');
    expect(within(panel).getByTestId('panel-slots').textContent).toContain(
      '26 slots: 20 OK, 4 asleep, 2 failed; 76.9 % fine.',
    );
    const table = within(panel).getByTestId('panel-duration');
    fireEvent.click(within(table).getByRole('button', { name: 'View as table' }));
    expect(within(table).getAllByRole('row')).toHaveLength(13);
  });

  it('tells errors by class with what the source answered, the breaker, the log and the availability', async () => {
    const panel = within(await open(new FakeBridge(failingSnapshot(Date.now())), '#/now/top_pools'));
    const errors = (await panel.findByTestId('panel-errors')).textContent;
    expect(errors).toContain('Fault of the server2 runs');
    expect(errors).toContain('It answered: <html><title>503</title>');
    expect(panel.getByTestId('panel-breaker').textContent).toContain('api.geckoterminal.com is down.');
    expect(panel.getByTestId('panel-events').textContent).toContain('Breaker open');
    await waitFor(() => expect(panel.getByTestId('panel-availability').textContent).toContain('97.0 %'));
    expect(panel.getByTestId('panel-host').textContent).toMatch(/Down.*5 of 6 calls a minute.*next probe in \d+ s/);
    expect(panel.getByTestId('panel-settings').textContent).toContain('Runs every');
  });

  it('offers what means something now: retry and a reset breaker after failures, and says when it was refused', async () => {
    const bridge = new FakeBridge(failingSnapshot(Date.now()));
    const panel = within(await open(bridge, '#/now/top_pools'));
    expect(panel.queryByTestId('panel-run-now')).toBeNull();
    fireEvent.click(panel.getByTestId('panel-retry'));
    expect(await screen.findByText('Top pools: run accepted.')).toBeTruthy();
    bridge.refusal = 'api.geckoterminal.com is being asked already.';
    await waitFor(() => expect((panel.getByTestId('panel-reset-breaker') as HTMLButtonElement).disabled).toBe(false));
    fireEvent.click(panel.getByTestId('panel-reset-breaker'));
    expect(await screen.findByText('api.geckoterminal.com is being asked already.')).toBeTruthy();
    expect(bridge.orders).toEqual([
      { name: 'collector.runNow', args: { collectorId: 'top_pools' } },
      { name: 'host.resetBreaker', args: { host: 'api.geckoterminal.com' } },
    ]);
  });

  it('pauses for a chosen time; Escape in the menu closes the menu, not the panel', async () => {
    const bridge = new FakeBridge(healthySnapshot(Date.now()));
    const panel = within(await open(bridge, '#/now/ohlcv'));
    fireEvent.click(panel.getByTestId('panel-pause'));
    fireEvent.keyDown(await screen.findByTestId('panel-pause-1h'), { key: 'Escape' });
    expect(screen.getByTestId('collector-panel')).toBeTruthy();
    await waitFor(() => expect(screen.queryByTestId('panel-pause-1h')).toBeNull());
    fireEvent.click(panel.getByTestId('panel-pause'));
    const before = Date.now();
    fireEvent.click(await screen.findByTestId('panel-pause-1h'));
    await waitFor(() => expect(bridge.orders).toHaveLength(1));
    const { untilMs } = bridge.lastArgs('collector.pause');
    expect(Math.round(((untilMs ?? 0) - before) / 60_000)).toBe(60);
  });

  it("pauses until a moment of one's own, which must be ahead", async () => {
    const bridge = new FakeBridge(healthySnapshot(Date.now()));
    const panel = within(await open(bridge, '#/now/ohlcv'));
    fireEvent.click(panel.getByTestId('panel-pause'));
    fireEvent.click(await screen.findByTestId('panel-pause-until'));
    const end = await screen.findByTestId('pause-own-end');
    const confirm = screen.getByTestId<HTMLButtonElement>('confirm-pause');
    fireEvent.change(end, { target: { value: '2020-01-01T10:00' } });
    expect(screen.getByText('This must be in the future.')).toBeTruthy();
    expect(confirm.disabled).toBe(true);
    fireEvent.change(end, { target: { value: '2099-01-02T03:04' } });
    fireEvent.click(confirm);
    await waitFor(() => expect(bridge.orders).toHaveLength(1));
    expect(bridge.lastArgs('collector.pause')).toEqual({
      collectorId: 'ohlcv',
      untilMs: new Date(2099, 0, 2, 3, 4).getTime(),
    });
    await waitFor(() => expect(screen.queryByTestId('pause-own-end')).toBeNull());
    expect(screen.getByText(/paused until Jan 0?2/)).toBeTruthy();
  });

  it('shows what a backfill would cost before it begins', async () => {
    const bridge = new FakeBridge(healthySnapshot(Date.now()));
    const panel = within(await open(bridge, '#/now/ohlcv'));
    expect((await panel.findByTestId('panel-gaps')).textContent).toContain('Asleep');
    fireEvent.click(await panel.findByTestId('panel-backfill'));
    const dialog = await screen.findByTestId('backfill-dialog');
    await waitFor(() => expect(dialog.textContent).toContain('Calls1'));
    expect(dialog.textContent).toMatch(/Takes about1 minute.*Quota now14 of 30 a minute/);
    fireEvent.click(screen.getByTestId('start-backfill'));
    await waitFor(() => expect(bridge.orders.at(-1)?.name).toBe('backfill.start'));
  });

  it('says what to do about a collector that never ran, and that an unknown one is not there', async () => {
    const bridge = new FakeBridge(startingSnapshot(Date.now()));
    bridge.pools = 0;
    const panel = within(await open(bridge, '#/now/dexes'));
    expect(await panel.findByText('It has not run yet')).toBeTruthy();
    fireEvent.click(panel.getByRole('button', { name: 'Run it now' }));
    await waitFor(() => expect(bridge.lastArgs('collector.runNow')).toEqual({ collectorId: 'dexes' }));
    act(() => void (window.location.hash = '#/now/nothing'));
    expect(await screen.findByText('There is no such collector')).toBeTruthy();
  });

  it('says when its history cannot be read, and tries again on request', async () => {
    const bridge = new FakeBridge(healthySnapshot(Date.now(), { collectors: [fakeCollector('dexes', Date.now())] }));
    app = await renderApp(bridge, '#/now');
    bridge.outage = 'monitor.db cannot be read now.';
    fireEvent.click(screen.getByTestId('open-dexes'));
    expect(await screen.findByText('Its history could not be read')).toBeTruthy();
    bridge.outage = null;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByTestId('panel-duration')).toBeTruthy();
  });
});

describe('the words of the panel', () => {
  it('takes what is usual for the baseline, else what was captured, else the week before, and never invents one', () => {
    const target = { kind: 'collector', id: 'dexes' } as const;
    const figure = { n: 9, min: 1, max: 9, mean: 5, p50: 700, p95: 9, zeroShare: 0, coverage: 1 };
    const line = { metric: 'collector.duration', target, captured: figure, present: null } as const;
    const captured = { capturedAtMs: 0, hours: 1, lines: [line] };
    const unusual = { ...fakeComparison(), usual: null };
    expect(chooseBaseline(fakeComparison(), captured, 'dexes')?.durationMs).toBe(900);
    expect(chooseBaseline(unusual, captured, 'dexes')).toEqual({ durationMs: 700, words: 'captured baseline' });
    expect(chooseBaseline({ ...unusual, weekBefore: { ...figure, p50: 500 } }, captured, 'ohlcv')?.durationMs).toBe(
      500,
    );
    expect(chooseBaseline(unusual, null, 'dexes')).toBeNull();
  });

  it('joins neighbouring slots without a run to one gap, the newest first', () => {
    const piece = (fromMs: number, outcome: SlotSegment['outcome']): SlotSegment => {
      return { fromMs, toMs: fromMs + 10, outcome, slots: 1, counts: [[outcome, 1]], detail: null };
    };
    const gaps = gapsOf([piece(0, 'missed'), piece(10, 'missed'), piece(20, 'ok'), piece(30, 'skipped_asleep')]);
    expect(gaps.map(({ fromMs, toMs, slots }) => [fromMs, toMs, slots])).toEqual([
      [30, 40, 1],
      [0, 20, 2],
    ]);
  });

  it('tells missing candles from those that the source has none of', () => {
    expect(summariseGaps(fakeGaps(Date.now()))).toBe(
      '12 candles missing in 1 of 2 series; for 8 bars the source has none, because nobody traded.',
    );
    expect(summariseGaps([])).toBe('No candles are collected yet.');
  });
});
