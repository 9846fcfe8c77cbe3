// Starts a long-running child in the foreground: signals are passed on, the exit code comes back, and a virtual display
// that was started for it ends after it.
import { spawn } from 'node:child_process';
import { hasDisplay, startVirtualDisplay } from './display.mjs';

const FORWARDED = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const SIGNAL_NUMBERS = /** @type {Record<string, number>} */ ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 });

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the exit code; 128 + n when signal n ended it
 */
export async function runInForeground(program, args, options = {}) {
  // In a process group of its own, so that Ctrl-C in a terminal arrives once, through us, and not twice.
  const own = process.platform !== 'win32';
  const child = spawn(program, args, { stdio: 'inherit', detached: own, ...options });
  const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  for (const signal of FORWARDED) process.on(signal, forward);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? 128 + (SIGNAL_NUMBERS[signal ?? ''] ?? 0)));
    });
  } finally {
    for (const signal of FORWARDED) process.removeListener(signal, forward);
  }
}

/**
 * Runs work with a display: the user's, or a virtual one when there is none or when always is set.
 * @param {{ always: boolean, say: (line: string) => void }} options
 * @param {(env: NodeJS.ProcessEnv) => Promise<number>} work
 * @returns {Promise<number>} what work returned
 */
export async function withDisplay({ always, say }, work) {
  if (process.platform !== 'linux' || (hasDisplay() && !always)) return await work(process.env);
  const display = await startVirtualDisplay();
  // Without a listener a signal would end this process before the display is put away.
  const hold = () => {};
  for (const signal of FORWARDED) process.on(signal, hold);
  say(`no window will be seen: running on a virtual display (${display.env['DISPLAY']})`);
  try {
    return await work(display.env);
  } finally {
    await display.stop();
    for (const signal of FORWARDED) process.removeListener(signal, hold);
  }
}
