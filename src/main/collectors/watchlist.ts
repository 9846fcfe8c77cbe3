// Fresh figures of the watched pools, many in one call; and the watchlist's own growth, where it is wanted: pools whose signal
// scored high enough are added with their reasons.
import { packRows } from '../../shared/contract/tables';
import type { PoolRow } from '../../shared/domain/market';
import type { WatchlistItem } from '../../shared/domain/watchlist';
import { ADDRESSES_PER_CALL } from '../sources/marketSource';
import { autoAdded } from './autoWatch';
import { batchesOf } from './batches';
import type { Collector } from './collector';
import { shortfallPage } from './pages';
import { PartFailures } from './partFailures';
import { poolPageOf, Seen } from './poolPages';

const NAMED_MISSING = 3;

export const watchlistCollector: Collector = {
  id: 'watchlist',
  title: 'Watchlist',
  description: 'Fresh figures of the watched pools.',
  async *collect(context) {
    const { client, signal } = context;
    const added = await autoAdded(context);
    if (added.length > 0)
      yield { parts: [packRows('watchlist', added)], fetched: 0, valid: 0, rejected: [], shortfall: null };
    const failures = new PartFailures();
    const seen = new Seen();
    const watched = await context.read('watchlist.list', { activeOnly: true });
    for (const { networkId, items } of batchesOf(watched, ADDRESSES_PER_CALL)) {
      const part = `${networkId}, ${items.length} pools`;
      context.progress(part);
      try {
        const addresses = items.map(({ address }) => address);
        const page = await client.listPoolsByAddress(networkId, addresses, signal);
        failures.succeeded();
        const stored = poolPageOf(page, seen.freshPools(page), seen, 'watchlist');
        yield { ...stored, shortfall: missingIn(page.pools.rows, items) };
      } catch (error) {
        yield shortfallPage(failures.failed(part, error));
      }
    }
    failures.finish();
  },
};

/** The source leaves out what it does not know, without a word. */
function missingIn(pools: readonly PoolRow[], items: readonly WatchlistItem[]): string | null {
  const had = new Set(pools.map(({ id }) => id));
  const missing = items.filter(({ id }) => !had.has(id));
  if (missing.length === 0) return null;
  const named = missing.slice(0, NAMED_MISSING).map(({ symbol, poolName, id }) => symbol ?? poolName ?? id);
  const others = missing.length - named.length;
  const names = others > 0 ? `${named.join(', ')} and ${others} more` : named.join(', ');
  return `${missing.length} of ${items.length} watched pools are not known to the source: ${names}`;
}
