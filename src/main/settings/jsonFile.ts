// A small JSON file that survives power cuts and bad content: the previous good version is kept, and a file that cannot be understood
// is set aside, never overwritten.
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Survives, writeDurably } from './durableFile';

export interface JsonRead<T> {
  readonly value: T;
  /** What was wrong with the file and what was done about it, in one sentence; null when it was fine or absent. */
  readonly problem: string | null;
}

/**
 * Reads `path`. `parse` throws an Error with a readable message when the content will not do.
 * An unreadable file is renamed to `<path>.broken-<n>` and the previous good version, else `fallback`, is used. So it is for a file that
 * is missing: a crash between the two renames of a change leaves the previous version alone.
 */
export function readJsonFile<T>(path: string, parse: (content: unknown) => T, fallback: T): JsonRead<T> {
  if (!existsSync(path)) {
    const previous = readPrevious(path, parse);
    if (!previous) return { value: fallback, problem: null };
    return { value: previous.value, problem: `${path} was missing; the previous version is in use.` };
  }
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

/** Replaces `path` so that a crash at any point leaves the old or the new content. */
export function writeJsonFile(path: string, value: unknown, survives: Survives = 'power_cut'): void {
  mkdirSync(dirname(path), { recursive: true });
  const keepPrevious = (): void => {
    if (existsSync(path)) renameSync(path, previousPath(path));
  };
  writeDurably(path, `${JSON.stringify(value, null, 2)}\n`, { survives, beforeRename: keepPrevious });
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
