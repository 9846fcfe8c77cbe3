// One step of a schema's life. Steps are numbered in tens, never edited once released, and each runs in one transaction.
import type { SqliteDatabase } from '../driver';

export interface Migration {
  /** The schema version (`user_version`) that this step produces. */
  readonly version: number;
  up(db: SqliteDatabase): void;
}
