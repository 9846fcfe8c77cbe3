// Trades of the largest pools above a volume. The source tells the last 300 at most and has no pages: when they do not reach back to
// the newest that is stored, some went by unseen, and the run says so.
import type { PoolReference } from '../../shared/contract/reads';
import { packRows } from '../../shared/contract/tables';
import type { TradeRow } from '../../shared/domain/market';
import { parseDecimal } from '../../shared/util/decimal';
import type { Parsed } from '../sources/marketSource';
import { TRADES_PER_CALL } from '../sources/marketSource';
import { addressOf } from '../sources/geckoterminal/ids';
import type { Collector } from './collector';
import { pageOf, shortfallPage } from './pages';
import { PartFailures } from './partFailures';

const SECOND_MS = 1_000;

export const tradesCollector: Collector = {
  id: 'trades',
  title: 'Trades',
  description: 'Single swaps in the largest pools, above a volume.',
  async *collect(context) {
    const { client, settings, signal } = context;
    const { pools: limit, minVolumeUsd } = settings.trades;
    const networkIds = settings.networks.map(({ id }) => id);
    const pools = await context.read('pools.largest', { networkIds, limit });
    const newest = await context.read('trades.newest', { poolIds: pools.map(({ id }) => id) });
    const newestOf = new Map(newest.map(({ poolId, blockAtMs }) => [poolId, blockAtMs]));
    const failures = new PartFailures();
    for (const pool of pools) {
      const part = `${pool.networkId} / ${pool.name ?? pool.address}`;
      context.progress(part);
      try {
        const trades = await client.listTrades(
          {
            networkId: pool.networkId,
            poolAddress: pool.address,
            baseTokenAddress: baseTokenOf(pool),
            minVolumeUsd: parseDecimal(minVolumeUsd) ?? '0',
          },
          signal,
        );
        failures.succeeded();
        const page = pageOf([trades], [packRows('trades', trades.rows)]);
        yield { ...page, shortfall: describeHole(part, trades, newestOf.get(pool.id) ?? null) };
      } catch (error) {
        yield shortfallPage(failures.failed(part, error));
      }
    }
    failures.finish();
  },
};

function baseTokenOf({ baseTokenId, networkId }: PoolReference): string | null {
  return baseTokenId === null ? null : addressOf(baseTokenId, networkId);
}

/** `newestMs` is when the newest stored trade was, before this answer. */
function describeHole(part: string, trades: Parsed<TradeRow>, newestMs: number | null): string | null {
  const oldestMs = trades.rows[0]?.blockAtMs;
  if (newestMs === null || oldestMs === undefined || trades.fetched < TRADES_PER_CALL || oldestMs <= newestMs)
    return null;
  const seconds = Math.round((oldestMs - newestMs) / SECOND_MS);
  return `${part}: trades of ${seconds} s went by unseen; the source tells only the last ${TRADES_PER_CALL}.`;
}
