import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { LongOperation } from '../../../src/shared/domain/operation';
import { FakeBridge } from './support/fakeBridge';
import { fakeDatabase, healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp;
afterEach(() => app.close());

async function open(bridge = new FakeBridge(healthySnapshot(Date.now()))): Promise<FakeBridge> {
  app = await renderApp(bridge, '#/database');
  return bridge;
}

const lastOrder = (bridge: FakeBridge) => bridge.orders.at(-1);

function operation(change: Partial<LongOperation> = {}): LongOperation {
  return {
    id: 'op-1',
    kind: 'backup',
    subject: 'market',
    title: 'Back up market.db',
    state: 'running',
    progress: { done: 3_145_728, total: 6_291_456, unit: 'bytes', step: 'copying' },
    startedAtMs: Date.now() - 2_000,
    endedAtMs: null,
    detail: null,
    cancellable: true,
    ...change,
  };
}

describe('the orders to a database', () => {
  it.each([
    ['backup', 'database.backup', { database: 'market' }],
    ['check', 'database.check', { database: 'market', thorough: false }],
    ['checkpoint', 'database.checkpoint', { database: 'market' }],
  ])('“%s” is given at once', async (button, name, args) => {
    const bridge = await open();
    fireEvent.click(screen.getByTestId(`${button}-market`));
    await waitFor(() => expect(lastOrder(bridge)).toEqual({ name, args }));
  });

  it('compacting asks first and says what is kept', async () => {
    const bridge = await open();
    fireEvent.click(screen.getByTestId('more-market'));
    fireEvent.click(await screen.findByTestId('compact-market'));
    const dialog = await screen.findByRole('dialog', { name: 'Compact market.db?' });
    expect(dialog.textContent).toContain('the present file stays as it is');
    expect(bridge.orders).toEqual([]);
    fireEvent.click(within(dialog).getByTestId('confirm'));
    await waitFor(() => expect(lastOrder(bridge)).toEqual({ name: 'database.compact', args: { database: 'market' } }));
  });

  it('taking it out of service asks first; putting it back does not', async () => {
    const bridge = await open();
    fireEvent.click(screen.getByTestId('more-monitor'));
    fireEvent.click(await screen.findByTestId('isolate-monitor'));
    const dialog = await screen.findByRole('dialog', { name: 'Take monitor.db out of service?' });
    fireEvent.click(within(dialog).getByTestId('confirm'));
    await waitFor(() => expect(lastOrder(bridge)?.name).toBe('database.isolate'));
    const nowMs = Date.now();
    const breaker = {
      state: 'open',
      sinceMs: nowMs,
      reason: 'isolated',
      failedProbes: 0,
      nextProbeAtMs: null,
    } as const;
    act(() => bridge.push({ databases: [fakeDatabase('market', nowMs), fakeDatabase('monitor', nowMs, { breaker })] }));
    fireEvent.click(await screen.findByTestId('rejoin-monitor'));
    await waitFor(() => expect(lastOrder(bridge)?.name).toBe('database.rejoin'));
  });
});

describe('going back to a backup', () => {
  it('shows what would be newer and what is kept before it lets anybody', async () => {
    const bridge = await open();
    fireEvent.click(screen.getByTestId('restore-market'));
    const dialog = await screen.findByTestId('restore-dialog');
    const row = await within(dialog).findByRole('row', { name: /^pools/ });
    expect(row.textContent).toMatch(/pools1,1001,120640/);
    expect(dialog.textContent).toContain('3 batches in the spool will be stored');
    fireEvent.click(within(dialog).getByTestId('bring-newer'));
    fireEvent.click(within(dialog).getByTestId('confirm-restore'));
    const args = { database: 'market', backup: 'market-20261124T030000Z.db', bringNewer: false };
    await waitFor(() => expect(lastOrder(bridge)).toEqual({ name: 'database.restore', args }));
  });
});

describe('what runs on a database', () => {
  it('shows how far it is and can be called off', async () => {
    const bridge = await open();
    act(() => bridge.push({ operations: [operation()] }));
    const running = await screen.findByTestId('operation-backup');
    expect(running.textContent).toContain('copying · 3.0 MB of 6.0 MB');
    expect(within(running).getByRole('progressbar', { name: 'Back up market.db' }).getAttribute('aria-valuenow')).toBe(
      '50',
    );
    fireEvent.click(within(running).getByRole('button', { name: 'Call off: Back up market.db' }));
    await waitFor(() => expect(lastOrder(bridge)).toEqual({ name: 'operation.cancel', args: { operationId: 'op-1' } }));
    act(() => bridge.push({ operations: [operation({ state: 'cancelling' })] }));
    expect(running.textContent).toContain('stopping at the end of the present step');
  });

  it('keeps saying how it ended', async () => {
    const bridge = await open();
    const ended = operation({ state: 'failed', endedAtMs: Date.now(), detail: 'the disk is full' });
    act(() => bridge.push({ operations: [ended] }));
    expect((await screen.findByTestId('operation-backup')).textContent).toMatch(
      /Failed after 2\.\d s.*the disk is full/,
    );
  });
});

describe('what is kept', () => {
  it('is told with its size, what a day adds, and where that ends; nothing is claimed that is not known', async () => {
    await open();
    const panel = within(screen.getByTestId('retention'));
    const cells = (row: HTMLElement) => [...row.children].map(({ textContent }) => textContent);
    expect(cells(await panel.findByRole('row', { name: /^candles · minute/ }))).toEqual([
      ...['candles · minute', '90 days', '240,000', '20.0 MB', '12,000', '1.0 MB', '90.0 MB'],
    ]);
    expect(cells(panel.getByRole('row', { name: /^trades/ }))).toEqual([
      ...['trades', 'ever', '8,000', '3.0 MB', '400', '154 KB', '–'],
    ]);
    expect(cells(await panel.findByRole('row', { name: /^storage_samples/ }))).toEqual([
      ...['storage_samples', '30 days', '12', '1.4 KB', '–', '–', '–'],
    ]);
    expect(screen.getByTestId('retention').textContent).toContain('sizes are estimates');
  });
});

describe('the history', () => {
  it('can be narrowed to one kind, and names who held a lock', async () => {
    await open();
    const log = within(screen.getByTestId('operations-log'));
    expect(await log.findByText('A verified backup of 56.0 MB was made.')).toBeTruthy();
    fireEvent.change(screen.getByTestId('operations-kind'), { target: { value: 'lock' } });
    await waitFor(() => expect(log.queryByText('A verified backup of 56.0 MB was made.')).toBeNull());
    expect(await log.findByText(/python3 \(process 48213/)).toBeTruthy();
    const locks = screen.getByTestId('locks');
    await waitFor(() =>
      expect(locks.textContent).toMatch(/python3 \(process 48213\) held the write lock of market\.db/),
    );
  });

  it('says what to expect where there is nothing yet', async () => {
    const bridge = new FakeBridge(healthySnapshot(Date.now()));
    bridge.pools = 0;
    await open(bridge);
    expect(await screen.findByText('No backup yet')).toBeTruthy();
    expect(await screen.findByText('No lock has lasted')).toBeTruthy();
    expect(await screen.findByText('Nothing to tell')).toBeTruthy();
    expect(await screen.findByText('Nothing to keep yet')).toBeTruthy();
  });
});
