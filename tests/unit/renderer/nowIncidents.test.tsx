import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { AppSnapshot } from '../../../src/shared/contract/snapshot';
import { fakeIncident, lockIncident, openAlerts } from './support/fakeAlerts';
import { FakeBridge } from './support/fakeBridge';
import { failingSnapshot, healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp;
afterEach(() => app.close());

async function open(snapshot: AppSnapshot, hash?: string): Promise<FakeBridge> {
  const bridge = new FakeBridge(snapshot);
  app = await renderApp(bridge, hash);
  return bridge;
}

const heading = (): string => screen.getByRole('heading', { level: 1 }).textContent;

describe('incidents on the first page', () => {
  it('tell the cause behind collectors that fail, once', async () => {
    const now = Date.now();
    const failing = failingSnapshot(now);
    const databases = healthySnapshot(now).databases;
    await open({ ...failing, databases, alerts: openAlerts([fakeIncident(now)]) });
    expect(heading()).toBe('Down: api.geckoterminal.com is out of reach');
    const card = screen.getByTestId('incident-card');
    expect(screen.getByTestId('verdict').contains(card)).toBe(true);
    expect(within(card).queryByRole('heading')).toBeNull();
    expect(screen.getByTestId('page-now').textContent.split('api.geckoterminal.com is out of reach')).toHaveLength(2);
    expect(within(card).getByTestId('incident-ack')).toBeTruthy();
  });

  it('stand under the facts of a lock without naming it again', async () => {
    const now = Date.now();
    const failing = failingSnapshot(now);
    const sentence = 'market.db is locked by python3 (process 48213).';
    const verdict = { ...failing.verdict, sentence, cause: 'Collecting goes on.' };
    const other = fakeIncident(now, { title: 'The backup of market.db is old', severity: 'warning', members: [] });
    await open({ ...failing, verdict, alerts: openAlerts([lockIncident(now), other]) });
    expect(heading()).toBe(`Down: ${sentence}`);
    const [told, below] = screen.getAllByTestId('incident-card');
    const verdictBlock = screen.getByTestId('verdict');
    expect(verdictBlock.contains(screen.getByTestId('incident'))).toBe(true);
    expect(told?.dataset['incidentId']).toBe('incident-lock');
    expect(verdictBlock.contains(told ?? null)).toBe(true);
    expect(told?.textContent).not.toContain('is locked by');
    expect(verdictBlock.contains(below ?? null)).toBe(false);
    expect(below?.textContent).toContain('The backup of market.db is old');
  });

  it('are the worst three; the rest is counted, and what was put aside is not shown', async () => {
    const now = Date.now();
    const incidents = ['a', 'b', 'c', 'd'].map((id) => fakeIncident(now, { id, members: [] }));
    const aside = fakeIncident(now, { id: 'z', snoozed: 'until_change', members: [] });
    await open(healthySnapshot(now, { alerts: openAlerts([aside, ...incidents]) }));
    expect(heading()).toMatch(/^OK: All three collectors/);
    expect(screen.getAllByTestId('incident-card').map((card) => card.dataset['incidentId'])).toEqual(['a', 'b', 'c']);
    fireEvent.click(screen.getByRole('button', { name: 'See 2 more open incidents' }));
    expect(await screen.findByTestId('page-alerts')).toBeTruthy();
  });
});

describe('alerts in the frame', () => {
  it('count what is open in the rail and say whether any of it is critical', async () => {
    const now = Date.now();
    const bridge = await open(
      healthySnapshot(now, { alerts: openAlerts([fakeIncident(now), fakeIncident(now, { id: 'b' })]) }),
    );
    expect(screen.getByTestId('nav-alerts').textContent).toContain('2, 2 open incidents, at least one critical');
    const ack = { atMs: now, note: '' };
    act(() =>
      bridge.push({
        alerts: openAlerts([
          fakeIncident(now, { ack, severity: 'warning' }),
          fakeIncident(now, { id: 'b', silencedBy: 's' }),
        ]),
      }),
    );
    expect(screen.getByTestId('open-badge').textContent).toBe('1, 1 open incident');
    act(() => bridge.push({ alerts: openAlerts([]) }));
    expect(screen.queryByTestId('open-badge')).toBeNull();
  });

  it('speak politely of what opens while the window is there, once, and not of what is silenced', async () => {
    const now = Date.now();
    const before = fakeIncident(now, { id: 'before', title: 'Was there before' });
    const bridge = await open(healthySnapshot(now, { alerts: openAlerts([before]) }));
    const said = screen.getByTestId('alert-announcer');
    expect(said.getAttribute('aria-live')).toBe('polite');
    expect(said.textContent).toBe('');
    const silenced = fakeIncident(now, { id: 'quiet', title: 'Nobody asked', silencedBy: 's' });
    act(() => bridge.push({ alerts: openAlerts([before, fakeIncident(now), silenced]) }));
    await waitFor(() => expect(said.textContent).toBe('New alert, critical: api.geckoterminal.com is out of reach'));
  });

  it('keep notices behind a bell: unseen ones counted, who was not told and why, and a way to the incident', async () => {
    const now = Date.now();
    const bridge = await open(healthySnapshot(now, { alerts: openAlerts([fakeIncident(now)], { unseen: 1 }) }));
    fireEvent.click(screen.getByRole('button', { name: 'Notices, 1 unseen one' }));
    const [first, second] = await screen.findAllByTestId('notice');
    expect(first?.textContent).toMatch(
      /Unseen\. Critical: api\.geckoterminal\.com is out of reachTwo collectors cannot run\.2 min ago/,
    );
    expect(second?.textContent).toContain('Nobody was told: silenced: planned work');
    fireEvent.click(screen.getByTestId('mark-seen'));
    await waitFor(() => expect(bridge.orders.at(-1)?.name).toBe('inbox.seen'));
    const { untilMs } = bridge.lastArgs('inbox.seen');
    expect(Math.abs(untilMs - (now - 124_000))).toBeLessThan(20_000);
    act(() => bridge.push({ alerts: openAlerts([fakeIncident(now)]) }));
    expect(screen.queryByTestId('unseen')).toBeNull();
    expect((screen.getByTestId('mark-seen') as HTMLButtonElement).disabled).toBe(false);
    expect(screen.getByTestId('mark-seen').getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(screen.getAllByTestId('notice')[0] as HTMLElement);
    expect(await screen.findByTestId('incident-details-panel')).toBeTruthy();
    expect(screen.queryByTestId('notice')).toBeNull();
  });
});
