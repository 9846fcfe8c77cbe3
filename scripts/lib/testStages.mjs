// The stages of "npm test": what each runs and what must have run before it. Each gives back a tally and never throws for
// a failed test.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { ensureBuildLocked, OUT } from './build.mjs';
import { runChecks } from './check.mjs';
import { listFiles } from './hash.mjs';
import { NODE_MODULES, ROOT } from './paths.mjs';
import { SetupError } from './setupError.mjs';
import { capture, lastLines } from './spawn.mjs';
import { BARE_SYSTEM_NEEDS, ensureSystem, PACKAGING_NEEDS } from './system.mjs';
import * as tallies from './tally.mjs';

const REPORTS = join(ROOT, '.cache', 'test');
// Far above what any stage needs; only there so that a hanging test cannot hang the whole run.
const STAGE_LIMIT_MS = 12 * 60 * 1000;

/** Files at once where most of the time goes into waiting: for disks, timers and other processes. */
const WAITING_WORKERS = Math.max(3, availableParallelism());

/**
 * @typedef {object} StageContext
 * @property {(line: string) => void} say
 * @property {readonly string[]} filters handed on to the runner
 * @property {NodeJS.ProcessEnv} env with a display
 * @property {AbortSignal} signal ends the running stage
 * @property {import('./runtime.mjs').Runtime | undefined} runtime
 */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {readonly string[]} needs stages that must have passed
 * @property {boolean} [window] opens windows
 * @property {boolean} [onDemand] takes too long to be part of "everything": runs only when it is named
 * @property {(context: StageContext) => Promise<tallies.Tally>} run
 */

/** @type {readonly Stage[]} in the order in which they run */
export const STAGES = [
  { name: 'check', needs: [], run: async ({ say }) => tallies.tallyChecks(await runChecks(say)) },
  { name: 'build', needs: [], run: buildStage },
  vitestStage('unit', 'tests/unit', /\.test\.(ts|mjs)$/, []),
  vitestStage('dom', 'tests/unit', /\.test\.tsx$/, []),
  vitestStage('contract', 'tests/contract', /\.test\.ts$/, []),
  vitestStage('storage', 'tests/storage', /\.test\.ts$/, ['build'], WAITING_WORKERS),
  vitestStage('integration', 'tests/integration', /\.test\.ts$/, ['build'], WAITING_WORKERS),
  playwrightStage('e2e', 'app', 'tests/e2e', ['build']),
  playwrightStage('pages', 'pages', 'tests/e2e', ['build'], 2),
  { name: 'package', needs: ['build'], window: true, run: packageStage },
  playwrightStage('packaged', 'packaged', 'tests/packaged', ['build', 'package']),
  { name: 'make packages', needs: ['build'], onDemand: true, run: packagesStage },
  { ...vitestStage('packages', 'tests/packages', /\.test\.ts$/, ['build', 'make packages']), onDemand: true },
];

/** @param {StageContext} context */
async function buildStage({ say }) {
  const build = await attempt('build', async () => void (await ensureBuildLocked(say)));
  if (build.failed > 0) return build;
  const { checkBundle } = await import('../check-bundle.mjs');
  const problems = checkBundle(OUT);
  const bundle = await attempt('bundle check', async () => {
    if (problems.length > 0) throw new SetupError(problems.join('\n'));
  });
  return tallies.sumTallies([build, bundle]);
}

/** @param {StageContext} context */
async function packageStage({ say, runtime }) {
  return await attempt('package', async () => {
    if (runtime === undefined) throw new Error('no runtime was set up');
    const { packageApp } = await import('./package.mjs');
    say(`  ${await packageApp(runtime, { forTests: true })}`);
  });
}

/** @param {StageContext} context */
async function packagesStage({ say, runtime }) {
  return await attempt('make packages', async () => {
    if (runtime === undefined) throw new Error('no runtime was set up');
    if (process.platform !== 'linux') return;
    await ensureSystem([...PACKAGING_NEEDS, ...BARE_SYSTEM_NEEDS], say);
    const { makePackages } = await import('./packages.mjs');
    for (const line of await makePackages(runtime, { quick: true })) say(`  ${line}`);
  });
}

