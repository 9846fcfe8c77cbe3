// The window of the program, with everything between it and the engine, over an engine that is not there: real hub, patches, guard,
// preload script, protocol, page and reader thread; only the collectors are made up. Runs as the main process of an Electron.
import { app } from 'electron';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openChannels } from '../../src/main/desktop/ipc/channels';
import { windowCalls, WindowPatches } from '../../src/main/desktop/ipc/register';
import { pageOrigin } from '../../src/main/desktop/pageOrigin';
import { registerAppScheme, serveAppFiles } from '../../src/main/desktop/protocol';
import { enforceSandbox, lockDown } from '../../src/main/desktop/security';
import { createMainWindow, type MainWindow } from '../../src/main/desktop/window';
import type { Application, CommandHandlers, QueryHandlers } from '../../src/main/engine/application';
import { systemClock } from '../../src/main/engine/systemClock';
import { silentLogger } from '../../src/main/logging/logger';
import { DEFAULT_SETTINGS } from '../../src/main/settings/settingsSchema';
import { SnapshotHub } from '../../src/main/snapshot/hub';
import { openStore } from '../../src/main/storage/openStore';
import type { Store } from '../../src/main/storage/store';
import { NO_ALERTS } from '../../src/shared/contract/alerts';
import { COMMAND_NAMES } from '../../src/shared/contract/commands';
import { fail, ok } from '../../src/shared/contract/envelope';
import { QUERY_NAMES } from '../../src/shared/contract/queries';
import type { SnapshotSlices } from '../../src/shared/contract/snapshot';
import { snapshotText } from '../../src/shared/contract/snapshotWire';
import { GO, ORDER_VARIABLE, SAID, type WindowOrder } from './order';
import { SampleFeed } from './sampleFeed';

const TELL_EVERY_MS = 1_000;
const REFUSED = fail('unavailable', 'The bench has no engine.');

registerAppScheme();
enforceSandbox();
const order = JSON.parse(process.env[ORDER_VARIABLE] ?? '{}') as WindowOrder;
void app.whenReady().then(open);

async function open(): Promise<void> {
  const { root, folder, marketFile } = order;
  const out = join(root, 'out');
  const store = await openStore({
    name: 'market',
    file: marketFile,
    spoolDir: join(folder, 'spool'),
    workers: { writer: join(out, 'main', 'storageWriter.js'), reader: join(out, 'main', 'storageReader.js') },
    clock: systemClock,
  });
  const hub = new SnapshotHub(systemClock, slicesAtFirst(store));
  const feed = new SampleFeed(order.collectors, order.samplesPerSecond, (slices) => hub.replace('collectors', slices));
  const application = applicationOver(hub, store, whenTold(hub, feed));

  const patches = new WindowPatches(application);
  const origin = pageOrigin(null);
  lockDown(origin, silentLogger);
  serveAppFiles(join(out, 'renderer'));
  const window: MainWindow = createMainWindow({
    origin,
    preloadFile: join(out, 'preload', 'index.cjs'),
    boundsFile: join(folder, 'window.json'),
    log: silentLogger,
    onCreated: (created) => patches.follow(created),
  });
  openChannels()(windowCalls({ application, origin, log: silentLogger, patches, window: window.current }));
  window.open();

  const leave = (): void => {
    feed.stop();
    hub.close();
    void store.close().then(() => app.exit(0));
  };
  app.on('window-all-closed', leave);
  process.on('SIGTERM', leave);
}

/** Resolves, for whoever asks for the snapshot, once there is something to show: the page waits, as it does for an engine. */
function whenTold(hub: SnapshotHub, feed: SampleFeed): () => Promise<void> {
  const told = new Promise<void>((resolve) => {
    createInterface({ input: process.stdin }).on('line', (line) => {
      if (line !== GO) return;
      say(SAID.data, performance.timeOrigin + performance.now());
      hub.replace('collectors', feed.now());
      resolve();
      feed.start();
      setInterval(() => say(SAID.samples, feed.samples), TELL_EVERY_MS);
    });
  });
  return () => {
    say(SAID.waiting, 0);
    return told;
  };
}

function applicationOver(hub: SnapshotHub, store: Store, whenThere: () => Promise<void>): Application {
  const refuse = (names: readonly string[]): object =>
    Object.fromEntries(names.map((name) => [name, () => Promise.resolve(REFUSED)]));
  return {
    queries: {
      ...(refuse(QUERY_NAMES) as QueryHandlers),
      'snapshot.text': async () => {
        await whenThere();
        return ok(snapshotText(hub.current()));
      },
      'settings.get': () => Promise.resolve(ok(DEFAULT_SETTINGS)),
      'pools.list': async (args) => ok(await store.read('pools.list', args)),
      'pools.facets': async () => ok(await store.read('pools.facets', null)),
    },
    commands: refuse(COMMAND_NAMES) as CommandHandlers,
    snapshot: () => hub.current(),
    onPatch: (listener) => hub.onPatch(listener),
    follow: (listener) => hub.follow(listener),
    setWatched: (watched) => hub.setWatched(watched),
    power: () => undefined,
    finishRuns: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}

function slicesAtFirst(store: Store): SnapshotSlices {
  const nowMs = Date.now();
  return {
    app: {
      version: 'bench',
      mode: 'live',
      keyPlan: 'none',
      theme: 'light',
      motion: 'system',
      language: 'en',
      startedAtMs: nowMs,
      dataDir: order.folder,
      runtime: {},
      testBuild: true,
    },
    verdict: { level: 'ok', finding: { kind: 'told' }, sentence: 'All is well.', cause: null, sinceMs: nowMs },
    collectors: [],
    databases: [store.status()],
    hosts: [],
    banners: [],
    operations: [],
    alerts: NO_ALERTS,
  };
}

function say(what: string, figure: number): void {
  process.stdout.write(`${what} ${figure}\n`);
}
