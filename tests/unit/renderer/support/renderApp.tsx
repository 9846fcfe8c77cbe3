// Puts the whole window over a fake bridge, as main.tsx does over the real one.
import { act, configure, render, type RenderResult } from '@testing-library/react';
import { notifications } from '@mantine/notifications';
import { App } from '../../../../src/renderer/src/app';
import { readLaterParts } from '../../../../src/renderer/src/components/shell/laterParts';
import { connectSnapshotStore, useSnapshotStore } from '../../../../src/renderer/src/store/snapshotStore';
import { followLanguage } from '../../../../src/renderer/src/texts/useLanguage';
import type { FakeBridge } from './fakeBridge';

/** A busy machine may take its time; a wait ends as soon as it is over. */
const WAIT_LIMIT_MS = 8_000;
configure({ asyncUtilTimeout: WAIT_LIMIT_MS });

export function installBridge(bridge: FakeBridge | undefined): void {
  Object.defineProperty(window, 'poolwatch', { value: bridge, configurable: true, writable: true });
}

export interface RenderedApp extends RenderResult {
  /** Ends the connection and forgets the snapshot. */
  readonly close: () => void;
}

/** Renders the window at `hash`, with all its parts read as after some moments of use, and waits for the first snapshot to be drawn. */
export async function renderApp(bridge: FakeBridge, hash = '#/now'): Promise<RenderedApp> {
  window.location.hash = hash;
  installBridge(bridge);
  await readLaterParts(() => Promise.resolve());
  const disconnect = connectSnapshotStore();
  const silence = followLanguage();
  const rendered = render(<App nonce="test" />);
  await act(async () => {
    await Promise.resolve();
  });
  return {
    ...rendered,
    close: () => {
      rendered.unmount();
      disconnect();
      notifications.clean();
      useSnapshotStore.setState({ snapshot: null, trouble: null, lastPushMs: null });
      silence();
      localStorage.clear();
    },
  };
}
