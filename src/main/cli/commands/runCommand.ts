// `run`: the engine for a given time, one line per slot, and a summary at the end.
import { resolve } from 'node:path';
import type { SourceMode } from '../../shared/domain/settings';
import { requireWritableFolder } from '../engine/dataFolder';
import { startDemoProfile } from '../engine/demoProfile';
import { startEngine } from '../engine/engine';
import type { SlotEvent, WorkerFiles } from '../engine/engineOptions';
import { profileFor } from '../engine/profiles';
import { slotLine } from '../engine/slotLine';
import { systemClock } from '../engine/systemClock';
import { silentLogger } from '../logging/logger';
import { openSettings } from '../settings/settingsStore';
import { emptySummary, summarise } from './summary';

/** Runs under way at the end may finish, so that what the source sent is also stored. */
const FINISH_GRACE_MS = 15_000;

export interface RunOptions {
  readonly dataDir: string;
  readonly forMs: number;
  readonly format: 'text' | 'json';
  readonly mode: SourceMode;
  /** Instead of the plan's own host; null for that. */
  readonly baseUrl: string | null;
  readonly workers: WorkerFiles & { readonly demoMarket: string };
}

/** Returns the exit code: 0 when at least one run succeeded and none failed for good, else 1. */
export async function runForAWhile(options: RunOptions): Promise<number> {
  const rootDir = resolve(options.dataDir);
  requireWritableFolder(rootDir);
  const saved = openSettings(rootDir);
  if (saved.problem) note(saved.problem);
  const settings = options.baseUrl
    ? { ...saved.get(), source: { ...saved.get().source, baseUrl: options.baseUrl } }
    : saved.get();
  const market = options.mode === 'demo' ? await startDemoProfile(options.workers.demoMarket, note) : null;
  let summary = emptySummary();
  const print = (slot: SlotEvent): void => {
    summary = summarise(summary, slot);
    process.stdout.write(`${options.format === 'json' ? JSON.stringify({ type: 'slot', ...slot }) : slotLine(slot)}\n`);
  };
  try {
    const profile = profileFor(rootDir, settings, options.mode, null, market?.baseUrl ?? null);
    const engine = await startEngine(
      {
        profileDir: profile.dir,
        source: profile.source,
        settings: profile.settings,
        workers: options.workers,
        clock: systemClock,
        logger: silentLogger,
        userAgent: 'Poolwatch-CLI',
      },
      {
        onCollectors: () => undefined,
        onDatabases: () => undefined,
        onHosts: () => undefined,
        onSlot: print,
        onProblem: (_, message) => note(message),
      },
    );
    await waitOrSignal(options.forMs);
    await engine.scheduler.stop('The time given with --for is over.', FINISH_GRACE_MS);
    const databases = [engine.market.status(), engine.monitor.status()].map(({ name, path, tables }) => ({
      name,
      path,
      rows: Object.fromEntries(tables.map((table) => [table.name, table.rows])),
    }));
    await engine.stop();
    const result = { type: 'summary', ...summary, databases };
    process.stdout.write(`${options.format === 'json' ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`);
    return summary.outcomes.ok + summary.outcomes.partial > 0 && summary.outcomes.failed === 0 ? 0 : 1;
  } finally {
    await market?.stop();
  }
}

function waitOrSignal(forMs: number): Promise<void> {
  return new Promise((done) => {
    const finish = (): void => {
      timer.cancel();
      process.off('SIGINT', finish);
      process.off('SIGTERM', finish);
      done();
    };
    const timer = systemClock.after(forMs, finish);
    process.once('SIGINT', finish);
    process.once('SIGTERM', finish);
  });
}

function note(message: string): void {
  process.stderr.write(`poolwatch: ${message}\n`);
}
