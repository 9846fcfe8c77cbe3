import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Incident } from '../../../src/shared/domain/alerts';
import { fakeIncident, openAlerts } from './support/fakeAlerts';
import { FakeBridge } from './support/fakeBridge';
import { healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp;
afterEach(() => {
  app.close();
  vi.useRealTimers();
});

async function open(incidents: readonly Incident[], hash = '#/alerts', bridge?: FakeBridge): Promise<FakeBridge> {
  const used = bridge ?? new FakeBridge(healthySnapshot(Date.now(), { alerts: openAlerts(incidents) }));
  app = await renderApp(used, hash);
  return used;
}

const lastOrder = (bridge: FakeBridge) => bridge.orders.at(-1);
const cards = (): readonly string[] =>
  screen.queryAllByTestId('incident-card').map((card) => card.dataset['incidentId'] ?? '');

describe('the inbox of incidents', () => {
  it('says that nothing is wrong, and does not claim it any more when the program has stopped answering', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date', 'performance'] });
    await open([]);
    expect(screen.getByText('Nothing is wrong')).toBeTruthy();
    expect(screen.getByTestId('page-alerts').textContent).toMatch(/Last looked/);
    await act(() => vi.advanceTimersByTimeAsync(12_000));
    expect(screen.queryByText('Nothing is wrong')).toBeNull();
    expect(screen.getByText('Nothing was wrong when Poolwatch last answered')).toBeTruthy();
  });

  it('puts each incident under exactly one heading, with counts, unanswered ones first', async () => {
    const now = Date.now();
    const ack = { atMs: now - 5_000, note: 'I am on it' };
    await open([
      fakeIncident(now, { id: 'a' }),
      fakeIncident(now, { id: 'b', ack }),
      fakeIncident(now, { id: 'c', ack, snoozed: now + 60_000 }),
      fakeIncident(now, { id: 'd', ack, snoozed: 'until_change', silencedBy: 'silence-9' }),
      fakeIncident(now, { id: 'e', snoozed: now - 1_000 }),
    ]);
    const heaps = within(screen.getByTestId('incident-heaps'));
    expect(heaps.getAllByRole('radio').map((radio) => radio.closest('div')?.textContent)).toEqual([
      'Firing2',
      'Acknowledged1',
      'Snoozed1',
      'Silenced1',
      'Resolved',
    ]);
    expect(cards()).toEqual(['a', 'e']);
    for (const [heap, ids] of [
      ['acknowledged', ['b']],
      ['snoozed', ['c']],
      ['silenced', ['d']],
    ] as const) {
      fireEvent.click(heaps.getByDisplayValue(heap));
      expect(cards()).toEqual(ids);
    }
    fireEvent.click(heaps.getByDisplayValue('resolved'));
    expect((await screen.findByTestId('incident-card')).textContent).toMatch(
      /Resolved, was critical.*Candles were late.*lasted 1 min 5 s/,
    );
  });

  it('tells how bad, what, why, since when, what to do, and folds what it explains', async () => {
    await open([fakeIncident(Date.now())]);
    const card = screen.getByTestId('incident-card');
    expect(within(card).getByRole('heading').textContent).toBe('Critical: api.geckoterminal.com is out of reach');
    expect(card.textContent).toContain('It has answered 503 to every call for two minutes.');
    expect(card.textContent).toMatch(/since \d\d:\d\d:\d\d · 2 min \d+ s/);
    expect(card.textContent).toContain('What to do: Wait, or look at the status page of the provider.');
    const folded = within(card).getByText('explains 2 more alerts').closest('details');
    expect(folded?.open).toBe(false);
    expect(folded?.textContent).toMatch(/Warning: Top pools keeps failing.*The server answered 503\.1 min/);
    expect(folded?.textContent).toMatch(/Recovering: Candles keeps failing/);
  });

  it('says that milder ones are open too, and asks for all on demand', async () => {
    const alerts = openAlerts([fakeIncident(Date.now())], { open: { critical: 1, warning: 70, info: 2 } });
    const bridge = new FakeBridge(healthySnapshot(Date.now(), { alerts }));
    await open([], '#/alerts', bridge);
    expect(screen.getByTestId('unlisted').textContent).toContain('72 milder incidents are open too.');
    fireEvent.click(screen.getByRole('button', { name: 'Show all 73' }));
    await waitFor(() => expect(bridge.asked).toContain('incidents.list'));
  });

  it('says while the network is not judged yet', async () => {
    const alerts = openAlerts([], { settlingUntilMs: Date.now() + 25_000 });
    await open([], '#/alerts', new FakeBridge(healthySnapshot(Date.now(), { alerts })));
    expect(screen.getByTestId('settling').textContent).toMatch(/the network is judged in 2\d s/);
  });
});

