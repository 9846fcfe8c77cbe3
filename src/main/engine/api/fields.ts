// The arguments that several queries and commands share, with their limits.
import { z } from 'zod';
import { POOL_SORT_COLUMNS, type PoolFilter } from '../../../shared/contract/queries';
import { DATABASE_NAMES } from '../../../shared/domain/database';
import type { BackfillScope } from '../../../shared/contract/gaps';
import { AGGREGATES, type BarKind } from '../../../shared/domain/bars';
import { type MetricName, METRICS, type Target, TARGET_KINDS } from '../../../shared/domain/metrics';
import { TIMEFRAMES } from '../../../shared/domain/market';
import { COLLECTOR_IDS } from '../../../shared/domain/collector';

const MAX_SEARCH_LENGTH = 200;

export const sourceId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not an id of the source');
/** `<network>_<address>`; addresses of some networks hold colons, dots and slashes. */
export const poolId = z.string().regex(/^[A-Za-z0-9_.:/-]{3,200}$/, 'is not a pool id');
export const barKind: z.ZodType<BarKind> = z
  .strictObject({ timeframe: z.enum(TIMEFRAMES), aggregate: z.int() })
  .refine(
    ({ timeframe, aggregate }) => AGGREGATES[timeframe].includes(aggregate),
    'is not a kind of bar that the source has',
  );

export const backfillScope: z.ZodType<BackfillScope> = z.strictObject({
  poolIds: z.array(poolId).min(1).max(100).nullable(),
  bars: z.array(barKind).min(1).max(10).nullable(),
  days: z.int().min(1).max(3_650).nullable(),
});
export const channelId = z.string().regex(/^[a-z0-9-]{1,40}$/, 'is not the id of a channel');
export const collectorId = z.enum(COLLECTOR_IDS);
export const database = z.enum(DATABASE_NAMES);
/** Never a path: what names a backup is looked up among those that exist. */
export const backupName = z.string().regex(/^[a-z]+-[0-9TZ]{1,24}\.db$/, 'is not the name of a backup');
/** Names streams and files by number, never by path; see src/main/logging/logPlace.ts. */
export const logPlace = z
  .string()
  .max(4_000)
  .regex(/^[\w@:,-]*$/, 'is not a place in the log');
export const wallMs = z.int().min(0);

const metric = z.enum(Object.keys(METRICS) as MetricName[]);
const target: z.ZodType<Target> = z.strictObject({
  kind: z.enum(TARGET_KINDS),
  id: z.string().min(1).max(MAX_SEARCH_LENGTH),
});
export const metricWindow = { metric, target, fromMs: wallMs, toMs: wallMs };

/** As many as would ever be told apart on a screen. */
const MAX_COLUMNS = 2_000;

/** A stretch of time in columns, beside `others`. */
export function columnedSpan<S extends z.ZodRawShape>(others: S) {
  return z
    .strictObject({ ...others, fromMs: wallMs, toMs: wallMs, columns: z.int().min(1).max(MAX_COLUMNS) })
    .refine(
      (span) => (span as { fromMs: number }).fromMs < (span as { toMs: number }).toMs,
      'must end after it begins',
    );
}

const poolFilter: z.ZodType<PoolFilter> = z.strictObject({
  networkId: sourceId.nullable(),
  dexId: sourceId.nullable(),
  search: z.string().max(MAX_SEARCH_LENGTH).nullable(),
  minReserveUsd: z.number().min(0).nullable(),
});

export const poolOrder = { filter: poolFilter, sortBy: z.enum(POOL_SORT_COLUMNS), descending: z.boolean() };
