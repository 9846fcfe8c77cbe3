// Starts the window over made-up collectors, and the bare one that it is compared with.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../src/main/storage/openStore';
import { GO, ORDER_VARIABLE, SAID, type WindowOrder } from '../window/order';
import { ElectronProgram } from './devtools';
import { wait } from './measure';
import { paintedAt } from './pageProbe';
import type { BenchRun } from './run';
import { required } from './screen';
import { poolRows, subjectOptions } from './subject';

export const COLLECTORS = 2_000;
export const SAMPLES_PER_SECOND = 10_000;
export const POOLS = 100_000;

const POOLS_A_BATCH = 1_000;
const SETTLE_MS = 500;
const ROW = '[data-testid^="collector-row-"]';

export interface OpenedWindow {
  readonly program: ElectronProgram;
  /** From the moment the data were there, in the main process, to the picture with the list of collectors. */
  readonly paintedAfterMs: number;
}

/** Resolves once the list is on the screen; samples arrive from the moment its data were there. */
export async function openSyntheticWindow(run: BenchRun, env: NodeJS.ProcessEnv): Promise<OpenedWindow> {
  const order: WindowOrder = {
    root: run.root,
    folder: run.folder,
    collectors: COLLECTORS,
    samplesPerSecond: SAMPLES_PER_SECOND,
    marketFile: await poolsFile(run),
  };
  const program = new ElectronProgram({
    electron: required(run.electron),
    program: run.window,
    args: [`--user-data-dir=${join(run.folder, 'window')}`],
    env: { ...env, [ORDER_VARIABLE]: JSON.stringify(order) },
  });
  await program.page();
  await program.until('the page asks', () => program.said.includes(SAID.waiting));
  await wait(SETTLE_MS);
  const painted = program.evaluate<number>(paintedAt(ROW));
  program.tell(GO);
  const paintedAtMs = await painted;
  return { program, paintedAfterMs: paintedAtMs - figure(program, SAID.data) };
}

/** @param size of the page, as `1280x840` */
export async function openBareWindow(run: BenchRun, env: NodeJS.ProcessEnv, size: string): Promise<ElectronProgram> {
  const program = new ElectronProgram({
    electron: required(run.electron),
    program: join(run.root, 'bench', 'window', 'bare.mjs'),
    args: [`--user-data-dir=${join(run.folder, 'bare')}`],
    env: { ...env, POOLWATCH_BENCH_BARE: size },
  });
  await program.page();
  await program.evaluate(paintedAt('main'));
  return program;
}

/** How many samples have arrived so far. */
export function samplesOf(program: ElectronProgram): number {
  return figure(program, SAID.samples);
}

/** What the program said last under a name. */
function figure({ said }: ElectronProgram, name: string): number {
  const at = said.lastIndexOf(name);
  return at < 0 ? 0 : Number.parseFloat(said.slice(at + name.length));
}

/** A database with so many pools, made once for all rounds. */
async function poolsFile(run: BenchRun): Promise<string> {
  const options = subjectOptions({ ...run, folder: join(run.shared, 'pools') });
  if (existsSync(options.file)) return options.file;
  const store = await openStore(options);
  for (let first = 0; first < POOLS; first += POOLS_A_BATCH)
    await store.write({ id: `pools-${first}`, parts: [poolRows(first, POOLS_A_BATCH, 1)] });
  await store.close();
  return options.file;
}