describe('the orders about an incident', () => {
  it('acknowledges with a note, which then stands on the card, and takes it back', async () => {
    const bridge = await open([fakeIncident(Date.now())]);
    fireEvent.click(screen.getByTestId('incident-ack'));
    const dialog = await screen.findByTestId('ack-dialog');
    fireEvent.change(within(dialog).getByTestId('ack-note'), { target: { value: ' The provider knows. ' } });
    fireEvent.click(within(dialog).getByTestId('confirm-ack'));
    const args = { incidentId: 'incident-1', note: 'The provider knows.' };
    await waitFor(() => expect(lastOrder(bridge)).toEqual({ name: 'incident.ack', args }));
    const ack = { atMs: Date.now(), note: 'The provider knows.' };
    act(() => bridge.push({ alerts: openAlerts([fakeIncident(Date.now(), { ack })]) }));
    expect(screen.getByTestId('incident-card').textContent).toMatch(
      /Acknowledged at \d\d:\d\d:\d\d: The provider knows\./,
    );
    fireEvent.click(screen.getByTestId('incident-unack'));
    await waitFor(() =>
      expect(lastOrder(bridge)).toEqual({ name: 'incident.unack', args: { incidentId: 'incident-1' } }),
    );
  });

  it('keeps what was written when the order is refused, and says why', async () => {
    const bridge = await open([fakeIncident(Date.now())]);
    bridge.refusal = 'It is over already.';
    fireEvent.click(screen.getByTestId('incident-ack'));
    const dialog = await screen.findByTestId('ack-dialog');
    fireEvent.change(within(dialog).getByTestId('ack-note'), { target: { value: 'mine' } });
    fireEvent.click(within(dialog).getByTestId('confirm-ack'));
    expect(await screen.findByText('It is over already.')).toBeTruthy();
    expect((screen.getByTestId('ack-note') as HTMLInputElement).value).toBe('mine');
  });

  it.each([
    ['15m', 15 * 60_000],
    ['1h', 60 * 60_000],
  ])('snoozes for %s', async (key, forMs) => {
    const bridge = await open([fakeIncident(Date.now())]);
    const before = Date.now();
    fireEvent.click(screen.getByTestId('incident-snooze'));
    fireEvent.click(await screen.findByTestId(`snooze-${key}`));
    await waitFor(() => expect(lastOrder(bridge)?.name).toBe('incident.snooze'));
    const until = Number(bridge.lastArgs('incident.snooze').until);
    expect(until - before).toBeGreaterThanOrEqual(forMs);
    expect(until - before).toBeLessThan(forMs + 10_000);
  });

  it('snoozes until it changes, says so, and ends that', async () => {
    const bridge = await open([fakeIncident(Date.now())]);
    fireEvent.click(screen.getByTestId('incident-snooze'));
    fireEvent.click(await screen.findByTestId('snooze-change'));
    const args = { incidentId: 'incident-1', until: 'until_change' };
    await waitFor(() => expect(lastOrder(bridge)).toEqual({ name: 'incident.snooze', args }));
    act(() => bridge.push({ alerts: openAlerts([fakeIncident(Date.now(), { snoozed: 'until_change' })]) }));
    expect(screen.getByTestId('incident-card').textContent).toContain('Snoozed until it changes');
    fireEvent.click(screen.getByTestId('incident-unsnooze'));
    await waitFor(() => expect(lastOrder(bridge)?.args).toEqual({ incidentId: 'incident-1', until: null }));
  });

  it('silences this fault, all of its target or the rule everywhere, never without a reason', async () => {
    const bridge = await open([fakeIncident(Date.now())]);
    fireEvent.click(screen.getByTestId('incident-silence'));
    const dialog = within(await screen.findByTestId('silence-dialog'));
    const confirm = dialog.getByTestId('confirm-silence') as HTMLButtonElement;
    expect(confirm.disabled).toBe(true);
    fireEvent.change(dialog.getByTestId('silence-reason'), { target: { value: 'planned work' } });
    fireEvent.change(dialog.getByTestId('silence-scope'), { target: { value: '1' } });
    fireEvent.change(dialog.getByTestId('silence-end'), { target: { value: '4' } });
    const before = Date.now();
    fireEvent.click(confirm);
    await waitFor(() => expect(lastOrder(bridge)?.name).toBe('silence.start'));
    const { untilMs, ...rest } = bridge.lastArgs('silence.start');
    expect(rest).toEqual({
      kind: 'silence',
      ruleId: null,
      targetKind: 'host',
      targetId: 'api.geckoterminal.com',
      reason: 'planned work',
    });
    expect(Math.round((untilMs - before) / 60_000)).toBe(240);
  });

  it('leads to the collector that it is about, whose row is then marked', async () => {
    const root = { kind: 'collector', id: 'ohlcv' } as const;
    await open([fakeIncident(Date.now(), { root })]);
    fireEvent.click(screen.getByRole('button', { name: 'Open Candles' }));
    expect((await screen.findByTestId('collector-row-ohlcv')).dataset['chosen']).toBe('true');
  });
});

