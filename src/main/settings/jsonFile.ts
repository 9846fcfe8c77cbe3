// A small JSON file that survives power cuts and bad content: written aside, fsynced and renamed; the previous good version is
// kept, and a file that cannot be understood is set aside, never overwritten.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface JsonRead<T> {
  readonly value: T;
  /** What was wrong with the file and what was done about it, in one sentence; null when it was fine or absent. */
  readonly problem: string | null;
}

/**
 * Reads `path`. `parse` throws an Error with a readable message when the content will not do.
 * An unreadable file is renamed to `<path>.broken-<n>` and the previous good version, else `fallback`, is used.
 */
export function readJsonFile<T>(path: string, parse: (content: unknown) => T, fallback: T): JsonRead<T> {
  if (!existsSync(path)) return { value: fallback, problem: null };
  try {
    return { value: parseFile(path, parse), problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const kept = setAside(path);
    const previous = readPrevious(path, parse);
    const used = previous ? 'the previous version' : 'the defaults';
    return {
      value: previous ? previous.value : fallback,
      problem: `${path} could not be used (${reason}). It was kept as ${kept}; ${used} are in use.`.replace(
        'previous version are',
        'previous version is',
      ),
    };
  }
}

/**
 * Replaces `path` so that a crash at any point leaves either the old or the new content.
 * @param survives `crash`: of the program, not of the machine. Asks nothing of the disk, so it may be called often.
 */
export function writeJsonFile(path: string, value: unknown, survives: 'power_cut' | 'crash' = 'power_cut'): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.part`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
    if (survives === 'power_cut') fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (existsSync(path)) renameSync(path, previousPath(path));
  renameSync(temporary, path);
}

function parseFile<T>(path: string, parse: (content: unknown) => T): T {
  const text = readFileSync(path, 'utf8');
  if (text.trim() === '') throw new Error('it is empty');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error('it is not valid JSON');
  }
  return parse(content);
}

function readPrevious<T>(path: string, parse: (content: unknown) => T): { readonly value: T } | null {
  try {
    return { value: parseFile(previousPath(path), parse) };
  } catch {
    return null;
  }
}

function previousPath(path: string): string {
  return `${path}.previous`;
}

function setAside(path: string): string {
  for (let number = 1; ; number += 1) {
    const candidate = `${path}.broken-${number}`;
    if (existsSync(candidate)) continue;
    renameSync(path, candidate);
    return candidate;
  }
}
