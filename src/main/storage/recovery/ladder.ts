// What becomes of a damaged database: out of the way whole (the file, its log and its index belong together), the newest intact
// backup in its place, and then every row that can still be read from the damaged one. Nothing is ever deleted.
import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { WriteAck, WriteBatch } from '../../../shared/contract/storage';
import { syncFolder } from '../spool/durableFolder';
import type { StoreOptions } from '../store';
import { type Backup, Backups } from './backups';
import { JobThread } from './jobThread';

const PARTS = ['', '-wal', '-shm'] as const;
/** Lies beside a damaged database until its rows have been brought over. */
const UNSALVAGED = 'unsalvaged';

export interface Replacement {
  /** Where the damaged files are now; null when there were none. */
  readonly quarantined: string | null;
  readonly backup: Backup | null;
}

/** No connection of ours may be open. Afterwards the file is the newest intact backup, or absent. */
export async function replaceDamaged(options: StoreOptions): Promise<Replacement> {
  const { file } = options;
  const backup = await new Backups(options).newestIntact();
  const quarantined = await quarantine(file, options.clock.wallMs());
  if (backup) await putInPlace(backup.path, file);
  return { quarantined, backup };
}

export interface SalvageFigures {
  /** Rows that the damaged file still gave. */
  readonly found: number;
  /** Rows of these that were missing or older in the restored database. */
  readonly recovered: number;
}

/** @param write stores a batch as any caller would */
export async function salvageRows(
  options: StoreOptions,
  damagedFile: string,
  write: (batch: WriteBatch) => Promise<WriteAck>,
): Promise<SalvageFigures> {
  const thread = new JobThread(options);
  const stamp = options.clock.wallMs();
  let found = 0;
  let recovered = 0;
  try {
    for (let chunk = 0; ; chunk += 1) {
      const parts = await thread.run<'salvage'>({ type: 'salvage', file: damagedFile });
      if (!parts) return { found, recovered };
      const { inserted, changed } = await write({ id: `salvage:${options.name}:${stamp}:${chunk}`, parts });
      found += parts.reduce((sum, part) => sum + part.rows.length, 0);
      recovered += inserted + changed;
    }
  } finally {
    thread.close();
  }
}

/** True when there is nothing at that place that could hold a row. */
export async function isMissingOrEmpty(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  return found === null || found.size === 0;
}

/** Folders with a damaged database whose rows have not been brought over yet, also from an earlier run. */
export async function unsalvagedFolders(file: string): Promise<readonly string[]> {
  const root = join(dirname(file), 'quarantine');
  const names = await readdir(root).catch(() => []);
  const folders = names.filter((name) => name.startsWith(`${basename(file)}-`)).map((name) => join(root, name));
  const isUnsalvaged = await Promise.all(folders.map((folder) => stat(join(folder, UNSALVAGED)).catch(() => null)));
  return folders.filter((_, index) => isUnsalvaged[index]);
}

/** Where the damaged database of a folder lies. */
export function quarantinedFile(folder: string, file: string): string {
  return join(folder, basename(file));
}

export async function markSalvaged(folder: string): Promise<void> {
  await rm(join(folder, UNSALVAGED), { force: true });
}

async function quarantine(file: string, wallMs: number): Promise<string | null> {
  const present = [];
  for (const part of PARTS) if (await stat(file + part).catch(() => null)) present.push(part);
  if (present.length === 0) return null;
  const folder = join(dirname(file), 'quarantine', `${basename(file)}-${wallMs}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, UNSALVAGED), '');
  for (const part of present) await rename(file + part, join(folder, basename(file) + part));
  await syncFolder(dirname(file));
  return folder;
}

async function putInPlace(backup: string, file: string): Promise<void> {
  const partial = `${file}.restoring`;
  await rm(partial, { force: true });
  await copyFile(backup, partial, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const handle = await open(partial, 'r+');
  await handle.sync();
  await handle.close();
  await rename(partial, file);
  await syncFolder(dirname(file));
}
