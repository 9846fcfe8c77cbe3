// How much of what was launched since the last look a look at the newest pools has seen. The list shows the newest pools only: when
// it does not reach back to the last look, launches in between have passed unseen, and their number is estimated from the pace at
// which the listed ones were launched. Pure.
import type { PoolRow } from '../../shared/domain/market';
import type { DiscoveryPollRow } from '../../shared/domain/poolHistory';
import { parseDecimal } from '../../shared/util/decimal';

const MINUTE_MS = 60_000;
/** How long a launch stays in the list, unless newer ones push it out. */
const LISTED_FOR_MS = 48 * 60 * MINUTE_MS;

export interface LookAtLaunches {
  readonly networkId: string;
  readonly observedAtMs: number;
  readonly pages: number;
  readonly pools: readonly PoolRow[];
  /** True when the source had nothing older to show. */
  readonly reachedEnd: boolean;
}

export function capturePoll(look: LookAtLaunches, previous: DiscoveryPollRow | null): DiscoveryPollRow {
  const created = look.pools.flatMap(({ createdAtMs }) => createdAtMs ?? []);
  const newestMs = created.length > 0 ? Math.max(...created) : null;
  const oldestMs = created.length > 0 ? Math.min(...created) : null;
  const lastNewestMs = previous?.newestCreatedAtMs ?? null;
  const fresh = lastNewestMs === null ? look.pools.length : created.filter((atMs) => atMs > lastNewestMs).length;
  const perMinute = pace(created, newestMs, oldestMs);
  return {
    networkId: look.networkId,
    observedAtMs: look.observedAtMs,
    pages: look.pages,
    pools: look.pools.length,
    freshPools: fresh,
    // A look that saw nothing newer must not move the mark back.
    newestCreatedAtMs:
      newestMs === null || (lastNewestMs !== null && lastNewestMs > newestMs) ? lastNewestMs : newestMs,
    oldestCreatedAtMs: oldestMs,
    previousAtMs: previous?.observedAtMs ?? null,
    ...missed(look, previous, { oldestMs, fresh, perMinute }),
    launchesPerMinute: perMinute === null ? null : parseDecimal(perMinute.toFixed(2)),
  };
}

/** Whether the pools listed so far reach back to what the last look has seen. */
export function reachesBack(pools: readonly PoolRow[], previous: DiscoveryPollRow | null): boolean {
  const lastNewestMs = previous?.newestCreatedAtMs ?? null;
  return lastNewestMs !== null && pools.some(({ createdAtMs }) => createdAtMs !== null && createdAtMs <= lastNewestMs);
}

function missed(
  { reachedEnd, observedAtMs }: LookAtLaunches,
  previous: DiscoveryPollRow | null,
  facts: { readonly oldestMs: number | null; readonly fresh: number; readonly perMinute: number | null },
): Pick<DiscoveryPollRow, 'capturePct' | 'missedEstimate'> {
  const { oldestMs, fresh, perMinute } = facts;
  const lastNewestMs = previous?.newestCreatedAtMs ?? null;
  const hasAll = reachedEnd && previous !== null && observedAtMs - previous.observedAtMs < LISTED_FOR_MS;
  const meetsLast = lastNewestMs !== null && oldestMs !== null && oldestMs <= lastNewestMs;
  if (hasAll || meetsLast) return { capturePct: 100, missedEstimate: 0 };
  if (lastNewestMs === null || oldestMs === null || perMinute === null)
    return { capturePct: null, missedEstimate: null };
  const unseen = Math.round((perMinute * (oldestMs - lastNewestMs)) / MINUTE_MS);
  return { capturePct: Math.round((1_000 * fresh) / Math.max(1, fresh + unseen)) / 10, missedEstimate: unseen };
}

/** Launches per minute over the listed ones; null when they are too few or too close to tell. */
function pace(created: readonly number[], newestMs: number | null, oldestMs: number | null): number | null {
  if (newestMs === null || oldestMs === null || created.length < 2 || newestMs === oldestMs) return null;
  return ((created.length - 1) * MINUTE_MS) / (newestMs - oldestMs);
}
