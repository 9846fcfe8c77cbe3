// The arguments of calls that read or write files, with their limits.
import { z } from 'zod';
import { EXPORT_FORMATS } from '../../../shared/contract/exports';
import { TABLE_COLUMNS, type TableName } from '../../../shared/contract/tables';
import { TIMEFRAMES } from '../../../shared/domain/market';
import { poolId, poolOrder, wallMs } from './fields';

const MAX_POOLS = 10_000;
const MAX_AGGREGATE = 1_440;
const MAX_PATH_LENGTH = 4_096;

export const filePath = z.string().min(1).max(MAX_PATH_LENGTH);

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