/**
 * @param {string} name the stage and the vitest project
 * @param {string} directory
 * @param {RegExp} pattern
 * @param {readonly string[]} needs
 * @param {number | null} workers files at once; null: as the configuration says
 * @returns {Stage}
 */
function vitestStage(name, directory, pattern, needs, workers = null) {
  return {
    name,
    needs,
    run: async ({ filters, signal }) => {
      if (!hasTests(directory, pattern)) return tallies.skippedStage(name, `there are no such tests in ${directory}`);
      const report = reportFile(name);
      const finished = await capture(
        process.execPath,
        [
          join(NODE_MODULES, 'vitest', 'vitest.mjs'),
          'run',
          `--project=${name}`,
          ...(workers === null ? [] : [`--maxWorkers=${workers}`]),
          '--reporter=json',
          '--reporter=./scripts/lib/skipReasonReporter.mjs',
          `--outputFile.json=${report}`,
          // A filter meant for one of several stages matches nothing in the others.
          ...(filters.length > 0 ? ['--passWithNoTests', ...filters] : []),
        ],
        { cwd: ROOT, env: { ...process.env, NO_COLOR: '1' }, timeout: STAGE_LIMIT_MS, signal },
      );
      const tally = tallies.tallyVitest(readReport(report) ?? { testResults: [] }, (file) => relative(ROOT, file));
      return tallies.withExitCode(tally, finished.code ?? 1, `${name} ended badly\n${lastLines(finished, 40)}`);
    },
  };
}

/**
 * @param {string} name the stage
 * @param {string} project of playwright.config.ts
 * @param {string} directory
 * @param {readonly string[]} needs
 * @param {number} workers files at once
 * @returns {Stage}
 */
function playwrightStage(name, project, directory, needs, workers = 1) {
  return {
    name,
    needs,
    window: true,
    run: async ({ filters, env, signal }) => {
      if (!hasTests(directory, /\.spec\.ts$/)) {
        return tallies.skippedStage(name, `there are no such tests in ${directory}`);
      }
      const report = reportFile(name);
      const finished = await capture(
        process.execPath,
        [
          join(NODE_MODULES, '@playwright', 'test', 'cli.js'),
          'test',
          `--project=${project}`,
          `--workers=${workers}`,
          '--reporter=json',
          // A filter meant for one of several stages matches nothing in the others.
          ...(filters.length > 0 ? ['--pass-with-no-tests', ...filters] : []),
        ],
        {
          cwd: ROOT,
          env: { ...env, NO_COLOR: '1', FORCE_COLOR: '0', PLAYWRIGHT_JSON_OUTPUT_FILE: report },
          timeout: STAGE_LIMIT_MS,
          signal,
        },
      );
      const tally = tallies.tallyPlaywright(readReport(report) ?? { suites: [], errors: [] });
      return tallies.withExitCode(tally, finished.code ?? 1, `${name} ended badly\n${lastLines(finished, 40)}`);
    },
  };
}

/**
 * A step that passes or fails as one test.
 * @param {string} name
 * @param {() => Promise<void>} work
 * @returns {Promise<tallies.Tally>}
 */
async function attempt(name, work) {
  try {
    await work();
    return { ...tallies.emptyTally(), passed: 1 };
  } catch (error) {
    const why = error instanceof SetupError ? error.message : /** @type {Error} */ (error).stack;
    return { ...tallies.emptyTally(), failed: 1, failures: [`${name}\n${why}`] };
  }
}

/** @param {string} directory @param {RegExp} pattern */
function hasTests(directory, pattern) {
  return listFiles(ROOT, [directory]).some((file) => pattern.test(file));
}

/** @param {string} stage an empty place: an old report must not count for a runner that wrote none */
function reportFile(stage) {
  const file = join(REPORTS, `${stage}.json`);
  mkdirSync(REPORTS, { recursive: true });
  rmSync(file, { force: true });
  return file;
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
