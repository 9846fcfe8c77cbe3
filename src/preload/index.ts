// The page's only door: three functions on window.poolwatch. No logic beyond the fixed list of names; nothing of Electron's
// (no event, no sender) reaches the page. Built as one CommonJS file, because a sandboxed preload may not load others.
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { CHANNELS, type Envelope, type PoolwatchBridge } from '../shared/contract/bridge';
import { COMMAND_NAMES } from '../shared/contract/commands';
import { fail } from '../shared/contract/envelope';
import { QUERY_NAMES } from '../shared/contract/queries';

const queryNames: ReadonlySet<unknown> = new Set(QUERY_NAMES);
const commandNames: ReadonlySet<unknown> = new Set(COMMAND_NAMES);

async function invoke<Answer>(
  channel: string,
  known: ReadonlySet<unknown>,
  name: string,
  args: unknown,
): Promise<Answer> {
  if (!known.has(name)) return fail('bad_request', 'Poolwatch does not know this request.') as Answer;
  const envelope: Envelope = { name, args };
  return (await ipcRenderer.invoke(channel, envelope)) as Answer;
}

const bridge: PoolwatchBridge = {
  query: (name, args) => invoke(CHANNELS.query, queryNames, name, args),
  command: (name, args) => invoke(CHANNELS.command, commandNames, name, args),
  onPatch: (listener) => {
    const forward = (_event: IpcRendererEvent, text: string): void => listener(text);
    ipcRenderer.on(CHANNELS.patch, forward);
    return () => void ipcRenderer.off(CHANNELS.patch, forward);
  },
};

// After whoever listens: while the page is busy, it is sent nothing more.
ipcRenderer.on(CHANNELS.patch, () => void setTimeout(() => ipcRenderer.send(CHANNELS.taken), 0));

contextBridge.exposeInMainWorld('poolwatch', bridge);
