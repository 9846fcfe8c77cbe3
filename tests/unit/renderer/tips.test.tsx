import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { useSnapshotStore } from '../../../src/renderer/src/store/snapshotStore';
import { FakeBridge } from './support/fakeBridge';
import { fakeCollector, healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

let app: RenderedApp;
afterEach(() => app.close());

function lines(): readonly string[] {
  return screen.queryAllByRole('tooltip').flatMap((tooltip) => (tooltip.textContent ?? '').split('\n'));
}

async function openWith(streak: { readonly failures: number; readonly successes: number }): Promise<HTMLElement> {
  const nowMs = Date.now();
  const collectors = [fakeCollector('dexes', nowMs, { streak })];
  app = await renderApp(new FakeBridge(healthySnapshot(nowMs, { collectors })));
  return screen.getByTestId('collector-row-dexes');
}

it('says what a cell means once the pointer rests on it, and nothing more once it has left', async () => {
  const row = await openWith({ failures: 3, successes: 0 });
  fireEvent.pointerOver(screen.getByText('failed in a row', { exact: false, selector: 'span' }));
  await waitFor(() => expect(lines()).toEqual(['3 failed in a row']));
  fireEvent.pointerOver(row);
  await waitFor(() => expect(lines()).toEqual([]));
});

it('says of an age its moment, and of the button around it what it does', async () => {
  const row = await openWith({ failures: 0, successes: 5 });
  fireEvent.pointerOver(row.querySelector('button [data-tip-at]') as Element);
  await waitFor(() => expect(lines()).toEqual([expect.stringContaining('UTC'), expect.stringContaining('DEXes')]));
});

it('closes with Escape, and when the text goes away from under the pointer', async () => {
  await openWith({ failures: 3, successes: 0 });
  const cell = screen.getByText('failed in a row', { exact: false, selector: 'span' });
  fireEvent.pointerOver(cell);
  await waitFor(() => expect(lines()).toHaveLength(1));
  fireEvent.keyDown(document.body, { key: 'Escape' });
  await waitFor(() => expect(lines()).toEqual([]));

  fireEvent.pointerOver(cell);
  await waitFor(() => expect(lines()).toHaveLength(1));
  const { snapshot } = useSnapshotStore.getState();
  if (snapshot !== null) useSnapshotStore.setState({ snapshot: { ...snapshot, collectors: [] } });
  await waitFor(() => expect(lines()).toEqual([]));
});
