// The pools that people look at most, per watched network: a list that mixes exchanges and finds what volume alone does not.
import type { CollectContext, CollectedPage, Collector } from './collector';
import { shortfallPage } from './pages';
import { PartFailures } from './partFailures';
import { poolPageOf, Seen } from './poolPages';

export const trendingCollector: Collector = {
  id: 'trending',
  title: 'Trending pools',
  description: 'The pools that most people look at.',
  priority: 'low',
  async *collect(context) {
    const failures = new PartFailures();
    for (const { id } of context.settings.networks) {
      try {
        yield* collectNetwork(context, id, () => failures.succeeded());
      } catch (error) {
        yield shortfallPage(failures.failed(id, error));
      }
    }
    failures.finish();
  },
};

async function* collectNetwork(
  context: CollectContext,
  networkId: string,
  onSuccess: () => void,
): AsyncGenerator<CollectedPage> {
  const { client, signal, settings } = context;
  const { window, maxPages } = settings.trending;
  const seen = new Seen();
  for (let number = 1; number <= maxPages; number += 1) {
    context.progress(`${networkId}, page ${number}`);
    const page = await client.listTrendingPools(networkId, window, number, signal);
    onSuccess();
    const fresh = seen.freshPools(page);
    yield poolPageOf(page, fresh, seen, 'trending');
    if (page.isLast || fresh.length === 0) return;
  }
}
