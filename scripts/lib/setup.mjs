// Which set-up steps a command needs, and in which order. Every step is quick when nothing has changed.
import { atLeast } from './arguments.mjs';
import { ensureBuild, SETUP_LOCK } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { hasDisplay } from './display.mjs';
import { withLock } from './lock.mjs';
import { ensureAddon, nodeTarget, prebuildWorksHere } from './native.mjs';
import { runSteps } from './progress.mjs';
import { describeRuntime, ensureRuntime } from './runtime.mjs';
import { SetupError } from './setupError.mjs';
import { COMPILER_NEEDS, DISPLAY_NEEDS, ELECTRON_NEEDS, ensureSystem, PACKAGING_NEEDS } from './system.mjs';

const MINIMUM_NODE = '20.19';

/**
 * @typedef {object} Wanted
 * @property {boolean} [window] Electron and what it needs of the system
 * @property {boolean} [virtualDisplay] an own screen even where there is one
 * @property {boolean} [addon] the database addon
 * @property {boolean} [build] the bundles in out/
 * @property {boolean} [packages] what makes packages of Linux
 */

/**
 * @param {Wanted} wanted
 * @param {NodeJS.WritableStream} out
 * @returns {Promise<import('./runtime.mjs').Runtime | undefined>} the runtime, when a window was wanted
 */
export async function setUp(wanted, out) {
  /** @type {import('./runtime.mjs').Runtime | undefined} */
  let runtime;
  /** @type {import('./progress.mjs').Step[]} */
  const steps = [
    { name: 'Node', run: async () => checkNode() },
    { name: 'system', run: async (note) => await ensureSystem(systemNeeds(wanted), note) },
    { name: 'dependencies', run: ensureDependencies },
  ];
  if (wanted.window) {
    steps.push({
      name: 'runtime',
      run: async (note) => {
        runtime = await ensureRuntime(note);
        return describeRuntime(runtime);
      },
    });
  }
  if (wanted.addon) {
    steps.push({
      name: 'database addon',
      run: async (note) => {
        const targets = [nodeTarget()];
        if (runtime) targets.push({ name: `Electron ${runtime.version}`, executable: runtime.executable });
        return await ensureAddon(targets, note, async () => await ensureSystem(COMPILER_NEEDS, note));
      },
    });
  }
  if (wanted.build) steps.push({ name: 'build', run: ensureBuild });
  const say = (/** @type {string} */ line) => out.write(`${line}\n`);
  await withLock(SETUP_LOCK, say, async () => await runSteps(steps, out));
  return runtime;
}

function checkNode() {
  if (!atLeast(process.versions.node, MINIMUM_NODE)) {
    throw new SetupError(
      `Node ${process.versions.node} is too old, ${MINIMUM_NODE} or newer is needed`,
      'get a current one from nodejs.org or with your version manager',
    );
  }
  return process.versions.node;
}

/** @param {Wanted} wanted */
function systemNeeds(wanted) {
  const needs = [];
  if (wanted.window) needs.push(...ELECTRON_NEEDS);
  if (wanted.window && (wanted.virtualDisplay || !hasDisplay())) needs.push(...DISPLAY_NEEDS);
  // Known early, so asked for together with the rest: one apt-get instead of two.
  if (wanted.addon && !prebuildWorksHere()) needs.push(...COMPILER_NEEDS);
  if (wanted.packages) needs.push(...PACKAGING_NEEDS);
  return needs;
}
