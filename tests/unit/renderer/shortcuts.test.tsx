import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { keysInWords, matchesKey, SHORTCUTS } from '../../../src/renderer/src/components/shortcuts/shortcutTable';
import { showOverlay } from '../../../src/renderer/src/store/overlayStore';
import { PAGES } from '../../../src/renderer/src/store/route';
import { useUiStore } from '../../../src/renderer/src/store/uiStore';
import { FakeBridge } from './support/fakeBridge';
import { healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';
import { t } from '../../../src/renderer/src/texts/texts';

describe('the table of shortcuts', () => {
  it('gives no key two meanings', () => {
    const keys: readonly string[] = SHORTCUTS.flatMap((entry): readonly string[] => entry.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('reads keys as a person does', () => {
    expect(keysInWords({ keys: ['mod+k'] }, false)).toBe('Ctrl K');
    expect(keysInWords({ keys: ['mod+k'] }, true)).toBe('⌘ K');
    expect(keysInWords({ keys: ['1', '2', '3'] }, false)).toBe('1 to 3');
    expect(keysInWords({ keys: ['Escape'] }, false)).toBe('Esc');
  });

  it('goes by the sign that a layout makes, and not by a letter with a modifier', () => {
    expect(matchesKey('?', new KeyboardEvent('keydown', { key: '?', shiftKey: true }))).toBe(true);
    expect(matchesKey('/', new KeyboardEvent('keydown', { key: '/', shiftKey: true }))).toBe(true);
    expect(matchesKey('j', new KeyboardEvent('keydown', { key: 'j', ctrlKey: true }))).toBe(false);
    expect(matchesKey('mod+k', new KeyboardEvent('keydown', { key: 'K', metaKey: true }))).toBe(true);
  });
});

describe('shortcuts in the window', () => {
  let app: RenderedApp;
  afterEach(() => {
    act(() => showOverlay(null));
    app.close();
    useUiStore.setState(useUiStore.getInitialState(), true);
  });

  const press = (key: string, target: Element = document.body): boolean => fireEvent.keyDown(target, { key });

  it('are on the help sheet, every one of them, and the sheet closes with Escape', async () => {
    app = await renderApp(new FakeBridge(healthySnapshot(Date.now())));
    press('?');
    const sheet = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const { id } of SHORTCUTS) expect(sheet.textContent).toContain(t(`shortcuts.label.${id}`));
    press('Escape');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Keyboard shortcuts' })).toBeNull());
  });

  it('do nothing while somebody types in a field, nor behind a dialog', async () => {
    app = await renderApp(new FakeBridge(healthySnapshot(Date.now())), '#/market');
    const field = await screen.findByTestId('pool-search');
    for (const key of ['1', '?', 'j', '/']) press(key, field);
    expect(window.location.hash).toBe('#/market');
    expect(screen.queryByRole('dialog', { name: 'Keyboard shortcuts' })).toBeNull();
    press('?');
    await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    press('1');
    expect(window.location.hash).toBe('#/market');
  });

  it('lead to every page by its number', async () => {
    app = await renderApp(new FakeBridge(healthySnapshot(Date.now())));
    for (const [index, page] of PAGES.entries()) {
      press(String(index + 1));
      expect(await screen.findByTestId(`page-${page}`)).toBeTruthy();
    }
  });

  it('search in the list of the page and leave the key to others where there is none', async () => {
    app = await renderApp(new FakeBridge(healthySnapshot(Date.now())), '#/market');
    await screen.findByTestId('pool-search');
    expect(press('/')).toBe(false);
    expect(document.activeElement).toBe(screen.getByTestId('pool-search'));
    press('1');
    (document.activeElement as HTMLElement).blur();
    press('1');
    await screen.findByTestId('page-now');
    expect(press('/')).toBe(true);
  });

  it('move from row to row', async () => {
    app = await renderApp(new FakeBridge(healthySnapshot(Date.now())), '#/now');
    const focused = (): string | undefined => (document.activeElement as HTMLElement | null)?.dataset['testid'];
    press('j');
    expect(focused()).toBe('open-dexes');
    press('j');
    expect(focused()).toBe('open-top_pools');
    press('k');
    expect(focused()).toBe('open-dexes');
  });

  it('close the candles, but not while a dialog over them takes the key', async () => {
    app = await renderApp(new FakeBridge(healthySnapshot(Date.now())), '#/market/solana_pool2');
    await screen.findByTestId('candles-panel');
    press('?');
    await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    press('Escape');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Keyboard shortcuts' })).toBeNull());
    expect(screen.getByTestId('candles-panel')).toBeTruthy();
    press('Escape');
    await waitFor(() => expect(screen.queryByTestId('candles-panel')).toBeNull());
  });
});
