// Measures what the storage layer promises: `npm run bench -- [scenario ...] [--rounds N] [--quick]`, see bench/README.md.
// Every variant of a round runs in a process of its own, variants interleaved; figures that gate are ratios or counts from the
// same run. One JSON line per variant and round goes to bench/results/; tables show medians; a missed promise exits with 1.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { calibrate, describeEnvironment, describeLoad, driftOf, isTooFar } from './lib/environment.mjs';
import { missedPromises, tableText } from './lib/table.mjs';
import { ensureRuntime } from '../scripts/lib/runtime.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'bench', 'results');

/** Scenario name → variants that are compared; promises are made for the last. */
const SCENARIOS = {
  worker: ['store'],
  transport: ['store'],
  lockwait: ['store'],
  incident: ['before-py', 'before', 'after'],
  spool: ['store'],
  backup: ['store'],
  checkpoint: ['inline', 'store'],
  kill: ['store'],
  recover: ['store'],
  export: ['store'],
  scheduler: ['store'],
  samples: ['store'],
  ui: ['window'],
  start: ['window'],
  hidden: ['window'],
  storm: ['engine'],
  detection: ['engine'],
  soak: ['store'],
  heap: ['window'],
};
/** Ten minutes a round and more: only when asked for by name. */
const LONG = ['soak', 'detection', 'heap'];
/** Memory is measured in the runtime that the program ships with: its V8 packs pointers, and its young generation is smaller. */
const IN_ELECTRON = ['soak'];
/** They start Electron themselves, with windows in it. */
const WITH_WINDOWS = ['ui', 'start', 'hidden', 'heap'];

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { rounds: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const wanted = positionals.length > 0 ? positionals : Object.keys(SCENARIOS).filter((name) => !LONG.includes(name));
const unknown = wanted.filter((name) => !(name in SCENARIOS));
if (unknown.length > 0) {
  process.stderr.write(`unknown bench: ${unknown.join(', ')} (there are ${Object.keys(SCENARIOS).join(', ')})\n`);
  process.exit(1);
}
const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
if (!Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write(`--rounds must be a whole number from 1 up, not "${values.rounds}"\n`);
  process.exit(1);
}

const work = mkdtempSync(join(tmpdir(), 'poolwatch-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
mkdirSync(RESULTS, { recursive: true });
const resultFile = join(RESULTS, `${new Date().toISOString().slice(0, 10)}.jsonl`);
// Below the root, so that bare imports are found from where the program lies.
const programs = join(ROOT, '.cache', 'bench', `${process.pid}`);
process.on('exit', () => rmSync(programs, { recursive: true, force: true }));
await build({
  configFile: false,
  logLevel: 'error',
  build: {
    ssr: true,
    outDir: programs,
    rolldownOptions: {
      input: { program: join(ROOT, 'bench', 'program.ts'), window: join(ROOT, 'bench', 'window', 'program.ts') },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
});

const env = describeEnvironment(ROOT);
const electron = wanted.some((name) => IN_ELECTRON.includes(name) || WITH_WINDOWS.includes(name))
  ? await ensureRuntime((line) => process.stderr.write(`${line}\n`))
  : null;
const python = pythonWithSqlAlchemy();
let failed = false;
for (const scenario of wanted) failed = !(await runScenario(scenario)) || failed;
process.exitCode = failed ? 1 : 0;

async function runScenario(scenario) {
  const variants = SCENARIOS[scenario].filter((variant) => variant !== 'before-py' || python !== null);
  if (variants.length < SCENARIOS[scenario].length) {
    process.stdout.write('before-py is skipped: no Python with SQLAlchemy was found (python3-sqlalchemy on Debian)\n');
  }
  /** @type {Map<string, Record<string, number>[]>} */
  const figures = new Map(variants.map((variant) => [variant, []]));
  const gates = new Map();
  let noisy = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const results = await runRound(scenario, variants, round);
    if (results.some(({ noisy }) => noisy)) noisy += 1;
    for (const result of results) {
      figures.get(result.variant)?.push(result.figures);
      for (const gate of result.gates) gates.set(gate.figure, gate);
    }
  }
  process.stdout.write(tableText(scenario, figures));
  const counted = figures.get(variants.at(-1) ?? '') ?? [];
  if (noisy > 0) process.stdout.write(`${noisy} of ${rounds} rounds were noisy: the machine was not steady\n`);
  const missed = missedPromises(counted, gates.values());
  for (const line of missed) process.stdout.write(`${line}\n`);
  if (missed.length === 0) process.stdout.write(`all ${gates.size} promises kept\n`);
  return missed.length === 0;
}

/** One round of every variant. It counts whatever the machine did meanwhile; that it changed is said of every result. */
async function runRound(scenario, variants, round) {
  const run = [];
  const before = calibrate(work);
  for (const variant of variants) {
    process.stderr.write(`${scenario} ${variant}, round ${round} of ${rounds}\n`);
    run.push(await runOnce({ scenario, variant, round, quick: values.quick }));
  }
  const calibration = { before, after: calibrate(work) };
  const drift = driftOf(calibration.before, calibration.after);
  const noisy = isTooFar(drift);
  const results = run.map((result) => ({ ...result, calibration, drift, noisy }));
  for (const { lines = [], ...result } of results) {
    appendFileSync(resultFile, `${JSON.stringify(result)}\n`);
    const { v, at, scenario: name, variant } = result;
    for (const line of lines)
      appendFileSync(resultFile, `${JSON.stringify({ v, at, scenario: name, variant, round, ...line })}\n`);
  }
  if (noisy) process.stderr.write(`the machine changed by ${Math.round(100 * drift)} % in this round\n`);
  return results;
}

async function runOnce(run) {
  const folder = mkdtempSync(join(work, `${run.scenario}-`));
  const shared = join(work, 'shared');
  mkdirSync(shared, { recursive: true });
  const runtime = IN_ELECTRON.includes(run.scenario) ? electron : null;
  const executable = runtime?.executable ?? process.execPath;
  const order = {
    ...{ ...run, folder, shared, root: ROOT, python },
    electron: WITH_WINDOWS.includes(run.scenario) ? (electron?.executable ?? null) : null,
    window: join(programs, 'window.mjs'),
  };
  const child = spawn(executable, [join(programs, 'program.mjs'), JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${run.scenario} ${run.variant} ended with ${code}`);
  rmSync(folder, { recursive: true, force: true });
  const { round, ...said } = run;
  // Whatever a scenario leaves to chance is drawn from the round's number.
  const head = { v: 3, at: new Date().toISOString(), ...said, round, seed: round };
  const electronVersion = order.electron === null && runtime === null ? null : (electron?.version ?? null);
  return { ...head, env: { ...env, electron: electronVersion, ...describeLoad() }, ...JSON.parse(output) };
}

function pythonWithSqlAlchemy() {
  const found = ['python3', '/usr/bin/python3', 'python'].find(
    (name) => spawnSync(name, ['-c', 'import sqlalchemy'], { stdio: 'ignore' }).status === 0,
  );
  return found ?? null;
}
