// The pools with the most volume on every watched DEX, with the tokens they trade and a snapshot for their history.
import type { PoolRow } from '../../shared/domain/market';
import { compareDecimals, parseDecimal } from '../../shared/util/decimal';
import type { CollectContext, CollectedPage, Collector } from './collector';
import { shortfallPage } from './pages';
import { PartFailures } from './partFailures';
import { poolPageOf, Seen } from './poolPages';

const BELOW_FLOOR = 'below reserve floor';

export const topPoolsCollector: Collector = {
  id: 'top_pools',
  title: 'Top pools',
  description: 'The busiest pools of every watched exchange.',
  async *collect(context) {
    const failures = new PartFailures();
    const seen = new Seen();
    for (const network of context.settings.networks) {
      for (const dexId of network.dexIds) {
        const part = `${network.id} / ${dexId}`;
        try {
          yield* collectDex(context, network.id, dexId, seen, () => failures.succeeded());
        } catch (error) {
          yield shortfallPage(failures.failed(part, error));
        }
      }
    }
    failures.finish();
  },
};

async function* collectDex(
  context: CollectContext,
  networkId: string,
  dexId: string,
  seen: Seen,
  onSuccess: () => void,
): AsyncGenerator<CollectedPage> {
  const { client, settings, signal } = context;
  const floor = settings.topPools.minReserveUsd;
  for (let number = 1; number <= settings.topPools.maxPages; number += 1) {
    context.progress(`${networkId} / ${dexId}, page ${number}`);
    const page = await client.listTopPools(networkId, dexId, number, signal);
    onSuccess();
    const freshPools = seen.freshPools(page);
    const wanted = freshPools.filter((pool) => reachesFloor(pool, floor));
    const below = freshPools.length - wanted.length;
    const turnedAway = below > 0 ? [{ reason: BELOW_FLOOR, count: below }] : [];
    yield poolPageOf(page, wanted, seen, 'top_pools', { turnedAway });
    // A page that repeats only known pools means that the list has ended, or that the source ignores the page number.
    if (page.isLast || freshPools.length === 0) return;
  }
}

/** A pool whose reserve is not told is kept: unknown is not small. */
function reachesFloor({ reserveUsd }: PoolRow, minReserveUsd: number): boolean {
  const floor = parseDecimal(minReserveUsd);
  return reserveUsd === null || floor === null || compareDecimals(reserveUsd, floor) >= 0;
}
