import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { showOverlay } from '../../../src/renderer/src/store/overlayStore';
import { navigateAlerts, PAGES } from '../../../src/renderer/src/store/route';
import { useUiStore } from '../../../src/renderer/src/store/uiStore';
import { lockIncident, openAlerts } from './support/fakeAlerts';
import { FakeBridge } from './support/fakeBridge';
import { fakeCollector, healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp;
afterEach(() => {
  act(() => showOverlay(null));
  app.close();
  useUiStore.setState(useUiStore.getInitialState(), true);
});

async function open(bridge: FakeBridge): Promise<FakeBridge> {
  app = await renderApp(bridge);
  pressToOpen();
  await screen.findByTestId('palette-field');
  return bridge;
}

function pressToOpen(target: Element = document.body): void {
  fireEvent.keyDown(target, { key: 'k', ctrlKey: true });
}

function type(text: string): void {
  fireEvent.change(screen.getByTestId('palette-field'), { target: { value: text } });
}

function press(key: string): void {
  fireEvent.keyDown(screen.getByTestId('palette-field'), { key });
}

const titles = (): readonly string[] =>
  screen.getAllByTestId('palette-option').map((option) => option.firstElementChild?.textContent ?? '');
const chosen = (): string | null | undefined =>
  document.querySelector('[role="option"][aria-selected="true"]')?.firstElementChild?.textContent;

describe('the command palette', () => {
  it('goes to a page with the keyboard alone', async () => {
    await open(new FakeBridge(healthySnapshot(Date.now())));
    type('diagn');
    press('Enter');
    expect(await screen.findByTestId('page-diagnostics')).toBeTruthy();
    await waitFor(() => expect(screen.queryByTestId('palette-field')).toBeNull());
  });

  it('offers every page, every collector and the orders of both databases', async () => {
    await open(new FakeBridge(healthySnapshot(Date.now())));
    type('go to open page');
    expect(titles()).toHaveLength(PAGES.length);
    type('run now collector');
    expect(titles()).toEqual(['Run DEXes now', 'Run Top pools now', 'Run Candles now']);
    type('market.db');
    expect(titles()).toEqual([
      'Back up market.db now',
      'Checkpoint market.db',
      'Check market.db',
      'Check market.db thoroughly, with indexes',
      'Compact market.db…',
      'Restore market.db from a backup…',
      'Delete old rows of market.db…',
      'Take market.db out of service…',
      'Diagnose: market.db',
    ]);
  });

  it('says to a screen reader which entry is chosen while the arrow keys move it, round and round', async () => {
    await open(new FakeBridge(healthySnapshot(Date.now())));
    type('candles');
    const field = screen.getByRole('combobox', { name: 'Find a page or a command' });
    const active = (): string | null | undefined =>
      document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.firstElementChild?.textContent;
    const all = titles();
    expect(active()).toBe(all[0]);
    press('ArrowDown');
    expect(active()).toBe(all[1]);
    press('ArrowUp');
    press('ArrowUp');
    expect(active()).toBe(all.at(-1));
    expect(chosen()).toBe(active());
  });

  it('gives an order and has it first the next time', async () => {
    const bridge = await open(new FakeBridge(healthySnapshot(Date.now())));
    type('checkpoint monitor');
    press('Enter');
    await waitFor(() =>
      expect(bridge.orders).toEqual([{ name: 'database.checkpoint', args: { database: 'monitor' } }]),
    );
    pressToOpen();
    await screen.findByTestId('palette-field');
    expect(chosen()).toBe('Checkpoint monitor.db');
  });

  it('says why a command is refused instead of doing it, and stays open', async () => {
    const bridge = await open(new FakeBridge(healthySnapshot(Date.now())));
    type('run top pools now');
    press('Enter');
    expect(screen.getByTestId('palette-foot').textContent).toMatch(
      /^Run Top pools now: Top pools is running already, since \d\d:\d\d:\d\d\.$/,
    );
    expect(bridge.orders).toEqual([]);
    type('use the demo market');
    press('Enter');
    expect(screen.getByTestId('palette-foot').textContent).toContain('It is in use already.');
  });

  it('says why the program refused an order', async () => {
    const bridge = new FakeBridge(healthySnapshot(Date.now()));
    bridge.refusal = 'The disk is too full for a second copy.';
    await open(bridge);
    type('back up market');
    press('Enter');
    expect(await screen.findByText('The disk is too full for a second copy.')).toBeTruthy();
  });

  it('asks before it changes a file, as the button does', async () => {
    const bridge = await open(new FakeBridge(healthySnapshot(Date.now())));
    type('compact market');
    press('Enter');
    fireEvent.click(await screen.findByTestId('confirm'));
    await waitFor(() => expect(bridge.orders).toEqual([{ name: 'database.compact', args: { database: 'market' } }]));
  });

  it('answers incidents: acknowledging asks for a note, snoozing does not', async () => {
    const nowMs = Date.now();
    const incident = lockIncident(nowMs);
    const bridge = await open(new FakeBridge(healthySnapshot(nowMs, { alerts: openAlerts([incident]) })));
    type('acknowledge locked');
    press('Enter');
    fireEvent.change(await screen.findByTestId('ack-note'), { target: { value: 'Asked the owner' } });
    fireEvent.click(screen.getByTestId('confirm-ack'));
    await waitFor(() =>
      expect(bridge.lastArgs('incident.ack')).toEqual({ incidentId: incident.id, note: 'Asked the owner' }),
    );
    await waitFor(() => expect(screen.queryByTestId('ack-dialog')).toBeNull());
    pressToOpen();
    await screen.findByTestId('palette-field');
    type('snooze until it changes');
    press('Enter');
    await waitFor(() =>
      expect(bridge.lastArgs('incident.snooze')).toEqual({ incidentId: incident.id, until: 'until_change' }),
    );
  });

  it('offers to resume what is paused and to retry what fails', async () => {
    const nowMs = Date.now();
    const collectors = [
      fakeCollector('dexes', nowMs, { pause: { sinceMs: nowMs, untilMs: null }, health: 'paused' }),
      fakeCollector('ohlcv', nowMs, { streak: { failures: 3, successes: 0 }, health: 'down' }),
    ];
    const bridge = await open(new FakeBridge(healthySnapshot(nowMs, { collectors })));
    type('pause dexes');
    expect(titles()).toEqual(['Resume DEXes']);
    type('retry');
    expect(titles()).toContain('Retry Candles now');
    press('Enter');
    await waitFor(() => expect(bridge.orders[0]?.name).toBe('collector.runNow'));
  });

  it('opens from within a field, closes with the same keys, and leaves dialogs of a page alone', async () => {
    await open(new FakeBridge(healthySnapshot(Date.now())));
    pressToOpen(screen.getByTestId('palette-field'));
    await waitFor(() => expect(screen.queryByTestId('palette-field')).toBeNull());
    act(() => navigateAlerts('deliveries'));
    fireEvent.click(await screen.findByTestId('new-channel'));
    await screen.findByTestId('channel-title');
    pressToOpen();
    expect(screen.queryByTestId('palette-field')).toBeNull();
  });

  it('says so when nothing is called that', async () => {
    await open(new FakeBridge(healthySnapshot(Date.now())));
    type('zzzz');
    expect(screen.getByText('Nothing is called that.')).toBeTruthy();
    press('Enter');
    expect(screen.getByTestId('palette-field')).toBeTruthy();
  });
});
