// What each database file must be: whose it is, how it came to its shape, and which tables it holds.
import type { DatabaseName } from '../../../shared/domain/database';
import { market10 } from './migrations/market10';
import { market20 } from './migrations/market20';
import { market30 } from './migrations/market30';
import type { Migration } from './migrations/migration';
import { monitor10 } from './migrations/monitor10';
import { monitor20 } from './migrations/monitor20';
import { monitor30 } from './migrations/monitor30';
import { monitor50 } from './migrations/monitor50';

export interface Schema {
  /** Written into the file header, so that neither file can be taken for the other or for another program's. */
  readonly applicationId: number;
  readonly migrations: readonly Migration[];
  /** Tables that must exist after the last migration. */
  readonly allTables: readonly string[];
}

export const SCHEMAS: Readonly<Record<DatabaseName, Schema>> = {
  market: {
    applicationId: 0x504f4f4c,
    migrations: inOrder([market10, market20, market30]),
    allTables: [
      'applied_batches',
      'networks',
      'dexes',
      'tokens',
      'token_details',
      'token_infos',
      'pools',
      'pool_keys',
      'pool_snapshots',
      'pool_signals',
      'discovery_polls',
      'candle_series',
      'candles',
      'candle_coverage',
      'trades',
      'watchlist',
    ],
  },
  monitor: {
    applicationId: 0x504d4f4e,
    migrations: inOrder([monitor10, monitor20, monitor30, monitor50]),
    allTables: [
      'applied_batches',
      'slots',
      'runs',
      'collector_events',
      'storage_samples',
      'alert_rules',
      'alert_instances',
      'alert_transitions',
      'incidents',
      'incident_events',
      'silences',
      'notices',
      'deliveries',
    ],
  },
};

export function newestVersion(schema: Schema): number {
  return schema.migrations.at(-1)?.version ?? 0;
}

/** Throws at start-up when steps are out of order or not numbered in tens: the gaps are for fixes on release branches. */
export function inOrder(migrations: readonly Migration[]): readonly Migration[] {
  migrations.forEach((migration, index) => {
    const previous = migrations[index - 1]?.version ?? 0;
    if (migration.version <= previous || migration.version % 10 !== 0) {
      throw new Error(`migration ${migration.version} does not follow ${previous} in steps of ten`);
    }
  });
  return migrations;
}
