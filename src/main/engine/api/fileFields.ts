// The arguments of calls that read or write files, with their limits.
import { z } from 'zod';
import { EXPORT_FORMATS } from '../../../shared/contract/exports';
import { TABLE_COLUMNS, type TableName } from '../../../shared/contract/tables';
import { TIMEFRAMES } from '../../../shared/domain/market';
import { poolId, poolOrder, sourceId, wallMs } from './fields';

const MAX_POOLS = 10_000;
const MAX_AGGREGATE = 1_440;
/** No time zone is further from UTC. */
const MAX_OFFSET_MINUTES = 14 * 60;
const MAX_PATH_LENGTH = 4_096;

export const filePath = z.string().min(1).max(MAX_PATH_LENGTH);

export const askedPlace = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ask'), what: z.enum(['file', 'folder']) }),
  z.strictObject({ kind: z.literal('previewed'), previewId: z.string().min(1).max(64) }),
]);

export const importArgs = z.strictObject({
  networkId: sourceId.nullable(),
  tradeOffsetMinutes: z.int().min(-MAX_OFFSET_MINUTES).max(MAX_OFFSET_MINUTES).nullable(),
  place: z.union([askedPlace, z.strictObject({ kind: z.literal('path'), path: filePath })]),
});

const range = z.strictObject({
  poolIds: z.array(poolId).max(MAX_POOLS).nullable(),
  fromMs: wallMs.nullable(),
  toMs: wallMs.nullable(),
});

export const exportArgs = z.strictObject({
  subject: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('pools'), ...poolOrder }),
    z.strictObject({
      kind: z.literal('table'),
      table: z.enum(Object.keys(TABLE_COLUMNS) as [TableName, ...TableName[]]),
      range,
    }),
    z.strictObject({
      kind: z.literal('candles'),
      timeframe: z.enum(TIMEFRAMES),
      aggregate: z.int().min(1).max(MAX_AGGREGATE),
      range,
    }),
  ]),
  format: z.enum(EXPORT_FORMATS),
  byteOrderMark: z.boolean(),
});
