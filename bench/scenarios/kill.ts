// SIGKILL at random moments, half of them while another program holds the lock and batches go to the spool: every batch that was
// acknowledged must be in the database afterwards, whole and once.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { holdLock } from '../lib/holder';
import { wait } from '../lib/measure';
import type { BenchResult, BenchRun, Gate } from '../lib/run';
import { openSubject, poolRows, subjectOptions } from '../lib/subject';

const LIVES = 100;
const QUICK_LIVES = 20;
const ROWS_PER_BATCH = 5;
const IN_FLIGHT = 4;

export const KILL_GATES: readonly Gate[] = [
  { figure: 'batches lost', atMost: 0 },
  { figure: 'batches applied twice', atMost: 0 },
  { figure: 'rows too many or too few', atMost: 0 },
  { figure: 'integrity errors', atMost: 0 },
];

export async function runKill(run: BenchRun): Promise<BenchResult> {
  const { variant } = run;
  if (variant.startsWith('life')) return await writeForEver(run, Number(variant.slice('life'.length)));
  const lives = run.quick ? QUICK_LIVES : LIVES;
  const figures = await runLives(run, lives, (life) => life % 2 === 1);
  return { figures, gates: [...KILL_GATES, { figure: 'batches acknowledged', atLeast: lives }] };
}

/** Starts a writing process `lives` times and kills each at a moment drawn from the round's number. */
export async function runLives(run: BenchRun, lives: number, isLocked: (life: number) => boolean) {
  const random = seeded(run.round);
  const { file } = subjectOptions(run);
  await (await openSubject(run)).close();
  const acknowledged: string[] = [];
  for (let life = 0; life < lives; life += 1) {
    const locked = isLocked(life);
    const described = JSON.stringify({ ...run, scenario: 'kill', variant: `life${life}` });
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), described], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    let kill = false;
    for await (const line of lines) {
      if (line !== 'ready') {
        acknowledged.push(line);
        continue;
      }
      if (kill) continue;
      kill = true;
      if (locked) void holdLock(run.root, file, 300 + random() * 600);
      void wait(20 + random() * (locked ? 900 : 150)).then(() => child.kill('SIGKILL'));
    }
  }
  const store = await openSubject(run);
  while (store.status().breaker.state !== 'closed') await wait(10);
  const { lost: spoolLost } = store.status().spool;
  await store.close();
  const db = new Database(file, { readonly: true });
  const pools = Number(db.prepare('SELECT count(*) FROM pools').pluck().get());
  const ids = db.prepare<[], string>("SELECT id FROM applied_batches WHERE id LIKE 'life%'").pluck().all();
  const integrity = db.pragma('integrity_check', { simple: true }) === 'ok' ? 0 : 1;
  db.close();
  const applied = new Set(ids);
  return {
    lives,
    'batches acknowledged': acknowledged.length,
    'batches lost': acknowledged.filter((id) => !applied.has(id)).length + spoolLost,
    'batches applied twice': ids.length - applied.size,
    'rows too many or too few': Math.abs(pools - applied.size * ROWS_PER_BATCH),
    'integrity errors': integrity,
  };
}

async function writeForEver(run: BenchRun, life: number): Promise<never> {
  const store = await openSubject(run);
  process.stdout.write('ready\n');
  let next = 0;
  const caller = async (): Promise<never> => {
    for (;;) {
      const n = next++;
      const id = `life${life}-${n}`;
      // Pools of its own for each batch, so that a half stored one shows.
      await store.write({
        id,
        parts: [poolRows((life * 10_000 + n) * ROWS_PER_BATCH, ROWS_PER_BATCH, life * 1_000 + n)],
      });
      process.stdout.write(`${id}\n`);
    }
  };
  return (await Promise.all(Array.from({ length: IN_FLIGHT }, caller)))[0] as never;
}

/** Mulberry32: the same moments for the same round. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
