// What each query and command accepts. The types tie this file to the contract: a missing, extra or wrong schema does not compile.
import { z } from 'zod';
import type { CommandArgs, CommandName } from '../../../shared/contract/commands';
import { POOL_SORT_COLUMNS, type PoolFilter, type QueryArgs, type QueryName } from '../../../shared/contract/queries';
import { COLLECTOR_IDS } from '../../../shared/domain/collector';
import { DATABASE_NAMES } from '../../../shared/domain/database';
import { TIMEFRAMES } from '../../../shared/domain/market';
import { KEY_PLANS, SOURCE_MODES, THEMES } from '../../../shared/domain/settings';

type QuerySchemas = { readonly [Q in QueryName]: z.ZodType<QueryArgs<Q>> };
type CommandSchemas = { readonly [C in CommandName]: z.ZodType<CommandArgs<C>> };

const MAX_POOL_PAGE = 1_000;
const MAX_POOL_OFFSET = 10_000_000;
const MAX_CANDLES = 5_000;
const MAX_RUNS = 500;
const MAX_AGGREGATE = 1_440;
const MAX_SEARCH_LENGTH = 200;

const sourceId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not an id of the source');
/** `<network>_<address>`; addresses of some networks hold colons, dots and slashes. */
const poolId = z.string().regex(/^[A-Za-z0-9_.:/-]{3,200}$/, 'is not a pool id');
const collectorId = z.enum(COLLECTOR_IDS);
const wallMs = z.int().min(0);
/** What an HTTP header can carry: visible ASCII without spaces. */
const apiKey = z.string().regex(/^[\x21-\x7e]{4,200}$/, 'does not look like an API key');

const poolFilter: z.ZodType<PoolFilter> = z.strictObject({
  networkId: sourceId.nullable(),
  dexId: sourceId.nullable(),
  search: z.string().max(MAX_SEARCH_LENGTH).nullable(),
  minReserveUsd: z.number().min(0).nullable(),
});

const poolOrder = { filter: poolFilter, sortBy: z.enum(POOL_SORT_COLUMNS), descending: z.boolean() };
const oneCollector = z.strictObject({ collectorId });

export const QUERY_SCHEMAS: QuerySchemas = {
  'snapshot.get': z.null(),
  'settings.get': z.null(),
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
  'storage.series': z.strictObject({ database: z.enum(DATABASE_NAMES), sinceMs: wallMs }),
  'runs.list': z.strictObject({ collectorId, limit: z.int().min(1).max(MAX_RUNS) }),
};

export const COMMAND_SCHEMAS: CommandSchemas = {
  'collector.pause': z.strictObject({ collectorId, untilMs: wallMs.nullable() }),
  'collector.resume': oneCollector,
  'collector.runNow': oneCollector,
  'pools.export': z.strictObject(poolOrder),
  'source.use': z.strictObject({
    mode: z.enum(SOURCE_MODES),
    keyPlan: z.enum(KEY_PLANS),
    apiKey: apiKey.nullable(),
  }),
  'appearance.setTheme': z.strictObject({ theme: z.enum(THEMES) }),
  'banner.dismiss': z.strictObject({ id: z.string().min(1).max(200) }),
  'link.open': z.strictObject({ link: z.enum(['geckoterminal', 'data_folder']) }),
};
