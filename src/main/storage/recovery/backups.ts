// The backups of one database: made whole, proved on a fresh connection, with their hash beside them, thinned out with age.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { StoreOptions } from '../store';
import { expendableBackups } from './backupRetention';
import { JobThread } from './jobThread';

export interface Backup {
  readonly path: string;
  /** When it was begun: it holds everything that was committed before. */
  readonly atMs: number;
  readonly bytes: number;
  readonly sha256: string;
}

export class Backups {
  readonly #options: StoreOptions;
  readonly #folder: string;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#folder = join(dirname(options.file), 'backups');
  }

  /** Newest first. A file without its note was never finished, and is not among them. */
  async list(): Promise<readonly Backup[]> {
    const prefix = `${this.#options.name}-`;
    const names = await readdir(this.#folder).catch(() => []);
    const notes = names.filter((name) => name.startsWith(prefix) && name.endsWith('.json'));
    const backups = await Promise.all(
      notes.map(async (name) => {
        const text = await readFile(join(this.#folder, name), 'utf8').catch(() => '');
        return parseNote(text, join(this.#folder, basename(name, '.json')));
      }),
    );
    return backups.flatMap((backup) => backup ?? []).sort((a, b) => b.atMs - a.atMs);
  }

  /** Rejects when the copy is not perfect. */
  async create(): Promise<Backup> {
    const atMs = this.#options.clock.wallMs();
    const stamp = new Date(atMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const path = join(this.#folder, `${this.#options.name}-${stamp}.db`);
    await mkdir(this.#folder, { recursive: true });
    const thread = new JobThread(this.#options);
    try {
      const figures = await thread.run<'backup'>({ type: 'backup', target: path });
      const backup: Backup = { path, atMs, ...figures };
      await writeFile(`${path}.json`, JSON.stringify({ atMs, ...figures }));
      await this.#thinOut();
      return backup;
    } finally {
      thread.close();
    }
  }

  /** The newest one that is still what it was when it was made; null when there is none. */
  async newestIntact(): Promise<Backup | null> {
    for (const backup of await this.list()) {
      const thread = new JobThread(this.#options);
      try {
        const { sha256 } = await thread.run<'verify'>({ type: 'verify', file: backup.path });
        if (sha256 === backup.sha256) return backup;
      } catch {
        // An older one may do.
      } finally {
        thread.close();
      }
    }
    return null;
  }

  async #thinOut(): Promise<void> {
    const backups = await this.list();
    const expendable = new Set(expendableBackups(backups.map(({ atMs }) => atMs)));
    for (const { path, atMs } of backups) {
      if (!expendable.has(atMs)) continue;
      await rm(path, { force: true });
      await rm(`${path}.json`, { force: true });
    }
  }
}

function parseNote(text: string, path: string): Backup | null {
  try {
    const { atMs, bytes, sha256 } = JSON.parse(text) as Record<string, unknown>;
    if (typeof atMs !== 'number' || typeof bytes !== 'number' || typeof sha256 !== 'string') return null;
    return { path, atMs, bytes, sha256 };
  } catch {
    return null;
  }
}
