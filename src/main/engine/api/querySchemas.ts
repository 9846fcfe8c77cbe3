// What each query accepts. The types tie this file to the contract: a missing, extra or wrong schema does not compile.
import { z } from 'zod';
import type { QueryArgs, QueryName } from '../../../shared/contract/queries';
import { OPERATION_KINDS } from '../../../shared/domain/database';
import { LOG_LEVELS } from '../../../shared/domain/log';
import { TIMEFRAMES } from '../../../shared/domain/market';
import { incidentId, rule } from './alertFields';
import {
  backfillScope,
  backupName,
  collectorId,
  columnedSpan,
  database,
  logPlace,
  metricWindow,
  poolId,
  poolOrder,
  wallMs,
} from './fields';

type QuerySchemas = { readonly [Q in QueryName]: z.ZodType<QueryArgs<Q>> };

const MAX_POOL_PAGE = 1_000;
const MAX_POOL_OFFSET = 10_000_000;
const MAX_CANDLES = 5_000;
const MAX_RUNS = 500;
const MAX_OPERATIONS = 500;
const MAX_AGGREGATE = 1_440;
/** As many as the widest screen has pixels. */
const MAX_POINTS = 8_000;

export const QUERY_SCHEMAS: QuerySchemas = {
  'snapshot.get': z.null(),
  'snapshot.text': z.null(),
  'settings.get': z.null(),
  'settings.saved': z.null(),
  'app.about': z.null(),
  'startup.get': z.null(),
  'update.status': z.null(),
  'pools.list': z.strictObject({
    ...poolOrder,
    offset: z.int().min(0).max(MAX_POOL_OFFSET),
    limit: z.int().min(1).max(MAX_POOL_PAGE),
  }),
  'pools.facets': z.null(),
  'candles.series': z.strictObject({
    poolId,
    timeframe: z.enum(TIMEFRAMES),
    aggregate: z.int().min(1).max(MAX_AGGREGATE),
    limit: z.int().min(1).max(MAX_CANDLES),
  }),
  'watchlist.list': z.strictObject({
    activeOnly: z.boolean(),
    group: z.string().max(60).nullable(),
    search: z.string().max(200).nullable(),
  }),
  'watchlist.exportCsv': z.strictObject({ activeOnly: z.boolean() }),
  'gaps.list': backfillScope,
  'backfill.preview': backfillScope,
  'quality.report': z.null(),
  'storage.history': columnedSpan({ database }),
  'timeline.get': columnedSpan({}),
  'collector.history': columnedSpan({ collectorId }),
  'database.operations': z.strictObject({
    database,
    kind: z.enum(OPERATION_KINDS).nullable(),
    limit: z.int().min(1).max(MAX_OPERATIONS),
  }),
  'database.backups': z.strictObject({ database }),
  'database.restorePreview': z.strictObject({ database, backup: backupName }),
  'retention.cost': z.strictObject({ database }),
  'diagnostics.report': z.null(),
  'diagnostics.markdown': z.null(),
  'health.report': z.strictObject({ connectivity: z.boolean(), performance: z.boolean() }),
  'runs.list': z.strictObject({ collectorId, limit: z.int().min(1).max(MAX_RUNS) }),
  'events.list': z.strictObject({
    collectorId: collectorId.nullable(),
    beforeMs: wallMs.nullable(),
    limit: z.int().min(1).max(MAX_RUNS),
  }),
  'incidents.list': z.strictObject({
    state: z.enum(['open', 'resolved', 'all']),
    beforeMs: wallMs.nullable(),
    limit: z.int().min(1).max(MAX_RUNS),
  }),
  'incidents.get': z.strictObject({ incidentId }),
  'rules.list': z.null(),
  'rules.backTest': z
    .strictObject({ rule, fromMs: wallMs, toMs: wallMs })
    .refine(({ fromMs, toMs }) => fromMs < toMs, 'must end after it begins'),
  'inbox.list': z.strictObject({ beforeMs: wallMs.nullable(), limit: z.int().min(1).max(MAX_RUNS) }),
  'metrics.list': z.null(),
  'metrics.series': z.strictObject({ ...metricWindow, points: z.int().min(1).max(MAX_POINTS) }),
  'metrics.compare': z.strictObject(metricWindow),
  'metrics.week': z.strictObject({ target: metricWindow.target }),
  'metrics.cost': z.null(),
  'availability.get': z.strictObject({ fromMs: wallMs, toMs: wallMs }),
  'baseline.compare': z.null(),
  'alerts.deliveries': z.strictObject({
    incidentId: incidentId.nullable(),
    limit: z.int().min(1).max(MAX_RUNS),
  }),
  'channels.list': z.null(),
  'doors.status': z.null(),
  'logs.page': z.strictObject({
    filter: z.strictObject({
      level: z.enum(LOG_LEVELS),
      text: z.string().min(1).max(200).nullable(),
      collectorId: collectorId.nullable(),
      runId: z.string().min(1).max(64).nullable(),
    }),
    from: logPlace.nullable(),
    direction: z.enum(['older', 'newer']),
    limit: z.int().min(1).max(MAX_RUNS),
  }),
};
