// A real engine over a real market server, real files and the built worker threads; only the settings are quick.
import { join, resolve } from 'node:path';
import { startEngine, type Engine } from '../../src/main/engine/engine';
import type { EngineOptions } from '../../src/main/engine/engineOptions';
import { systemClock } from '../../src/main/engine/systemClock';
import { silentLogger } from '../../src/main/logging/logger';
import type { SlotEvent } from '../../src/main/scheduling/scheduler';
import { DEFAULT_SETTINGS } from '../../src/main/settings/settingsSchema';
import type { CollectorSlice } from '../../src/shared/contract/snapshot';
import type { DatabaseStatus } from '../../src/shared/domain/database';
import { COLLECTOR_IDS } from '../../src/shared/domain/collector';
import type { Store } from '../../src/main/storage/store';
import type { Settings } from '../../src/shared/domain/settings';

const out = (name: string): string => resolve(import.meta.dirname, '../../out/main', name);
export const CLI_FILE = out('cli.js');
export const WORKERS = { writer: out('storageWriter.js'), reader: out('storageReader.js') };

export const PORT_THREADS = { exporter: out('exporter.js'), importer: out('importer.js') };

export function collectorsEvery(intervalMs: number): Settings['collectors'] {
  return Object.fromEntries(COLLECTOR_IDS.map((id) => [id, { intervalMs }])) as Settings['collectors'];
}

/** Collects everything a small market has, without a reserve floor, so that a database can equal the server's ledger. */
export const QUICK_SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  source: { ...DEFAULT_SETTINGS.source, callsPerMinute: 1_000 },
  networks: [
    { id: 'solana', dexIds: ['raydium', 'orca'] },
    { id: 'polygon_pos', dexIds: ['quickswap'] },
  ],
  collectors: collectorsEvery(1_000),
  topPools: { maxPages: 3, minReserveUsd: 0 },
  ohlcv: { ...DEFAULT_SETTINGS.ohlcv, pools: 4 },
};

/** More than twelve collectors can ask for in a second each: where calls are short, a backfill has its share, which is small. */
const CALLS_PER_MINUTE = 10_000;

export interface EngineBench {
  readonly engine: Engine;
  readonly slots: readonly SlotEvent[];
  readonly problems: readonly string[];
  /** Of what was told first. */
  readonly firstPicture: FirstPicture;
}

export interface FirstPicture {
  collectors: readonly CollectorSlice[] | null;
  market: DatabaseStatus | null;
}

export async function startBench(
  profileDir: string,
  baseUrl: string,
  settings = QUICK_SETTINGS,
  change: Partial<EngineOptions> = {},
): Promise<EngineBench> {
  const slots: SlotEvent[] = [];
  const problems: string[] = [];
  const firstPicture: FirstPicture = { collectors: null, market: null };
  const engine = await startEngine(
    {
      profileDir: join(profileDir, 'profile'),
      source: { mode: 'live', baseUrl, apiKey: null, callsPerMinute: CALLS_PER_MINUTE },
      settings,
      workers: WORKERS,
      clock: systemClock,
      logger: silentLogger,
      userAgent: 'Poolwatch-test',
      ...change,
    },
    {
      onCollectors: (slices) => void (firstPicture.collectors ??= slices),
      onDatabases: ([market]) => void (firstPicture.market ??= market ?? null),
      onHosts: () => undefined,
      onAlerts: () => undefined,
      onSlot: (slot) => slots.push(slot),
      onProblem: (_, message) => problems.push(message),
    },
  );
  return { engine, slots, problems, firstPicture };
}

/** Polls until `condition` holds; fails with `what` after `limitMs`. */
export async function until(what: string, condition: () => boolean, limitMs = 60_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited ${limitMs} ms in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Resolves when everything that was acknowledged is in the database: on a busy machine some of it waits in the spool. */
export function settled(store: Store): Promise<void> {
  return until('everything is stored', () => {
    const { queuedBatches, spool, breaker } = store.status();
    return queuedBatches === 0 && spool.batches === 0 && breaker.state === 'closed';
  });
}
