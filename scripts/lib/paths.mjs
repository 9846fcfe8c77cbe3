// Where things are: the checkout, its node_modules and the per-user cache that outlives a clone.
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const NODE_MODULES = join(ROOT, 'node_modules');

/**
 * The directory for things that are costly to make and the same for every clone.
 * @param {Record<string, string | undefined>} [env]
 * @param {string} [platform]
 */
export function userCacheDir(env = process.env, platform = process.platform) {
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'poolwatch');
  if (platform === 'win32' && env['LOCALAPPDATA']) return join(env['LOCALAPPDATA'], 'poolwatch', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'poolwatch');
  return join(homedir(), '.cache', 'poolwatch');
}
