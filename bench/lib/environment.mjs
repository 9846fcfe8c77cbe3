// On what a figure was measured: the machine, the program, and how fast the machine is just now. Two calibrations around a round
// tell whether somebody else took the machine in between.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, freemem, loadavg, release } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';

const SPINS = 5;
const SPIN_STEPS = 5_000_000;
const SYNCS = 60;
const BLOCK = Buffer.alloc(4_096, 1);
/** Beyond this, a round says more about its neighbours than about the program. */
const MAX_DRIFT = 0.25;

/** What stays the same during a run. */
export function describeEnvironment(root) {
  const db = new Database(':memory:');
  const sqlite = db.prepare('SELECT sqlite_version()').pluck().get();
  db.close();
  return {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    os: `${process.platform} ${release()}`,
    node: process.versions.node,
    sqlite,
    addonSha256: addonHash(),
    git: gitRevision(root),
  };
}

export function describeLoad() {
  return { load1: loadavg()[0], memFree: freemem() };
}

/** @returns {{ spinScore: number, fsyncP50Ms: number }} steps per microsecond of a fixed loop; a 4 KB append made durable */
export function calibrate(folder) {
  return { spinScore: spinScore(), fsyncP50Ms: fsyncP50(join(folder, 'calibration')) };
}

/** How far two calibrations lie apart, as a fraction. */
export function driftOf(before, after) {
  const apart = (a, b) => Math.max(a, b) / Math.min(a, b) - 1;
  return Math.max(apart(before.spinScore, after.spinScore), apart(before.fsyncP50Ms, after.fsyncP50Ms));
}

export function isTooFar(drift) {
  return drift > MAX_DRIFT;
}

function spinScore() {
  let best = Infinity;
  for (let spin = 0; spin < SPINS; spin += 1) {
    const startedAtMs = performance.now();
    let state = spin + 1;
    for (let step = 0; step < SPIN_STEPS; step += 1) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    // Used, so that the loop is not optimised away.
    if (state === 0.5) throw new Error('never');
    best = Math.min(best, performance.now() - startedAtMs);
  }
  return SPIN_STEPS / (best * 1_000);
}

function fsyncP50(file) {
  const descriptor = openSync(file, 'w');
  const samples = [];
  for (let sync = 0; sync < SYNCS; sync += 1) {
    const startedAtMs = performance.now();
    writeSync(descriptor, BLOCK);
    fdatasyncSync(descriptor);
    samples.push(performance.now() - startedAtMs);
  }
  closeSync(descriptor);
  rmSync(file);
  return samples.sort((a, b) => a - b)[SYNCS / 2];
}

function addonHash() {
  const library = dirname(dirname(createRequire(import.meta.url).resolve('better-sqlite3')));
  const file = join(library, 'build', 'Release', 'better_sqlite3.node');
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'the shipped one';
}

function gitRevision(root) {
  try {
    const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
    const changed = git('status', '--porcelain') === '' ? '' : '+changes';
    return git('rev-parse', '--short=12', 'HEAD') + changed;
  } catch {
    return 'unknown';
  }
}
