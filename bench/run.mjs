// Measures what the storage layer promises. `npm run bench -- [worker|incident|kill|recover|scheduler|soak ...] [--rounds N] [--quick]`.
// Every round runs in a process of its own, variants interleaved; figures that gate are ratios or counts from the same run.
// One JSON line per variant and round goes to bench/results/; the table shows medians; a missed promise exits with 1.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, freemem, loadavg, release, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const ROOT = resolve(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'bench', 'results');

/** Scenario name → variants that are compared. */
const SCENARIOS = {
  worker: ['all'],
  incident: ['before', 'after'],
  kill: ['all'],
  recover: ['all'],
  scheduler: ['all'],
  soak: ['all'],
};

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { rounds: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
/** Ten minutes each: only when asked for by name. */
const LONG = ['soak'];
const wanted = positionals.length > 0 ? positionals : Object.keys(SCENARIOS).filter((name) => !LONG.includes(name));
const unknown = wanted.filter((name) => !(name in SCENARIOS));
if (unknown.length > 0) {
  process.stderr.write(`unknown bench: ${unknown.join(', ')} (there are ${Object.keys(SCENARIOS).join(', ')})\n`);
  process.exit(1);
}
const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));

const work = mkdtempSync(join(tmpdir(), 'poolwatch-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
mkdirSync(RESULTS, { recursive: true });
const resultFile = join(RESULTS, `${new Date().toISOString().slice(0, 10)}.jsonl`);
// Below the root, so that bare imports are found from where the program lies.
const program = join(ROOT, '.cache', 'bench', `${process.pid}`, 'program.mjs');
process.on('exit', () => rmSync(dirname(program), { recursive: true, force: true }));
await build({
  configFile: false,
  logLevel: 'error',
  build: {
    ssr: join(ROOT, 'bench', 'program.ts'),
    outDir: dirname(program),
    rolldownOptions: { output: { entryFileNames: 'program.mjs' } },
  },
});

let missed = 0;
for (const scenario of wanted) {
  /** @type {Map<string, Record<string, number>[]>} */
  const figures = new Map();
  const gates = new Map();
  for (let round = 1; round <= rounds; round += 1) {
    for (const variant of SCENARIOS[scenario]) {
      process.stderr.write(`${scenario} ${variant}, round ${round} of ${rounds}\n`);
      const result = await runOnce({ scenario, variant, round, quick: values.quick });
      appendFileSync(resultFile, `${JSON.stringify(result)}\n`);
      figures.set(variant, [...(figures.get(variant) ?? []), result.figures]);
      for (const gate of result.gates) gates.set(gate.figure, gate);
    }
  }
  printTable(scenario, figures);
  missed += checkGates(figures.get(SCENARIOS[scenario].at(-1)) ?? [], gates);
}
process.exitCode = missed > 0 ? 1 : 0;

async function runOnce(run) {
  const folder = mkdtempSync(join(work, `${run.scenario}-`));
  const child = spawn(process.execPath, [program, JSON.stringify({ ...run, folder, root: ROOT })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${run.scenario} ${run.variant} ended with ${code}`);
  rmSync(folder, { recursive: true, force: true });
  const env = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    load1: loadavg()[0],
    memFree: freemem(),
    os: `${process.platform} ${release()}`,
    node: process.versions.node,
  };
  return { v: 1, at: new Date().toISOString(), ...run, env, ...JSON.parse(output) };
}

function median(numbers) {
  const sorted = numbers.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

function printTable(scenario, figures) {
  const names = [...new Set([...figures.values()].flatMap((runs) => runs.flatMap(Object.keys)))];
  const variants = [...figures.keys()];
  const width = Math.max(...names.map((name) => name.length));
  process.stdout.write(
    `\n${scenario}: medians of ${rounds} (worst)\n${' '.repeat(width)}  ${variants.map((name) => name.padStart(22)).join('')}\n`,
  );
  for (const name of names) {
    const cells = variants.map((variant) => {
      const values = (figures.get(variant) ?? []).map((run) => run[name]).filter((value) => typeof value === 'number');
      return (values.length > 0 ? `${round(median(values))} (${round(Math.max(...values))})` : '-').padStart(22);
    });
    process.stdout.write(`${name.padEnd(width)}  ${cells.join('')}\n`);
  }
}

function checkGates(runs, gates) {
  let count = 0;
  for (const { figure, atLeast, atMost } of gates.values()) {
    const value = median(runs.map((run) => run[figure]));
    const kept =
      value !== null && (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
    if (kept) continue;
    count += 1;
    process.stdout.write(
      `MISSED  ${figure} is ${round(value)}, promised ${atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`}\n`,
    );
  }
  if (count === 0) process.stdout.write(`all ${gates.size} promises kept\n`);
  return count;
}

function round(value) {
  return value === null ? '-' : Math.abs(value) >= 100 ? Math.round(value) : Number(value.toFixed(2));
}
