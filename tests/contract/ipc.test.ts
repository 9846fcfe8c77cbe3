// The names of the contract, the schemas that guard them and the bridge that offers them agree exactly.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { COMMAND_SCHEMAS } from '../../src/main/engine/api/commandSchemas';
import { QUERY_SCHEMAS } from '../../src/main/engine/api/querySchemas';
import { CHANNELS, type PoolwatchBridge } from '../../src/shared/contract/bridge';
import { COMMAND_NAMES } from '../../src/shared/contract/commands';
import { QUERY_NAMES } from '../../src/shared/contract/queries';

type Listener = (event: unknown, patch: unknown) => void;

/** Stands in for Electron, which exists only inside its own process. */
const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoked: [] as unknown[][],
  sent: [] as unknown[][],
  listeners: new Map<string, Set<unknown>>(),
}));

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (key: string, api: unknown) => electron.exposed.set(key, api) },
  ipcRenderer: {
    invoke: async (...args: unknown[]) => {
      electron.invoked.push(args);
      return { ok: true, value: null };
    },
    on: (channel: string, listener: unknown) => {
      electron.listeners.set(channel, (electron.listeners.get(channel) ?? new Set()).add(listener));
    },
    off: (channel: string, listener: unknown) => electron.listeners.get(channel)?.delete(listener),
    send: (...args: unknown[]) => void electron.sent.push(args),
  },
}));

await import('../../src/preload/index');
const bridge = electron.exposed.get('poolwatch') as PoolwatchBridge;

beforeEach(() => {
  electron.invoked.length = 0;
});

describe('the contract', () => {
  it('has one schema for every query and every command, and none beyond', () => {
    expect(Object.keys(QUERY_SCHEMAS).toSorted()).toEqual([...QUERY_NAMES].toSorted());
    expect(Object.keys(COMMAND_SCHEMAS).toSorted()).toEqual([...COMMAND_NAMES].toSorted());
  });

  it('names every query and command once', () => {
    const names = [...QUERY_NAMES, ...COMMAND_NAMES];
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the preload script', () => {
  it('exposes the three functions of the bridge under one name and nothing else', () => {
    expect([...electron.exposed.keys()]).toEqual(['poolwatch']);
    expect(Object.keys(bridge).toSorted()).toEqual(['command', 'onPatch', 'query']);
  });

  it('sends an envelope and nothing more over the channel of its kind', async () => {
    await bridge.query('runs.list', { collectorId: 'dexes', limit: 5 });
    await bridge.command('collector.runNow', { collectorId: 'dexes' });
    expect(electron.invoked).toEqual([
      [CHANNELS.query, { name: 'runs.list', args: { collectorId: 'dexes', limit: 5 } }],
      [CHANNELS.command, { name: 'collector.runNow', args: { collectorId: 'dexes' } }],
    ]);
  });

  it.each(['collector.runNow', 'constructor', '__proto__', ''])(
    'does not even send the unknown query %j',
    async (name) => {
      const answer = await bridge.query(name as 'snapshot.get', null);
      expect(answer).toMatchObject({ ok: false, error: { code: 'bad_request' } });
      expect(electron.invoked).toEqual([]);
    },
  );

  it('hands a patch over without the event, until the page unsubscribes, and says each time that it is taken', async () => {
    const push = (text: string): void => {
      for (const hear of electron.listeners.get(CHANNELS.patch) as Set<Listener>) hear({ sender: 'secret' }, text);
    };
    const received: unknown[][] = [];
    const unsubscribe = bridge.onPatch((...args) => void received.push(args));
    push('{"from":1,"to":2}');
    expect(received).toEqual([['{"from":1,"to":2}']]);
    await expect.poll(() => electron.sent).toEqual([[CHANNELS.taken]]);
    unsubscribe();
    push('{"from":2,"to":3}');
    expect(received).toHaveLength(1);
    await expect.poll(() => electron.sent).toHaveLength(2);
  });
});
