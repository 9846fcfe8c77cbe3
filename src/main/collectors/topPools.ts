// The pools with the most volume on every watched DEX, with the tokens they trade. Lists shift while they are paged through,
// so what was seen on an earlier page of the run is not yielded again.
import { packRows } from '../../shared/contract/tables';
import type { PoolRow } from '../../shared/domain/market';
import { compareDecimals, parseDecimal } from '../../shared/util/decimal';
import type { PoolPage } from '../sources/geckoterminal/client';
import type { CollectContext, CollectedPage, Collector } from './collector';
import { pageOf, shortfallPage } from './pages';
import { PartFailures } from './partFailures';

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
  for (let number = 1; number <= settings.topPools.maxPages; number += 1) {
    context.progress(`${networkId} / ${dexId}, page ${number}`);
    const page = await client.listTopPools(networkId, dexId, number, signal);
    onSuccess();
    const freshPools = page.pools.rows.filter((pool) => seen.isNew(`pool ${pool.id}`));
    yield toCollectedPage(page, freshPools, seen, settings.topPools.minReserveUsd);
    // A page that repeats only known pools means that the list has ended, or that the source ignores the page number.
    if (page.isLast || freshPools.length === 0) return;
  }
}

function toCollectedPage(
  page: PoolPage,
  freshPools: readonly PoolRow[],
  seen: Seen,
  minReserveUsd: number,
): CollectedPage {
  const wanted = freshPools.filter((pool) => reachesFloor(pool, minReserveUsd));
  const below = freshPools.length - wanted.length;
  return pageOf(
    [page.pools, page.tokens, page.dexes],
    [
      packRows(
        'dexes',
        page.dexes.rows.filter((dex) => seen.isNew(`dex ${dex.networkId} ${dex.dexId}`)),
      ),
      packRows(
        'tokens',
        page.tokens.rows.filter((token) => seen.isNew(`token ${token.id}`)),
      ),
      packRows('pools', wanted),
    ],
    below > 0 ? [{ reason: BELOW_FLOOR, count: below }] : [],
  );
}

/** A pool whose reserve is not told is kept: unknown is not small. */
function reachesFloor({ reserveUsd }: PoolRow, minReserveUsd: number): boolean {
  const floor = parseDecimal(minReserveUsd);
  return reserveUsd === null || floor === null || compareDecimals(reserveUsd, floor) >= 0;
}

class Seen {
  readonly #keys = new Set<string>();

  /** True the first time it is asked about `key`. */
  isNew(key: string): boolean {
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    return true;
  }
}
