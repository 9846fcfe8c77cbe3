// What keeping rows costs, asked by a person who wonders how long to keep them. Says nothing of what to keep.
import type { TierExtent } from '../../../shared/contract/reads';
import type { RetentionFigure, RetentionTier } from '../../../shared/domain/retention';
import { keptTiers, type KeptTier } from '../../storage/recovery/retentionCuts';
import type { QueryHandlers } from '../application';
import { type HandlerContext, reading } from './context';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

export function retentionQueries(context: HandlerContext): Pick<QueryHandlers, 'retention.cost'> {
  return {
    'retention.cost': ({ database }) =>
      reading(context, async (engine) => {
        const store = database === 'market' ? engine.market : engine.monitor;
        const extents = await store.read('retention.extents', null);
        const counted = new Map(store.status().tables.map(({ name, rows }) => [name, rows]));
        const tiers = keptTiers(database, context.settings().retention).flatMap((tier) => {
          const extent = extents.find(({ table, timeframe }) => table === tier.table && timeframe === tier.timeframe);
          return extent ? [costOf(tier, extent, extent.rows ?? counted.get(tier.table) ?? 0)] : [];
        });
        return { tiers: tiers.filter(({ rows }) => rows > 0) };
      }),
  };
}

export function costOf({ table, timeframe, days }: KeptTier, extent: TierExtent, rows: number): RetentionTier {
  const { partitions, oldestAtMs, newestAtMs, rowBytes } = extent;
  const figure = (count: number): RetentionFigure => ({
    rows: Math.round(count),
    estimatedBytes: Math.round(count * rowBytes),
  });
  const spanMs = oldestAtMs === null || newestAtMs === null ? 0 : newestAtMs - oldestAtMs;
  const rowsPerDay = spanMs < HOUR_MS ? null : (rows * DAY_MS) / spanMs;
  return {
    table,
    timeframe,
    keepDays: days,
    rows,
    partitions,
    oldestAtMs,
    newestAtMs,
    estimatedBytes: figure(rows).estimatedBytes,
    perDay: rowsPerDay === null ? null : figure(rowsPerDay),
    whenFull: rowsPerDay === null || days === null ? null : figure(rowsPerDay * days),
  };
}
