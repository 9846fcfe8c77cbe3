// From nothing to a window with what earlier sessions have stored, over a market.db of 1 GB, beside an empty window of a bare
// Electron; both in turn, each start in a new process. Files are in the system's cache: nobody but the system may empty that.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addCandles } from '../lib/candleFile';
import { collectorsRan, startApp, startMarket, writeProfile } from '../lib/collectingApp';
import { ElectronProgram } from '../lib/devtools';
import { quantile } from '../lib/measure';
import { paintedAt } from '../lib/pageProbe';
import type { BenchResult, BenchRun } from '../lib/run';
import { onVirtualScreen, required } from '../lib/screen';

const STARTS = 3;
const DATABASE_BYTES = 1024 ** 3;
const BYTES_A_CANDLE = 118;
const SERIES = 400;
const COLLECTORS = 12;
const SIZE = '1280x840';
/** A row of a collector that has run: in an earlier session, as this one has only begun. */
const TRUE_DATA = '[data-testid^="collector-row-"] td:nth-child(4) button';

export async function runStart(run: BenchRun): Promise<BenchResult> {
  return await onVirtualScreen(async (env) => {
    const profile = join(run.shared, 'start');
    const made = existsSync(profile);
    // Data from another address would be another profile's.
    const portFile = join(profile, 'port');
    const market = await startMarket(made ? Number(readFileSync(portFile, 'utf8')) : 0);
    try {
      if (!made) await makeProfile();
      const app: number[] = [];
      const bare: number[] = [];
      for (let start = 0; start < (run.quick ? 1 : STARTS); start += 1) {
        bare.push(await timeTo('main', bareProgram()));
        app.push(await timeTo(TRUE_DATA, startApp(run, profile, env)));
      }
      const figures = {
        'window with data (ms)': quantile(app, 0.5),
        'window of bare Electron (ms)': quantile(bare, 0.5),
        'start ÷ bare': quantile(app, 0.5) / quantile(bare, 0.5),
        'database (MB)': databaseBytes(profile) / 1024 ** 2,
      };
      return {
        figures,
        gates: [
          { figure: 'start ÷ bare', atMost: 1.6 },
          { figure: 'database (MB)', atLeast: 1_000 },
        ],
      };
    } finally {
      await market.stop();
    }

    async function makeProfile(): Promise<void> {
      writeProfile(profile, market);
      writeFileSync(portFile, new URL(market.baseUrl).port);
      const first = startApp(run, profile, env);
      await collectorsRan(first, COLLECTORS);
      await first.quit();
      addCandles(marketFile(profile), DATABASE_BYTES / BYTES_A_CANDLE, SERIES);
    }

    function bareProgram(): ElectronProgram {
      return new ElectronProgram({
        electron: required(run.electron),
        program: join(run.root, 'bench', 'window', 'bare.mjs'),
        args: [`--user-data-dir=${join(run.shared, 'bare')}`],
        env: { ...env, POOLWATCH_BENCH_BARE: SIZE },
      });
    }
  });
}

async function timeTo(selector: string, program: ElectronProgram): Promise<number> {
  try {
    await program.page();
    return (await program.evaluate<number>(paintedAt(selector))) - program.startedAtMs;
  } finally {
    await program.quit();
  }
}

function marketFile(profile: string): string {
  const profiles = join(profile, 'profiles');
  return join(profiles, readdirSync(profiles)[0] ?? '', 'market.db');
}

function databaseBytes(profile: string): number {
  return statSync(marketFile(profile)).size;
}
