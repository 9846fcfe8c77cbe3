// The backups of one database: made whole, proved on a fresh connection, with their hash beside them, thinned out with age.
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { BackupInfo } from '../../../shared/domain/database';
import type { LongWork } from '../../../shared/domain/operation';
import { StorageError, type StoreOptions } from '../store';
import { expendableBackups } from './backupRetention';
import { writeDurably } from './durableFile';
import { copyBytes, requireRoom } from './freeRoom';
import { watchGrowth } from './growth';
import { QUIET_WORK, runJob } from './jobThread';

export interface Backup extends BackupInfo {
  readonly path: string;
}

const noteSchema = z.object({
  atMs: z.number(),
  bytes: z.number(),
  sha256: z.string(),
  tables: z.array(z.object({ name: z.string(), rows: z.number() })).default([]),
});

export class Backups {
  readonly #options: StoreOptions;
  readonly #folder: string;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#folder = join(dirname(options.file), 'backups');
  }

  /** Newest first. A file without its note was never finished, and is not among them. */
  async list(): Promise<readonly Backup[]> {
    const notes = (await this.#names()).filter((name) => name.endsWith('.json'));
    const backups = await Promise.all(
      notes.map(async (name) => {
        const text = await readFile(join(this.#folder, name), 'utf8').catch(() => '');
        return parseNote(text, join(this.#folder, basename(name, '.json')));
      }),
    );
    return backups.flatMap((backup) => backup ?? []).sort((a, b) => b.atMs - a.atMs);
  }

  /** The same for everybody else. */
  async infos(): Promise<readonly BackupInfo[]> {
    return (await this.list()).map(withoutPath);
  }

  /** @throws StorageError with NO_BACKUP when there is none of that name */
  async find(name: string): Promise<Backup> {
    const found = (await this.list()).find((backup) => backup.name === name);
    if (!found) throw new StorageError('NO_BACKUP', `there is no backup named ${name}`);
    return found;
  }

  /** Rejects when the copy is not perfect; nothing is left behind then. */
  async create(work: LongWork): Promise<Backup> {
    const { clock, file, name: database } = this.#options;
    const atMs = clock.wallMs();
    await mkdir(this.#folder, { recursive: true });
    await this.#removeUnfinished();
    const name = freeName(`${database}-${new Date(atMs).toISOString().replaceAll(/[-:.]/g, '')}`, await this.#names());
    const path = join(this.#folder, name);
    const expectedBytes = await copyBytes(file);
    await requireRoom(path, expectedBytes);
    const stopWatching = watchGrowth(clock, `${path}.partial`, expectedBytes, work);
    try {
      const figures = await runJob(this.#options, { type: 'backup', target: path }, work);
      await writeDurably(`${path}.json`, JSON.stringify({ atMs, ...figures }));
      return { name, path, atMs, ...figures };
    } catch (error) {
      // Whole perhaps, and called off at the last moment: without its note nobody would find it.
      await rm(path, { force: true });
      await rm(`${path}.json`, { force: true });
      throw error;
    } finally {
      stopWatching();
    }
  }

  /** Removes those that newer ones have made needless. */
  async thinOut(): Promise<void> {
    const backups = await this.list();
    const expendable = new Set(expendableBackups(backups.map(({ atMs }) => atMs)));
    for (const { path, atMs } of backups) {
      if (!expendable.has(atMs)) continue;
      await rm(path, { force: true });
      await rm(`${path}.json`, { force: true });
    }
  }

  /** Rejects with DAMAGED when it is no longer what it was when it was made. */
  async verify({ path, sha256 }: Backup, work: LongWork): Promise<void> {
    const found = await runJob(this.#options, { type: 'verify', file: path }, work).catch((error: StorageError) => {
      if (error.code === 'CANCELLED') throw error;
      throw new StorageError('DAMAGED', `the backup cannot be used: ${error.message}`);
    });
    if (found.sha256 !== sha256) throw new StorageError('DAMAGED', 'the backup was changed after it was made');
  }

  /** The newest one that is still what it was when it was made; null when there is none. */
  async newestIntact(): Promise<Backup | null> {
    for (const backup of await this.list()) {
      const isIntact = await this.verify(backup, QUIET_WORK).then(
        () => true,
        () => false,
      );
      // Otherwise an older one may do.
      if (isIntact) return backup;
    }
    return null;
  }

  async #names(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => name.startsWith(`${this.#options.name}-`));
  }

  /** Copies that a killed program left half made. */
  async #removeUnfinished(): Promise<void> {
    const partial = (await this.#names()).filter((name) => name.endsWith('.partial'));
    await Promise.all(partial.map((name) => rm(join(this.#folder, name), { force: true })));
  }
}

/** What others may know: where backups lie is nobody's business but ours. */
export function withoutPath({ name, atMs, bytes, sha256, tables }: Backup): BackupInfo {
  return { name, atMs, bytes, sha256, tables };
}

/** A clock can stand still or be set back: a name that is taken belongs to a backup that somebody relies on. */
function freeName(stem: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `${stem}.db` : `${stem}-${number}.db`;
    if (!taken.some((other) => other.startsWith(name))) return name;
  }
}

function parseNote(text: string, path: string): Backup | null {
  try {
    return { name: basename(path), path, ...noteSchema.parse(JSON.parse(text)) };
  } catch {
    return null;
  }
}
