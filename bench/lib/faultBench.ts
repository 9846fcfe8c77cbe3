// One engine for one fault: the whole program but its window, in real time, over a stand-in API on a port of its own and databases
// on disk. Everything that a fault bends (clock, workers, collectors) is bent here, in one place.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CollectedPage, Collector } from '../../src/main/collectors/collector';
import { createCollectors } from '../../src/main/collectors/registry';
import { createMarketServer, type MarketServer } from '../../src/main/demo/httpServer';
import { startEngine, type Engine } from '../../src/main/engine/engine';
import { systemClock } from '../../src/main/engine/systemClock';
import { silentLogger } from '../../src/main/logging/logger';
import type { SlotEvent } from '../../src/main/scheduling/scheduler';
import { DEFAULT_SETTINGS } from '../../src/main/settings/settingsSchema';
import type { ApiHostSlice } from '../../src/shared/contract/snapshot';
import { COLLECTOR_IDS, type CollectorId } from '../../src/shared/domain/collector';
import type { Message } from '../../src/shared/domain/delivery';
import type { Settings } from '../../src/shared/domain/settings';
import type { Clock } from '../../src/shared/util/clock';
import { wait } from './measure';

/** As many as it takes for a storm of them to be told as one fault. */
const COLLECTED: readonly CollectorId[] = [
  'networks',
  'dexes',
  'top_pools',
  'new_pools',
  'trending',
  'ohlcv',
  'trades',
  'pool_details',
];
/** The one that misbehaves. */
export const CULPRIT: CollectorId = 'top_pools';
/** Three of them, the age that is promised, are longer than a hang takes to be told. */
const INTERVAL_MS = 12_000;

/** What the culprit does instead of its work. */
export type Mischief = 'none' | 'throw' | 'hang' | 'reject' | 'few_rows';

interface FaultBenchOptions {
  readonly folder: string;
  readonly root: string;
  readonly intervalMs?: number;
  /** Absent: it is asked by its address. */
  readonly hostName?: string;
}

interface Shown {
  readonly atMs: number;
  readonly message: Message;
}

export class FaultBench {
  readonly root: string;
  readonly folder: string;
  readonly port: number;
  readonly hostName: string | null;
  readonly slots: SlotEvent[] = [];
  /** What a person was shown, and when (monotonic). */
  readonly shown: Shown[] = [];
  market: MarketServer;
  engine!: Engine;
  mischief: Mischief = 'none';
  /** Wall time runs ahead of the real one by this much; monotonic time does not. */
  wallOffsetMs = 0;
  /** The scheduler's alarm is never heard. */
  isDeaf = false;
  readonly #options: FaultBenchOptions;
  #letGo: () => void = () => undefined;

  private constructor(options: FaultBenchOptions, market: MarketServer) {
    this.#options = options;
    this.root = options.root;
    this.folder = options.folder;
    this.hostName = options.hostName ?? null;
    this.market = market;
    this.port = Number(new URL(market.baseUrl).port);
  }

  /** Resolves when everything was collected once and everything is judged. */
  static async start(options: FaultBenchOptions): Promise<FaultBench> {
    const bench = new FaultBench(options, await serve(0));
    bench.engine = await bench.#startEngine();
    const isReady = (): boolean =>
      bench.engine.scheduler.slices().every(({ lastSuccessAtMs }) => lastSuccessAtMs !== null) &&
      bench.engine.alerts.view().settlingUntilMs === null;
    const giveUpMs = performance.now() + 90_000;
    while (!isReady()) {
      if (performance.now() > giveUpMs) throw new Error('the engine did not come to rest');
      await wait(100);
    }
    return bench;
  }

  get marketFile(): string {
    return join(this.folder, 'profile', 'market.db');
  }

  /** While this file is there, the thread that writes market.db dies at every message. */
  get deathFile(): string {
    return join(this.folder, 'die');
  }

  host(): ApiHostSlice | null {
    return this.engine.hosts()[0] ?? null;
  }

  /** The API is served again at the same place. */
  async serveAgain(): Promise<void> {
    this.market = await serve(this.port);
  }

  /** A collector that hangs goes on. */
  release(): void {
    this.mischief = 'none';
    this.#letGo();
  }

  async stop(): Promise<void> {
    this.release();
    await this.engine.stop();
    await this.market.stop();
  }

