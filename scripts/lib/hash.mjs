// Content hashes and the stamps made from them: "this step was done for exactly these inputs".
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** @param {readonly (string | Buffer)[]} parts */
export function hashOf(parts) {
  const hash = createHash('sha256');
  // The length in front keeps ["ab","c"] and ["a","bc"] apart.
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

/**
 * Every file below the given files and directories, sorted, missing ones left out.
 * @param {string} root
 * @param {readonly string[]} entries paths relative to root
 * @returns {string[]} paths relative to root
 */
export function listFiles(root, entries) {
  /** @type {string[]} */
  const found = [];
  /** @param {string} path */
  const walk = (path) => {
    try {
      for (const entry of readdirSync(path, { withFileTypes: true })) {
        if (entry.isDirectory()) walk(join(path, entry.name));
        else found.push(relative(root, join(path, entry.name)));
      }
    } catch (error) {
      const code = /** @type {NodeJS.ErrnoException} */ (error).code;
      if (code === 'ENOTDIR') found.push(relative(root, path));
      else if (code !== 'ENOENT') throw error;
    }
  };
  for (const entry of entries) walk(join(root, entry));
  return found.sort();
}

/**
 * One hash over names and contents.
 * @param {string} root
 * @param {readonly string[]} entries files or directories, relative to root
 * @param {readonly string[]} [extra] anything else the result depends on
 */
export function hashFiles(root, entries, extra = []) {
  /** @type {(string | Buffer)[]} */
  const parts = [...extra];
  for (const file of listFiles(root, entries)) {
    try {
      const content = readFileSync(join(root, file));
      parts.push(file, content);
    } catch (error) {
      // A file that vanished between listing and reading is being edited: the next run sees the final state.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    }
  }
  return hashOf(parts);
}

/** @param {string} file @param {string} hash */
export function stampMatches(file, hash) {
  try {
    return readFileSync(file, 'utf8').trim() === hash;
  } catch {
    return false;
  }
}

/** @param {string} file @param {string} hash */
export function writeStamp(file, hash) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${hash}\n`);
}
