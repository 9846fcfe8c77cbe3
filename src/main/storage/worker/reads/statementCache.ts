// Prepared statements by their SQL: filters and sort orders make a few dozen texts out of fixed fragments, never out of values.
import type { SqliteDatabase, SqliteStatement } from '../driver';

export class StatementCache {
  readonly #db: SqliteDatabase;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(db: SqliteDatabase) {
    this.#db = db;
  }

  all<Row>(sql: string, values: readonly unknown[]): Row[] {
    return this.#prepare<Row>(sql).all(...values);
  }

  get<Row>(sql: string, values: readonly unknown[]): Row | undefined {
    return this.#prepare<Row>(sql).get(...values);
  }

  #prepare<Row>(sql: string): SqliteStatement<Row> {
    const known = this.#statements.get(sql) ?? this.#db.prepare<unknown[]>(sql);
    this.#statements.set(sql, known);
    return known as SqliteStatement<Row>;
  }
}
