// The files of a source: one, or those that lie directly in a folder or one folder below. Links are not followed: a folder from
// elsewhere must not lead anywhere else.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { SourceRefusal } from './source';

const MAX_FILES = 10_000;
const SQLITE_MAGIC = 'SQLite format 3\0';
const TEXT_NAME = /\.(csv|tsv|txt|json|jsonl|ndjson)(\.gz)?$/i;

export interface FoundFile {
  readonly path: string;
  /** As it is told to a person. */
  readonly name: string;
  readonly kind: 'sqlite' | 'csv' | 'json' | 'json_lines';
}

/** @throws SourceRefusal when there is nothing to read */
export async function findFiles(path: string): Promise<readonly FoundFile[]> {
  const info = await lstat(path).catch(() => null);
  if (info === null) throw new SourceRefusal(`There is no ${path}.`);
  if (!info.isFile() && !info.isDirectory()) throw new SourceRefusal(`${path} is neither a file nor a folder.`);
  const paths = info.isFile() ? [path] : await filesIn(path, 1);
  if (paths.length > MAX_FILES) throw new SourceRefusal(`${path} holds more than ${MAX_FILES} files and is not read.`);
  const found: FoundFile[] = [];
  for (const file of paths.toSorted()) {
    const kind = await kindOf(file, info.isFile());
    if (kind !== null) found.push({ path: file, kind, name: info.isFile() ? basename(file) : relative(path, file) });
  }
  if (found.length === 0) throw new SourceRefusal(`${path} holds no database, CSV or JSON file.`);
  return found;
}

/** A hash over what the files hold, in order. */
export async function fingerprintOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    hash.update('\0file\0');
    for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesIn(folder: string, levelsBelow: number): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile()) files.push(path);
    else if (entry.isDirectory() && levelsBelow > 0) files.push(...(await filesIn(path, levelsBelow - 1)));
  }
  return files;
}

/** Null for what is none of ours; a file that a person named is read as CSV when nothing else fits. */
async function kindOf(path: string, isNamed: boolean): Promise<FoundFile['kind'] | null> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SQLITE_MAGIC.length), 0, SQLITE_MAGIC.length, 0);
    if (buffer.subarray(0, bytesRead).toString('latin1') === SQLITE_MAGIC) return 'sqlite';
  } finally {
    await file.close();
  }
  const [, extension] = TEXT_NAME.exec(path) ?? [];
  if (extension === undefined) return isNamed ? 'csv' : null;
  if (/^(jsonl|ndjson)$/i.test(extension)) return 'json_lines';
  return extension.toLowerCase() === 'json' ? 'json' : 'csv';
}