  #startEngine(): Promise<Engine> {
    const { folder, root, hostName } = this.#options;
    const out = join(root, 'out', 'main');
    return startEngine(
      {
        profileDir: join(folder, 'profile'),
        source: {
          mode: 'live',
          baseUrl: hostName ? this.market.baseUrl.replace('127.0.0.1', hostName) : this.market.baseUrl,
          apiKey: null,
          callsPerMinute: 1_000,
        },
        settings: settingsEvery(this.#options.intervalMs ?? INTERVAL_MS),
        workers: { writer: this.#mortalWriter(join(out, 'storageWriter.js')), reader: join(out, 'storageReader.js') },
        clock: this.#clock(),
        logger: silentLogger,
        userAgent: 'Poolwatch-bench',
        collectors: createCollectors()
          .filter(({ id }) => COLLECTED.includes(id))
          .map((collector) => (collector.id === CULPRIT ? this.#misbehaving(collector) : collector)),
        delivery: {
          showNotice: (message) => {
            this.shown.push({ atMs: performance.now(), message });
            return Promise.resolve({ kind: 'sent' });
          },
          secrets: { isPersistent: () => false, get: () => Promise.resolve(null), set: () => Promise.resolve() },
          settings: () => DEFAULT_SETTINGS.notifications,
          saveSettings: () => undefined,
        },
      },
      {
        onCollectors: () => undefined,
        onDatabases: () => undefined,
        onHosts: () => undefined,
        onAlerts: () => undefined,
        onSlot: (slot) => void this.slots.push(slot),
        onProblem: (_, message) => process.stderr.write(`${message}\n`),
      },
    );
  }

  #clock(): Clock {
    return {
      wallMs: () => systemClock.wallMs() + this.wallOffsetMs,
      monotonicMs: () => systemClock.monotonicMs(),
      after: (delayMs, action) =>
        systemClock.after(delayMs, () => {
          // Only the scheduler's own alarm is a loop of that name.
          const isAlarm = String(action).includes('#loop(');
          if (!(this.isDeaf && isAlarm)) action();
          else this.#unheard = action;
        }),
    };
  }

  #unheard: (() => void) | null = null;

  /** The alarm that nobody heard. True when there was one. */
  hearAgain(): boolean {
    this.isDeaf = false;
    const action = this.#unheard;
    this.#unheard = null;
    action?.();
    return action !== null;
  }

  #misbehaving(collector: Collector): Collector {
    return {
      ...collector,
      collect: (context) => this.#collectBadly(collector, context),
    };
  }

  async *#collectBadly(
    collector: Collector,
    context: Parameters<Collector['collect']>[0],
  ): AsyncGenerator<CollectedPage> {
    if (this.mischief === 'throw') throw new Error('The collector has a mistake.');
    if (this.mischief === 'hang') {
      context.progress('solana, page 7');
      await new Promise<void>((resolve) => (this.#letGo = resolve));
    }
    for await (const page of collector.collect(context)) yield spoiled(page, this.mischief);
  }

  #mortalWriter(real: string): string {
    const file = join(this.folder, 'mortalWriter.mjs');
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(
      file,
      `import { existsSync } from 'node:fs';
       import { parentPort, workerData } from 'node:worker_threads';
       const isMarket = JSON.stringify(workerData).includes('market.db');
       const on = parentPort.on.bind(parentPort);
       parentPort.on = (name, listener) => on(name, (value) => {
         if (isMarket && existsSync(${JSON.stringify(this.deathFile)})) process.exit(1);
         listener(value);
       });
       await import(${JSON.stringify(pathToFileURL(real).href)});
      `,
    );
    return file;
  }
}

function serve(port: number): Promise<MarketServer> {
  return createMarketServer({ seed: 7, port, cacheTtlMs: 0, rateLimit: { capacity: 10_000, refillMs: 1 } });
}

function settingsEvery(intervalMs: number): Settings {
  const paces = Object.fromEntries(COLLECTOR_IDS.map((id) => [id, { intervalMs, adaptive: false }]));
  return {
    ...DEFAULT_SETTINGS,
    networks: [{ id: 'solana', dexIds: ['raydium'] }],
    collectors: paces as unknown as Settings['collectors'],
    topPools: { ...DEFAULT_SETTINGS.topPools, maxPages: 1, minReserveUsd: 0 },
    newPools: { ...DEFAULT_SETTINGS.newPools, maxPages: 1 },
    ohlcv: { ...DEFAULT_SETTINGS.ohlcv, pools: 2, bars: [{ timeframe: 'minute', aggregate: 15 }] },
  };
}

/** Its rows fewer, or fewer of them valid. */
function spoiled(page: CollectedPage, mischief: Mischief): CollectedPage {
  const share = mischief === 'reject' ? 0.6 : mischief === 'few_rows' ? 0.03 : 1;
  if (share === 1) return page;
  const some = (count: number): number => Math.max(1, Math.floor(count * share));
  const valid = some(page.valid);
  const reason = 'the price is not a number';
  return {
    ...page,
    parts: page.parts.map((part) => ({ ...part, rows: part.rows.slice(0, some(part.rows.length)) })),
    fetched: mischief === 'reject' ? page.fetched : valid,
    valid,
    rejected: mischief === 'reject' ? [{ reason, count: page.fetched - valid }] : [],
  };
}
