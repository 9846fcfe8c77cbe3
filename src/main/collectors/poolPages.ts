// What a page of pools becomes, for every collector that reads lists of pools: exchanges, tokens, the pools as they are now, and
// a snapshot of each for their history. Lists shift while they are paged through, so nothing is yielded twice in a run.
import { type TableRows, packRows } from '../../shared/contract/tables';
import type { CollectorId, RejectedRows } from '../../shared/domain/collector';
import type { PoolRow } from '../../shared/domain/market';
import type { PoolPage } from '../sources/marketSource';
import type { CollectedPage } from './collector';
import { pageOf } from './pages';

/** What a run has met already. */
export class Seen {
  readonly #keys = new Set<string>();

  freshPools(page: PoolPage): readonly PoolRow[] {
    return page.pools.rows.filter(({ id }) => this.#isNew(`pool ${id}`));
  }

  freshDexes(page: PoolPage): PoolPage['dexes']['rows'] {
    return page.dexes.rows.filter(({ networkId, dexId }) => this.#isNew(`dex ${networkId} ${dexId}`));
  }

  freshTokens(page: PoolPage): PoolPage['tokens']['rows'] {
    return page.tokens.rows.filter(({ id }) => this.#isNew(`token ${id}`));
  }

  /** True the first time it is asked about `key`. */
  #isNew(key: string): boolean {
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    return true;
  }
}

/**
 * `wanted` are the pools of the page to store; `turnedAway` says why others are not.
 * `more` are rows that belong to the same pools and must be stored with them.
 */
export function poolPageOf(
  page: PoolPage,
  wanted: readonly PoolRow[],
  seen: Seen,
  seenBy: CollectorId,
  { turnedAway = [], more = [] }: { turnedAway?: readonly RejectedRows[]; more?: readonly TableRows[] } = {},
): CollectedPage {
  return pageOf(
    [page.pools, page.tokens, page.dexes],
    [
      packRows('dexes', seen.freshDexes(page)),
      packRows('tokens', seen.freshTokens(page)),
      packRows('pools', wanted),
      packRows(
        'pool_snapshots',
        wanted.map((pool) => ({ ...pool, poolId: pool.id, seenBy })),
      ),
      ...more,
    ],
    [...page.blanked, ...turnedAway],
  );
}