describe('the details of an incident', () => {
  it('tell its story line by line, beside the list, and close with Escape', async () => {
    await open([fakeIncident(Date.now())]);
    fireEvent.click(screen.getByTestId('incident-details'));
    const panel = await screen.findByTestId('incident-details-panel');
    const lines = within(await within(panel).findByTestId('incident-timeline')).getAllByRole('listitem');
    expect(lines.map((line) => line.textContent.replace(/^.*\d\d:\d\d:\d\d/, ''))).toEqual([
      'Opened: Two probes in a row failed.',
      'Joined: Top pools keeps failing.',
      'Notice: On the desktop and in the inbox.',
    ]);
    expect(panel.textContent).toContain('pending → firing');
    expect(document.activeElement).toBe(panel);
    expect(window.location.hash).toBe('#/alerts/inbox/incident-1');
    fireEvent.keyDown(panel, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByTestId('incident-details-panel')).toBeNull());
  });

  it('say so when nobody knows the incident', async () => {
    await open([], '#/alerts/inbox/gone');
    expect(await screen.findByText('This incident is not known')).toBeTruthy();
  });

  it('say why they cannot be read, and try again', async () => {
    const bridge = await open([fakeIncident(Date.now())]);
    bridge.outage = 'The database is being restored.';
    fireEvent.click(screen.getByTestId('incident-details'));
    const panel = within(await screen.findByTestId('incident-details-panel'));
    expect(await panel.findByText('The database is being restored.')).toBeTruthy();
    bridge.outage = null;
    fireEvent.click(panel.getByRole('button', { name: 'Try again' }));
    expect(await panel.findByTestId('incident-timeline')).toBeTruthy();
  });
});

describe('silences', () => {
  const silence = {
    id: 'silence-1',
    kind: 'maintenance',
    ruleId: 'collector-failing',
    targetKind: 'collector',
    targetId: 'ohlcv',
    reason: 'planned work',
  } as const;

  it('are listed with what, why and until when, and can be ended', async () => {
    const now = Date.now();
    const alerts = openAlerts([], { silences: [{ ...silence, fromMs: now - 60_000, untilMs: now + 3_600_000 }] });
    const bridge = new FakeBridge(healthySnapshot(now, { alerts }));
    await open([], '#/alerts/silences', bridge);
    const row = screen.getByTestId('silence');
    expect(await within(row).findByText('Candles, “Collector keeps failing”')).toBeTruthy();
    expect(row.textContent).toMatch(/maintenanceplanned work.*1 min ago.*(1 h|59 min)/);
    fireEvent.click(within(row).getByTestId('end-silence'));
    await waitFor(() => expect(lastOrder(bridge)).toEqual({ name: 'silence.end', args: { id: 'silence-1' } }));
  });

  it('can be made about anything, until a time of one’s own in the future', async () => {
    const bridge = await open([], '#/alerts/silences');
    expect(screen.getByText('Nothing is silenced')).toBeTruthy();
    fireEvent.click(screen.getByTestId('new-silence'));
    const dialog = within(await screen.findByTestId('silence-dialog'));
    fireEvent.change(dialog.getByTestId('scope-kind'), { target: { value: 'database' } });
    fireEvent.change(dialog.getByTestId('scope-target'), { target: { value: 'monitor' } });
    fireEvent.change(dialog.getByTestId('silence-reason'), { target: { value: 'moving the disk' } });
    fireEvent.change(dialog.getByTestId('silence-end'), { target: { value: 'own' } });
    fireEvent.change(dialog.getByTestId('silence-own-end'), { target: { value: '2020-01-01T10:00' } });
    expect((dialog.getByTestId('confirm-silence') as HTMLButtonElement).disabled).toBe(true);
    fireEvent.change(dialog.getByTestId('silence-own-end'), { target: { value: '2099-01-01T10:00' } });
    fireEvent.click(dialog.getByTestId('confirm-silence'));
    await waitFor(() =>
      expect(lastOrder(bridge)?.args).toEqual({
        kind: 'silence',
        ruleId: null,
        targetKind: 'database',
        targetId: 'monitor',
        untilMs: new Date('2099-01-01T10:00').getTime(),
        reason: 'moving the disk',
      }),
    );
  });
});
