// The built program as a person starts it, on a profile of its own, collecting from a stand-in market in this process.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMarketServer, type MarketServer } from '../../src/main/demo/httpServer';
import { ElectronProgram } from './devtools';
import { wait } from './measure';
import type { BenchRun } from './run';
import { required } from './screen';

const RAN_WITHIN_MS = 120_000;

/** @param port 0 picks a free one */
export async function startMarket(port = 0): Promise<MarketServer> {
  return await createMarketServer({ seed: 7, port, cacheTtlMs: 0 });
}

/** Every collector at the pace with which the program ships. */
export function writeProfile(profile: string, { baseUrl }: MarketServer): void {
  mkdirSync(profile, { recursive: true });
  const settings = { source: { mode: 'live', baseUrl, callsPerMinute: 1_000 } };
  writeFileSync(join(profile, 'settings.json'), JSON.stringify(settings));
}

export function startApp(run: BenchRun, profile: string, env: NodeJS.ProcessEnv, ...args: string[]): ElectronProgram {
  return new ElectronProgram({
    electron: required(run.electron),
    program: run.root,
    args: [`--user-data-dir=${profile}`, ...args],
    env: { ...env, POOLWATCH_PRINT_RUNS: '1' },
  });
}

/** Resolves once `runs` collectors have run; the program prints a line for each. */
export async function collectorsRan(program: ElectronProgram, runs: number): Promise<void> {
  const ran = (): number => program.said.split('\n').filter((line) => /^\d\d:\d\d:\d\d {2}\w+/.test(line)).length;
  await program.until(`${runs} collectors have run`, () => ran() >= runs, RAN_WITHIN_MS);
  await wait(1_000);
}
