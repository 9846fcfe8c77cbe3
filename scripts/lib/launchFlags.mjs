// Switches that the machine, not the app, asks for. Tests that start the app themselves use the same ones.

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @param {boolean} [isRoot]
 * @returns {string[]}
 */
export function launchFlags(env = process.env, isRoot = process.getuid?.() === 0) {
  const flags = [];
  // Chromium refuses its sandbox to root. Said here only: the app itself never switches it off.
  if (isRoot) flags.push('--no-sandbox');
  // A virtual screen has no GPU; trying one costs time and prints errors.
  if (env['POOLWATCH_VIRTUAL_DISPLAY'] === '1') flags.push('--disable-gpu');
  return flags;
}
