// A screen for machines that have none: an own Xvfb and an own session bus, both ended with us. Not xvfb-run and
// dbus-run-session, which leave their servers and the app behind when the parent is stopped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupError } from './setupError.mjs';
import { programOnPath } from './system.mjs';

const SCREEN = '1600x1000x24';
const READY_LIMIT_MS = 15_000;
const READY_FD = 3;

/** True when windows can be shown to somebody. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

/**
 * @typedef {object} VirtualDisplay
 * @property {NodeJS.ProcessEnv} env for programs that shall use it
 * @property {() => Promise<void>} stop
 */

/**
 * @param {{ screen?: string, env?: NodeJS.ProcessEnv }} [options] another size; what else programs find in their surroundings, also
 *   those that the bus starts
 * @returns {Promise<VirtualDisplay>}
 */
export async function startVirtualDisplay({ screen: size = SCREEN, env: extra = {} } = {}) {
  /** @type {ReturnType<typeof startServer>[]} */
  const servers = [];
  try {
    const surroundings = { ...process.env, ...extra };
    const screen = startServer('Xvfb', surroundings, [
      '-displayfd',
      String(READY_FD),
      '-screen',
      '0',
      size,
      '-nolisten',
      'tcp',
      '-noreset',
    ]);
    servers.push(screen);
    const bus = startServer('dbus-daemon', surroundings, [
      '--session',
      '--nofork',
      '--nopidfile',
      `--print-address=${READY_FD}`,
    ]);
    servers.push(bus);
    const [number, address] = await Promise.all([screen.ready, bus.ready]);
    /** @type {NodeJS.ProcessEnv} */
    const env = {
      ...surroundings,
      DISPLAY: `:${number}`,
      DBUS_SESSION_BUS_ADDRESS: address,
      // Chromium also asks the system bus, which is not there: without this each start prints errors.
      DBUS_SYSTEM_BUS_ADDRESS: address,
      NO_AT_BRIDGE: '1',
      POOLWATCH_VIRTUAL_DISPLAY: '1',
    };
    delete env['WAYLAND_DISPLAY'];
    return { env, stop: async () => void (await Promise.all(servers.map((server) => server.stop()))) };
  } catch (error) {
    await Promise.all(servers.map((server) => server.stop()));
    throw error;
  }
}

/** @param {string} program @param {NodeJS.ProcessEnv} env @param {readonly string[]} args */
function startServer(program, env, args) {
  // In a session of its own, so that Ctrl-C reaches the app first and not its screen. Where setpriv exists (util-linux)
  // the kernel ends the server even if we are killed outright.
  const [command, prefix] = programOnPath('setpriv') ? ['setpriv', ['--pdeathsig', 'TERM', program]] : [program, []];
  const child = spawn(command, [...prefix, ...args], {
    detached: true,
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  return {
    ready: firstLine(child, program),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}

/**
 * The line that a server writes to its ready pipe.
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} program
 * @returns {Promise<string>}
 */
async function firstLine(child, program) {
  const pipe = /** @type {import('node:stream').Readable} */ (child.stdio[READY_FD]);
  const failed = (/** @type {string} */ why) =>
    new SetupError(`${program} did not start: ${why}`, `run ${program} by hand to see why`);
  const limit = AbortSignal.timeout(READY_LIMIT_MS);
  let text = '';
  pipe.on('data', (chunk) => (text += chunk));
  const early = new Promise((_resolve, reject) => {
    child.once('exit', (code, signal) => reject(failed(`it ended with ${code ?? signal}`)));
    child.once('error', (error) => reject(failed(error.message)));
    limit.addEventListener('abort', () => reject(failed(`nothing after ${READY_LIMIT_MS / 1000} s`)));
  });
  early.catch(() => {});
  while (!text.includes('\n')) await Promise.race([once(pipe, 'data'), early]);
  return text.slice(0, text.indexOf('\n')).trim();
}
