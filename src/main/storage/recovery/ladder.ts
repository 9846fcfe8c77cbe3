// What becomes of a file that is replaced: out of the way whole (the file, its log and its index belong together) and a backup in
// its place. Nothing is ever deleted, and nothing is moved before its successor lies ready.
import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { syncFolder } from '../spool/durableFolder';
import type { StoreOptions } from '../store';
import type { Backup } from './backups';
import { writeDurably } from './durableFile';
import { requireRoom } from './freeRoom';

const PARTS = ['', '-wal', '-shm'] as const;
type Part = (typeof PARTS)[number];
/** Lies beside a replaced database until its rows have been brought over, and says how it came there. */
const UNSALVAGED = 'unsalvaged';
/** Lies there while parts are on their way, and names them. */
const MOVING = 'moving';

const replacementSchema = z.object({
  reason: z.string(),
  replacedAtMs: z.number(),
  backup: z.object({ path: z.string(), atMs: z.number(), sha256: z.string() }).nullable(),
});

const movingSchema = z.array(z.enum(PARTS));

/** What the report of a recovery begins with; it has to survive the program. */
export type Replacement = z.infer<typeof replacementSchema>;

export interface QuarantinedFolder {
  readonly folder: string;
  readonly replacement: Replacement;
}

/**
 * No connection of ours may be open. Afterwards the file is the backup, or absent without one.
 * @param bringRows whether what the replaced file holds is to be brought over by and by
 * @returns where the replaced files are now; null when there were none
 */
export async function replaceFile(
  { file, clock }: StoreOptions,
  backup: Backup | null,
  reason: string,
  bringRows: boolean,
): Promise<string | null> {
  await finishMoves(file);
  const successor = backup && (await prepare(backup, file));
  const replacedAtMs = clock.wallMs();
  const from = backup && { path: backup.path, atMs: backup.atMs, sha256: backup.sha256 };
  const quarantined = await quarantine(file, { reason, replacedAtMs, backup: from }, bringRows);
  if (successor) await rename(successor, file);
  await syncFolder(dirname(file));
  return quarantined;
}

/** True when there is nothing at that place that could hold a row. */
export async function isMissingOrEmpty(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  return found === null || found.size === 0;
}

/** Folders with a replaced database whose rows have not been brought over yet, also from an earlier run. */
export async function unsalvagedFolders(file: string): Promise<readonly QuarantinedFolder[]> {
  const found = await Promise.all(
    (await quarantineFolders(file)).map(async (folder) => {
      const text = await readFile(join(folder, UNSALVAGED), 'utf8').catch(() => null);
      return text === null ? [] : [{ folder, replacement: parseReplacement(text) }];
    }),
  );
  return found.flat();
}

/** Where the replaced database of a folder lies. */
export function quarantinedFile(folder: string, file: string): string {
  return join(folder, basename(file));
}

export async function markSalvaged(folder: string): Promise<void> {
  await rm(join(folder, UNSALVAGED), { force: true });
}

function parseReplacement(text: string): Replacement {
  try {
    return replacementSchema.parse(JSON.parse(text));
  } catch {
    return { reason: 'not recorded', replacedAtMs: 0, backup: null };
  }
}

/**
 * Brings parts after their database that a replacement left behind when it was cut short. Before anybody opens the file: SQLite deletes
 * a log without its database, and with it the rows that are nowhere else.
 */
export async function finishMoves(file: string): Promise<void> {
  for (const folder of await quarantineFolders(file)) {
    const text = await readFile(join(folder, MOVING), 'utf8').catch(() => null);
    if (text !== null) await moveParts(file, folder, movingSchema.parse(JSON.parse(text)));
  }
}

/** The note of what is moving makes it one step, whatever comes between. */
async function moveParts(file: string, folder: string, parts: readonly Part[]): Promise<void> {
  for (const part of parts) {
    const target = join(folder, basename(file) + part);
    // One that has arrived already: what lies at its old place by now is not its.
    if ((await exists(file + part)) && !(await exists(target))) await rename(file + part, target);
  }
  await syncFolder(folder);
  await rm(join(folder, MOVING));
}

async function quarantineFolders(file: string): Promise<readonly string[]> {
  const root = join(dirname(file), 'quarantine');
  const names = await readdir(root).catch(() => []);
  return names.filter((name) => name.startsWith(`${basename(file)}-`)).map((name) => join(root, name));
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

async function quarantine(file: string, replacement: Replacement, bringRows: boolean): Promise<string | null> {
  const present: Part[] = [];
  for (const part of PARTS) if (await exists(file + part)) present.push(part);
  if (present.length === 0) return null;
  const folder = join(dirname(file), 'quarantine', `${basename(file)}-${replacement.replacedAtMs}`);
  await mkdir(folder, { recursive: true });
  if (bringRows) await writeDurably(join(folder, UNSALVAGED), JSON.stringify(replacement));
  await writeDurably(join(folder, MOVING), JSON.stringify(present));
  await moveParts(file, folder, present);
  return folder;
}

/** A durable copy of the backup beside the file. */
async function prepare(backup: Backup, file: string): Promise<string> {
  const partial = `${file}.restoring`;
  await rm(partial, { force: true });
  await requireRoom(file, backup.bytes);
  await copyFile(backup.path, partial, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const handle = await open(partial, 'r+');
  await handle.sync();
  await handle.close();
  return partial;
}
