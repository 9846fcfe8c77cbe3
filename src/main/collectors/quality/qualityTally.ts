// Adds up, page by page, what a run's rows say about their quality. Knows rows as they travel, by the column lists.
import { type TableRows, TABLE_COLUMNS, type TableName } from '../../../shared/contract/tables';
import type { CandleRow, PoolRow } from '../../../shared/domain/market';
import { KEY_FIELDS } from '../../../shared/domain/quality';
import type { RunQuality, SanityFlag } from '../../../shared/domain/runQuality';
import type { CollectContext } from '../collector';
import { checkBars, checkPool } from './sanity';

const KEPT_FLAGS = 5;

interface FieldCount {
  filled: number;
  rows: number;
}

export class QualityTally {
  readonly #counts = new Map<string, FieldCount>();
  readonly #flags: SanityFlag[] = [];
  #newestDataAtMs: number | null = null;

  /** To be called before `parts` are stored: it compares with what is stored now. */
  async add(parts: readonly TableRows[], read: CollectContext['read']): Promise<void> {
    for (const part of parts) this.#count(part);
    for (const { table, rows } of parts) {
      if (table === 'pools' && rows.length > 0) await this.#checkPools(objects('pools', rows) as PoolRow[], read);
      if (table === 'candles') this.#flags.push(...checkBars(objects('candles', rows) as CandleRow[]));
    }
  }

  result(): RunQuality {
    return {
      completeness: [...this.#counts].map(([key, { filled, rows }]) => {
        const [table = '', field = ''] = key.split('.');
        return { table, field, filled, rows };
      }),
      newestDataAtMs: this.#newestDataAtMs,
      flagged: this.#flags.length,
      flags: this.#flags.slice(0, KEPT_FLAGS),
    };
  }

  #count({ table, rows }: TableRows): void {
    const columns: readonly string[] = TABLE_COLUMNS[table];
    for (const field of KEY_FIELDS[table] ?? []) {
      const position = columns.indexOf(field);
      const count = this.#counts.get(`${table}.${field}`) ?? { filled: 0, rows: 0 };
      count.rows += rows.length;
      count.filled += rows.filter((row) => !isBlank(row[position])).length;
      this.#counts.set(`${table}.${field}`, count);
    }
    const [time, unitMs] = TIMES[table] ?? [];
    if (time === undefined || unitMs === undefined) return;
    const position = columns.indexOf(time);
    for (const row of rows) {
      const atMs = Number(row[position]) * unitMs;
      if (this.#newestDataAtMs === null || atMs > this.#newestDataAtMs) this.#newestDataAtMs = atMs;
    }
  }

  async #checkPools(pools: readonly PoolRow[], read: CollectContext['read']): Promise<void> {
    const known = await read('pools.figures', { ids: pools.map(({ id }) => id) }).catch(() => []);
    const before = new Map(known.map((record) => [record.id, record]));
    for (const pool of pools) this.#flags.push(...checkPool(pool, before.get(pool.id) ?? null));
  }
}

/** The column that says which moment a row speaks of, and its unit. */
const TIMES: { readonly [T in TableName]?: readonly [string, number] } = {
  dexes: ['observedAtMs', 1],
  tokens: ['observedAtMs', 1],
  pools: ['observedAtMs', 1],
  candles: ['startsAtS', 1_000],
  trades: ['blockAtMs', 1],
};

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

function objects(table: TableName, rows: TableRows['rows']): unknown[] {
  const columns: readonly string[] = TABLE_COLUMNS[table];
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
}
