// Collecting without a window: what the program takes of processor and memory while nobody looks, with all its processes, beside an
// Electron without a window and without a program in it.
import { join } from 'node:path';
import { missingForTray, startTraySession } from '../../tests/support/traySession';
import { collectorsRan, startApp, startMarket, writeProfile } from '../lib/collectingApp';
import { ElectronProgram } from '../lib/devtools';
import { wait } from '../lib/measure';
import { cpuSecondsOf, footprintOf } from '../lib/processTree';
import type { BenchResult, BenchRun } from '../lib/run';
import { required } from '../lib/screen';

const WATCHED_MS = 5 * 60_000;
const QUICK_MS = 60_000;
/** First runs and whatever a start leaves to do. */
const SETTLE_MS = 15_000;
const COLLECTORS = 12;

export async function runHidden(run: BenchRun): Promise<BenchResult> {
  const missing = missingForTray();
  if (missing !== null) throw new Error(`there is no tray to hide in: ${missing}`);
  const desktop = await startTraySession();
  const { ELECTRON_RUN_AS_NODE: _, ...env } = { ...process.env, ...desktop.env };
  const market = await startMarket();
  const profile = join(run.folder, 'profile');
  writeProfile(profile, market);
  const app = startApp(run, profile, env, '--hidden');
  const bare = new ElectronProgram({
    electron: required(run.electron),
    program: join(run.root, 'bench', 'window', 'bare.mjs'),
    args: [`--user-data-dir=${join(run.folder, 'bare')}`],
    env,
  });
  try {
    await collectorsRan(app, COLLECTORS);
    await wait(SETTLE_MS);
    const watchedMs = run.quick ? QUICK_MS : WATCHED_MS;
    const [appCpu, bareCpu] = await cpuShares([app.pid, bare.pid], watchedMs);
    const [appNow, bareNow] = [footprintOf(app.pid), footprintOf(bare.pid)];
    return {
      figures: {
        'seconds watched': watchedMs / 1_000,
        'CPU, % of a core': appCpu ?? Number.NaN,
        'CPU, bare, % of a core': bareCpu ?? Number.NaN,
        'windows seen': await desktop.windows(),
        processes: appNow.processes,
        'processes, bare': bareNow.processes,
        'RSS (MB)': appNow.rssMb,
        'RSS, bare (MB)': bareNow.rssMb,
        'RSS ÷ bare': appNow.rssMb / bareNow.rssMb,
        'PSS (MB)': appNow.pssMb,
        'PSS, bare (MB)': bareNow.pssMb,
        'PSS ÷ bare': appNow.pssMb / bareNow.pssMb,
      },
      gates: [
        { figure: 'CPU, % of a core', atMost: 1 },
        { figure: 'RSS ÷ bare', atMost: 1.4 },
        { figure: 'windows seen', atMost: 0 },
      ],
    };
  } finally {
    await Promise.all([app.quit(), bare.quit()]);
    await market.stop();
    await desktop.stop();
  }
}

async function cpuShares(pids: readonly number[], forMs: number): Promise<readonly number[]> {
  const before = pids.map(cpuSecondsOf);
  const startedMs = performance.now();
  await wait(forMs);
  const seconds = (performance.now() - startedMs) / 1_000;
  return pids.map((pid, index) => (100 * (cpuSecondsOf(pid) - (before[index] ?? 0))) / seconds);
}
