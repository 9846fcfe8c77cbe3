// Keeps the books of an endurance run from outside the program: what it acknowledged, by its own log, which it writes before it goes
// on; and what is in the database, read by this process over a connection of its own. Never asks the program.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { logFolder, readLogPage } from '../../src/main/logging/readLog';
import type { LogFilter } from '../../src/shared/domain/log';

const STORED: LogFilter = { level: 'debug', text: 'batchId', collectorId: null, runId: null };
const PAGE_LINES = 500;

interface Acknowledged {
  readonly rows: number;
  readonly runId: string | null;
}

interface AppliedRow {
  readonly seq: number;
  readonly id: string;
  readonly rows: number;
}

export interface Books {
  readonly batches: number;
  readonly rows: number;
  /** Acknowledged as durable, and not in the database. */
  readonly lostBatches: readonly string[];
  readonly lostRows: number;
  readonly appliedTwice: number;
  /** In the database with another number of rows than was handed over. */
  readonly withOtherRows: number;
  /** Said to be in memory only: no promise, and counted apart. */
  readonly volatile: number;
}

export class Audit {
  readonly #rootDir: string;
  readonly #marketFile: string;
  readonly #acknowledged = new Map<string, Acknowledged>();
  readonly #volatile = new Set<string>();
  readonly #applied = new Map<string, number>();
  #appliedTwice = 0;
  #lastSeq = 0;
  #place: string | null = null;

  constructor(rootDir: string, profileDir: string) {
    this.#rootDir = rootDir;
    this.#marketFile = join(profileDir, 'market.db');
  }

  /** Brings the books up to date; often enough that neither rotation nor the forgetting of old batches is faster. */
  async look(): Promise<void> {
    await this.#readLog();
    this.#readDatabase();
  }

  /** Call when everything is stored that will be. */
  books(): Books {
    const lost = [...this.#acknowledged].filter(([id]) => !this.#applied.has(id));
    const others = [...this.#acknowledged].filter(([id, { rows }]) => (this.#applied.get(id) ?? rows) !== rows);
    return {
      batches: this.#acknowledged.size,
      rows: [...this.#acknowledged.values()].reduce((sum, { rows }) => sum + rows, 0),
      lostBatches: lost.map(([id]) => id),
      lostRows: lost.reduce((sum, [, { rows }]) => sum + rows, 0),
      appliedTwice: this.#appliedTwice,
      withOtherRows: others.length,
      volatile: this.#volatile.size,
    };
  }

  async #readLog(): Promise<void> {
    for (;;) {
      const from = this.#place ?? '';
      const args = { filter: STORED, from, direction: 'newer', limit: PAGE_LINES } as const;
      const { lines, newer } = await readLogPage(logFolder(this.#rootDir), args);
      for (const { details, runId } of lines) this.#note(details, runId);
      if (newer === this.#place) return;
      this.#place = newer;
    }
  }

  #note(details: string, runId: string | null): void {
    const { batchId, rows, durability } = JSON.parse(details) as {
      readonly batchId?: string;
      readonly rows?: number;
      readonly durability?: string;
    };
    if (batchId === undefined || rows === undefined) return;
    if (durability === 'volatile') this.#volatile.add(batchId);
    if (durability === 'committed' || durability === 'spooled') this.#acknowledged.set(batchId, { rows, runId });
  }

  #readDatabase(): void {
    if (!existsSync(this.#marketFile)) return;
    const db = new Database(this.#marketFile, { readonly: true, timeout: 5_000 });
    try {
      const applied = db
        .prepare<[number], AppliedRow>(
          `SELECT seq, id, inserted + changed + unchanged + ifnull(json_array_length(rejected), 0) AS rows
           FROM applied_batches WHERE seq > ? ORDER BY seq`,
        )
        .all(this.#lastSeq);
      for (const { seq, id, rows } of applied) {
        if (this.#applied.has(id)) this.#appliedTwice += 1;
        this.#applied.set(id, rows);
        this.#lastSeq = seq;
      }
    } finally {
      db.close();
    }
  }
}
