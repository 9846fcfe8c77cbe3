// Scores the pools of a page with what is stored of their last day.
import type { PoolRow } from '../../../shared/domain/market';
import type { PoolSignalRow } from '../../../shared/domain/poolHistory';
import type { CollectContext } from '../collector';
import { scoreActivity } from './activityScore';
import { scoreSignal } from './signalScore';

/** How far back the past of a pool reaches. */
const LOOKBACK_MS = 24 * 3_600_000;

export async function signalsOf(
  context: Pick<CollectContext, 'read' | 'clock'>,
  pools: readonly PoolRow[],
): Promise<readonly PoolSignalRow[]> {
  if (pools.length === 0) return [];
  const points = await context.read('pools.history', {
    poolIds: pools.map(({ id }) => id),
    sinceMs: context.clock.wallMs() - LOOKBACK_MS,
  });
  return pools.map((pool) => {
    const past = points.filter(({ poolId, observedAtMs }) => poolId === pool.id && observedAtMs < pool.observedAtMs);
    const { reasons, ...signal } = scoreSignal(pool, past);
    return {
      ...signal,
      poolId: pool.id,
      observedAtMs: pool.observedAtMs,
      activityScore: scoreActivity(pool),
      samples: past.length,
      reasons: JSON.stringify(reasons),
    };
  });
}
