import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { UpdateStatus } from '../../../src/shared/contract/updates';
import { FakeBridge } from './support/fakeBridge';
import { healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp | null = null;
afterEach(() => {
  app?.close();
  app = null;
});

async function open(state: UpdateStatus['state'], hasReleasePage = false): Promise<FakeBridge> {
  const bridge = new FakeBridge(healthySnapshot(Date.now()));
  bridge.update = { version: '0.1.0', state, hasReleasePage };
  app = await renderApp(bridge, '#/settings/about');
  await screen.findByTestId('updates');
  return bridge;
}

const words = (): string => screen.getByTestId('updates').textContent ?? '';

describe('the panel of updates', () => {
  it('says that nobody is asked, and asks when told to', async () => {
    const bridge = await open({ kind: 'no_feed' });
    expect(words()).toContain('No feed is configured');
    bridge.update = { ...bridge.update, state: { kind: 'newest', askedAtMs: 1 } };
    fireEvent.click(screen.getByTestId('update-check'));
    await waitFor(() => expect(words()).toContain('You have the newest version, 0.1.0.'));
    expect(bridge.orders.map(({ name }) => name)).toEqual(['update.check']);
  });

  it('offers the restart once a version is ready, and only then', async () => {
    const bridge = await open({ kind: 'ready', version: '0.2.0' });
    expect(words()).toContain('Version 0.2.0 is ready: restart to install.');
    fireEvent.click(screen.getByTestId('update-install'));
    await waitFor(() => expect(bridge.lastArgs('update.install')).toBeNull());
    expect(screen.queryByTestId('update-check')).toBeNull();
  });

  it('leads to the release page where there is one and the package does not replace itself', async () => {
    const bridge = await open({ kind: 'by_hand', version: '0.2.0' }, true);
    fireEvent.click(screen.getByTestId('update-releases'));
    await waitFor(() => expect(bridge.lastArgs('update.openReleases')).toBeNull());
  });
});
