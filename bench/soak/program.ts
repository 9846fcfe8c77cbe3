// Endurance: the packaged program on the stand-in market for hours, at a quick pace, with one fault after the other; then a verdict.
// Started by soak.mjs with everything it needs; prints words for people, and its figures as the last line.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMarketServer } from '../../src/main/demo/httpServer';
import { DEFAULT_SETTINGS } from '../../src/main/settings/settingsSchema';
import { COLLECTOR_IDS } from '../../src/shared/domain/collector';
import type { Settings } from '../../src/shared/domain/settings';
import { wait } from '../lib/measure';
import type { MadeFault } from './alarms';
import { Audit } from './audit';
import { makeFaults, type Patient } from './faultMaker';
import type { Sample } from './growth';
import { PackagedApp } from './packagedApp';
import { type FaultId, plannedFaults } from './plan';
import { judge } from './verdict';

const INTERVAL_MS = 15_000;
const AUDIT_EVERY_MS = 20_000;
const SAMPLE_EVERY_MS = 5_000;
/** After the last fault everything must be well again. */
const CALM_MS = 60_000;
/** With room for hours of collecting: what is nearly full by that is told, and rightly. */
const TMPFS_SIZE = '1g';
const EXIT_INTERRUPTED = 130;

interface SoakOrder {
  readonly root: string;
  readonly folder: string;
  readonly executable: string;
  readonly flags: readonly string[];
  readonly hours: number;
  readonly seed: number;
}

const order = JSON.parse(process.argv[2] ?? '{}') as SoakOrder;
process.exitCode = (await run(order)) ? 0 : 1;

async function run({ root, folder, executable, flags, hours, seed }: SoakOrder): Promise<boolean> {
  const ownDisk = mountDisk(folder);
  const without: readonly FaultId[] = ownDisk ? [] : ['disk-full'];
  if (!ownDisk) say('no disk of its own could be made (that takes root on Linux): the disk is never full');
  const market = await createMarketServer({
    seed,
    port: 0,
    control: true,
    rateLimit: { capacity: 10_000, refillMs: 1 },
  });
  const rootDir = join(folder, 'data');
  mkdirSync(rootDir, { recursive: true });
  writeFileSync(join(rootDir, 'settings.json'), JSON.stringify(quickSettings(market.baseUrl)));
  const start = (): Promise<PackagedApp> =>
    PackagedApp.start({
      executable,
      args: [...flags, `--data-dir=${rootDir}`, '--live'],
      env: { ...process.env, POOLWATCH_PRINT_RUNS: '1', POOLWATCH_E2E: '1' },
    });
  let app = await start();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void app.kill().then(() => process.exit(EXIT_INTERRUPTED)));
  try {
    const profileDir = profileIn(rootDir);
    const audit = new Audit(rootDir, profileDir);
    const faults: MadeFault[] = [];
    const samples: Sample[] = [];
    let deaths = 0;
    const patient: Patient = {
      ...{ root, rootDir, profileDir, market },
      app: () => app,
      async restart() {
        app = await start();
      },
    };
    const stopWatching = watch(audit, () => app, samples);
    const endAtMs = Date.now() + hours * 3_600_000 - CALM_MS;
    say(`the program collects; until ${new Date(endAtMs + CALM_MS).toISOString().slice(11, 19)} UTC, seed ${seed}`);
    for (const fault of plannedFaults(seed, without)) {
      if (Date.now() + fault.pauseMs + fault.lastsMs > endAtMs) break;
      await wait(fault.pauseMs);
      if (app.diedAtMs !== null) {
        deaths += 1;
        say(`the program ended by itself; it said:\n${app.lastWords}`);
        await patient.restart();
      }
      const made = await makeFaults(fault, patient);
      faults.push(...made);
      for (const { id, fromMs, toMs } of made) say(`${id} for ${Math.round((toMs - fromMs) / 1_000)} s`);
      say(`${audit.books().batches} batches acknowledged so far`);
    }
    await wait(Math.max(CALM_MS, endAtMs + CALM_MS - Date.now()));
    if (app.diedAtMs !== null) deaths += 1;
    await stopWatching();
    const exitCode = await app.quit();
    await audit.look();
    await market.stop();
    const verdict = judge(
      { books: audit.books(), faults, samples, intervalMs: INTERVAL_MS, deaths, exitCode },
      profileDir,
    );
    tell(verdict, hours, seed);
    if (ownDisk && verdict.failures.length === 0) spawnSync('umount', [folder]);
    return verdict.failures.length === 0;
  } finally {
    // Whatever happened here, nothing goes on behind it.
    await app.kill();
  }
}

/** Everything that collects, every few seconds, without a limit of calls. */
function quickSettings(baseUrl: string): Settings {
  return {
    ...DEFAULT_SETTINGS,
    source: { ...DEFAULT_SETTINGS.source, mode: 'live', baseUrl, callsPerMinute: 1_000 },
    networks: [
      { id: 'solana', dexIds: ['raydium', 'orca'] },
      { id: 'polygon_pos', dexIds: ['quickswap'] },
    ],
    collectors: Object.fromEntries(
      COLLECTOR_IDS.map((id) => [id, { intervalMs: INTERVAL_MS, adaptive: false }]),
    ) as Settings['collectors'],
    topPools: { maxPages: 3, minReserveUsd: 0 },
    ohlcv: { ...DEFAULT_SETTINGS.ohlcv, pools: 6 },
  };
}

function profileIn(rootDir: string): string {
  const profiles = join(rootDir, 'profiles');
  // Of another source than the usual one; were the settings refused, it would ask the real one.
  const name = existsSync(profiles) ? readdirSync(profiles).find((each) => each.startsWith('custom-')) : undefined;
  if (name === undefined) throw new Error(`the program made no profile of the stand-in market in ${profiles}`);
  return join(profiles, name);
}

/** A small disk for the data alone, so that it can be filled without harm. */
function mountDisk(folder: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${TMPFS_SIZE}`, 'tmpfs', folder]).status === 0;
}

/** Returns the function that ends it. */
function watch(audit: Audit, app: () => PackagedApp, samples: Sample[]): () => Promise<void> {
  let stopped = false;
  const looking = (async () => {
    for (let lookedAtMs = 0; !stopped; await wait(SAMPLE_EVERY_MS)) {
      const { pid, startedAtMs } = app();
      const footprint = app().footprint();
      if (footprint) samples.push({ ...footprint, pid, ageMs: Date.now() - startedAtMs });
      if (Date.now() - lookedAtMs < AUDIT_EVERY_MS) continue;
      lookedAtMs = Date.now();
      await audit.look();
    }
  })();
  return async () => {
    stopped = true;
    await looking;
  };
}

function tell({ figures, failures, told }: ReturnType<typeof judge>, hours: number, seed: number): void {
  say(`\nwhat was done, and what a person was told\n${told.map((line) => `  ${line}`).join('\n')}\n`);
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  for (const [name, value] of Object.entries(figures))
    say(`  ${name.padEnd(width)}  ${Number.isInteger(value) ? value : value.toFixed(1)}`);
  say(
    failures.length === 0
      ? '\nVERDICT: everything held'
      : `\nVERDICT: failed\n${failures.map((line) => `  ${line}`).join('\n')}`,
  );
  process.stdout.write(`${JSON.stringify({ hours, seed, figures, failures })}\n`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
