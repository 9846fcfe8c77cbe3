// The small integer that stands for a pool in everything a pool has many of. Looks it up, or makes one.
import { copyOf } from '../common/rowsOnTheWire';
import type { SqliteDatabase, SqliteStatement } from './driver';

/** About 5 MB of remembered keys at most. */
const REMEMBERED_POOLS = 50_000;

export class PoolKeys {
  readonly #find: SqliteStatement<number>;
  readonly #add: SqliteStatement<number>;
  readonly #keys = new Map<string, number>();

  constructor(db: SqliteDatabase) {
    this.#find = db.prepare<unknown[], number>('SELECT key FROM pool_keys WHERE pool_id = ?').pluck();
    this.#add = db.prepare<unknown[], number>('INSERT INTO pool_keys (pool_id) VALUES (?) RETURNING key').pluck();
  }

  keyOf(poolId: string): number {
    const known = this.#keys.get(poolId);
    if (known !== undefined) return known;
    const key = this.#find.get(poolId) ?? this.#add.get(poolId);
    if (key === undefined) throw new Error('a new pool has no key');
    if (this.#keys.size >= REMEMBERED_POOLS) this.#keys.clear();
    this.#keys.set(copyOf(poolId), key);
    return key;
  }

  /** The transaction was rolled back: keys made in it are gone. */
  forget(): void {
    this.#keys.clear();
  }
}
