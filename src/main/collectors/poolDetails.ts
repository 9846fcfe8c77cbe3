// Looks again at pools that no list shows any more: launches of the last day above all. Without it every new pool would be seen once,
// and no score could ever tell a trend.
import { NO_LONGER_KNOWN } from '../../shared/domain/collector';
import { packRows } from '../../shared/contract/tables';
import { ADDRESSES_PER_CALL } from '../sources/marketSource';
import { batchesOf } from './batches';
import type { Collector } from './collector';
import { shortfallPage } from './pages';
import { PartFailures } from './partFailures';
import { poolPageOf, Seen } from './poolPages';
import { signalsOf } from './scoring/signals';

const HOUR_MS = 3_600_000;
/** A pool of any age that no list has shown for so long is worth a look of its own. */
const FORGOTTEN_AFTER_MS = 6 * HOUR_MS;

export const poolDetailsCollector: Collector = {
  id: 'pool_details',
  title: 'Pools revisited',
  description: 'Young and forgotten pools by address, so that each has a history.',
  async *collect(context) {
    const { client, clock, settings, signal } = context;
    const { pools: limit, youngHours } = settings.poolDetails;
    const nowMs = clock.wallMs();
    const due = await context.read('pools.toRevisit', {
      networkIds: settings.networks.map(({ id }) => id),
      createdSinceMs: nowMs - youngHours * HOUR_MS,
      youngBeforeMs: nowMs - settings.collectors.pool_details.intervalMs,
      otherBeforeMs: nowMs - FORGOTTEN_AFTER_MS,
      limit,
    });
    const failures = new PartFailures();
    const seen = new Seen();
    for (const { networkId, items } of batchesOf(due, ADDRESSES_PER_CALL)) {
      const part = `${networkId}, ${items.length} pools`;
      context.progress(part);
      try {
        const page = await client.listPoolsByAddress(
          networkId,
          items.map(({ address }) => address),
          signal,
        );
        failures.succeeded();
        const found = seen.freshPools(page);
        const missing = items.length - page.pools.fetched;
        yield poolPageOf(page, found, seen, 'pool_details', {
          turnedAway: missing > 0 ? [{ reason: NO_LONGER_KNOWN, count: missing }] : [],
          more: [packRows('pool_signals', await signalsOf(context, found))],
        });
      } catch (error) {
        yield shortfallPage(failures.failed(part, error));
      }
    }
    failures.finish();
  },
};
