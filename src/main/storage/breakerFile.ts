// Remembers across restarts that writes did not go to a database, and why: a person's isolation must not end with the program, and
// what was broken an hour ago is probed before it is trusted. A small file next to the spool, not in the database it is about.
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type DatabaseName, OPEN_REASONS } from '../../shared/domain/database';
import type { BreakerState } from './breaker';
import { writeDurably } from './recovery/durableFile';
import { syncFolder } from './spool/durableFolder';

const rememberedSchema = z.object({
  reason: z.enum(OPEN_REASONS),
  sinceMs: z.number(),
  failedProbes: z.number(),
  detail: z.string(),
});

export type RememberedBreaker = Readonly<z.infer<typeof rememberedSchema>>;

export class BreakerFile {
  readonly #file: string;
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(folder: string, database: DatabaseName) {
    this.#file = join(folder, `${database}-breaker.json`);
  }

  /** Null when the breaker was closed, or when the file says nothing that makes sense. Read before the first batch. */
  recall(): RememberedBreaker | null {
    try {
      return rememberedSchema.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return null;
    }
  }

  /** In order; resolves when a power cut would not undo it. Rejects when it cannot be remembered. */
  remember({ state, reason, sinceMs, failedProbes }: BreakerState, detail: string): Promise<void> {
    const text = state === 'closed' ? null : JSON.stringify({ reason, sinceMs, failedProbes, detail });
    this.#lastWrite = this.#lastWrite.catch(() => {}).then(() => this.#write(text));
    return this.#lastWrite;
  }

  flushed(): Promise<void> {
    return this.#lastWrite.catch(() => {});
  }

  async #write(text: string | null): Promise<void> {
    if (text !== null) {
      await writeDurably(this.#file, text);
      return;
    }
    await rm(this.#file, { force: true });
    await syncFolder(dirname(this.#file));
  }
}
