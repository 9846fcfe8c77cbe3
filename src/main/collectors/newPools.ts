// The newest pools of every watched network: as deep as its share of the quota goes, until it meets what the last run has seen. Each
// is stored with a snapshot and a score, and each run says how much of what was launched it has seen.
import { packRows } from '../../shared/contract/tables';
import type { PoolRow } from '../../shared/domain/market';
import type { DiscoveryPollRow } from '../../shared/domain/poolHistory';
import { capturePoll, reachesBack } from './captureRate';
import type { CollectContext, CollectedPage, Collector } from './collector';
import { pageOf, shortfallPage } from './pages';
import { PartFailures } from './partFailures';
import { poolPageOf, Seen } from './poolPages';
import { signalsOf } from './scoring/signals';

const MINUTE_MS = 60_000;
/** Where the source's list ends whether or not there is more. */
const LAST_PAGE = 10;

export const newPoolsCollector: Collector = {
  id: 'new_pools',
  title: 'New pools',
  description: 'Launches of every watched network, with a score for each.',
  /** What leaves the list before it is seen is gone for good. */
  priority: 'high',
  async *collect(context) {
    const failures = new PartFailures();
    const seen = new Seen();
    const looks: NetworkLook[] = [];
    for (const { id } of context.settings.networks) looks.push(new NetworkLook(context, id, seen));
    let calls = callsAllowed(context);
    // Page by page over all networks, so that a busy one takes what a quiet one does not need, and never the other way round.
    for (let number = 1; number <= context.settings.newPools.maxPages; number += 1) {
      for (const look of looks) {
        if (look.isDone || (calls <= 0 && number > 1)) continue;
        calls -= 1;
        try {
          yield await look.nextPage();
          failures.succeeded();
        } catch (error) {
          look.isDone = true;
          yield shortfallPage(failures.failed(look.networkId, error));
        }
      }
    }
    for (const look of looks) yield* look.finish();
    failures.finish();
  },
};

/** The collector's share of the calls that the host allows between two runs; at least one call per network is always made. */
function callsAllowed({ client, settings }: CollectContext): number {
  const minutes = settings.collectors.new_pools.intervalMs / MINUTE_MS;
  return Math.floor(client.status().callsPerMinute * minutes * settings.newPools.quotaShare);
}

class NetworkLook {
  readonly networkId: string;
  isDone = false;
  readonly #context: CollectContext;
  readonly #seen: Seen;
  readonly #pools: PoolRow[] = [];
  #previous: DiscoveryPollRow | null = null;
  #pages = 0;
  #reachedEnd = false;

  constructor(context: CollectContext, networkId: string, seen: Seen) {
    this.#context = context;
    this.networkId = networkId;
    this.#seen = seen;
  }

  async nextPage(): Promise<CollectedPage> {
    const { client, signal, progress, read } = this.#context;
    const number = this.#pages + 1;
    progress(`${this.networkId}, page ${number}`);
    if (number === 1) this.#previous = await read('discovery.last', { networkId: this.networkId });
    const page = await client.listNewPools(this.networkId, number, signal);
    this.#pages = number;
    const fresh = this.#seen.freshPools(page);
    this.#pools.push(...fresh);
    this.#reachedEnd = page.isLast && number < LAST_PAGE;
    this.isDone = page.isLast || fresh.length === 0 || reachesBack(fresh, this.#previous);
    const signals = packRows('pool_signals', await signalsOf(this.#context, fresh));
    return poolPageOf(page, fresh, this.#seen, 'new_pools', { more: [signals] });
  }

  /** The figure of the run: what share of the launches since the run before it has seen. */
  *finish(): Generator<CollectedPage> {
    if (this.#pages === 0) return;
    const poll = capturePoll(
      {
        networkId: this.networkId,
        observedAtMs: this.#context.clock.wallMs(),
        pages: this.#pages,
        pools: this.#pools,
        reachedEnd: this.#reachedEnd,
      },
      this.#previous,
    );
    this.#context.progress(describe(poll));
    yield pageOf([], [packRows('discovery_polls', [poll])]);
  }
}

function describe({ networkId, freshPools, capturePct, missedEstimate }: DiscoveryPollRow): string {
  if (capturePct === null) return `${networkId}: ${freshPools} launches seen`;
  const missed = missedEstimate === 0 ? '' : `; about ${missedEstimate} went by unseen`;
  return `${networkId}: ${freshPools} launches seen since the last run, ${capturePct} %${missed}`;
}
