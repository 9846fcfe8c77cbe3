import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { command, followSnapshot, query, RETRY_SNAPSHOT_MS } from '../../../src/renderer/src/bridge/bridge';
import type { AppError } from '../../../src/shared/contract/envelope';
import type { ShownSnapshot } from '../../../src/shared/contract/shownSnapshot';
import { snapshotText } from '../../../src/shared/contract/snapshotWire';
import { FakeBridge } from './support/fakeBridge';
import { healthySnapshot } from './support/fakeSnapshot';
import { installBridge } from './support/renderApp';

let bridge: FakeBridge;
let end: () => void = () => undefined;
const seen: ShownSnapshot[] = [];
const troubles: AppError[] = [];

function follow(): void {
  end = followSnapshot({ onSnapshot: (snapshot) => seen.push(snapshot), onTrouble: (error) => troubles.push(error) });
}

beforeEach(() => {
  seen.length = 0;
  troubles.length = 0;
  bridge = new FakeBridge(healthySnapshot(Date.now()));
  installBridge(bridge);
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

describe('following the snapshot', () => {
  it('starts with a full one and then applies patches in order', async () => {
    follow();
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    bridge.push({ banners: [{ id: 'a', level: 'info', message: 'hello', dismissible: true }] });
    expect(seen.at(-1)).toMatchObject({ version: 2, banners: [{ id: 'a' }] });
    expect(bridge.asked).toEqual(['snapshot.text']);
  });

  it('asks for a full one after a gap and ends on the newest version', async () => {
    follow();
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    bridge.snapshot = { ...bridge.snapshot, version: 9 };
    bridge.send({ from: 8, to: 9, atMs: Date.now(), slices: {} });
    await vi.waitFor(() => expect(seen.at(-1)?.version).toBe(9));
    expect(bridge.asked).toEqual(['snapshot.text', 'snapshot.text']);
  });

  it('keeps patches that arrive while the full one is under way', async () => {
    const answered = bridge.snapshot;
    vi.spyOn(bridge, 'query').mockImplementation(async () => {
      bridge.push({ hosts: [] });
      await Promise.resolve();
      return { ok: true, value: snapshotText(answered) } as never;
    });
    follow();
    await vi.waitFor(() => expect(seen.at(-1)).toMatchObject({ version: 2, hosts: [] }));
  });

  it('tells of a failed request, tries again by itself and recovers', async () => {
    vi.useFakeTimers();
    bridge.outage = 'still starting';
    follow();
    await vi.advanceTimersByTimeAsync(0);
    expect(troubles).toEqual([{ code: 'unavailable', message: 'still starting' }]);
    bridge.outage = null;
    await vi.advanceTimersByTimeAsync(RETRY_SNAPSHOT_MS);
    expect(seen).toHaveLength(1);
  });

  it('hears nothing more once it has ended', async () => {
    follow();
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    end();
    bridge.push({});
    expect(seen).toHaveLength(1);
  });
});

describe('questions and orders', () => {
  it('turn a bridge that throws into an answer', async () => {
    vi.spyOn(bridge, 'command').mockRejectedValue(new Error('the channel is closed'));
    expect(await command('collector.runNow', { collectorId: 'dexes' })).toEqual({
      ok: false,
      error: { code: 'unavailable', message: 'Poolwatch did not answer: the channel is closed' },
    });
  });

  it('answer in words when the window has no bridge at all', async () => {
    installBridge(undefined);
    expect(await query('settings.get', null)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  });
});
