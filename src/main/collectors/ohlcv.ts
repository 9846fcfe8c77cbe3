// Candles of the largest known pools, newest bars first. Asking for as many as one call gives also fills what was missed meanwhile.
import { packRows } from '../../shared/contract/tables';
import type { Timeframe } from '../../shared/domain/market';
import type { Collector } from './collector';
import { pageOf, shortfallPage } from './pages';
import { PartFailures } from './partFailures';

/** The most that one call returns; fewer would cost the same call. */
const CANDLES_PER_CALL = 1_000;
const TIMEFRAME_MS: Readonly<Record<Timeframe, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

export const ohlcvCollector: Collector = {
  id: 'ohlcv',
  title: 'Candles',
  description: 'Price bars of the largest pools.',
  reachesBackMs: ({ ohlcv: { timeframe, aggregate } }) => CANDLES_PER_CALL * aggregate * TIMEFRAME_MS[timeframe],
  async *collect(context) {
    const { client, settings, signal } = context;
    const failures = new PartFailures();
    const { pools: limit, timeframe, aggregate } = settings.ohlcv;
    const networkIds = settings.networks.map(({ id }) => id);
    for (const pool of await context.read('pools.largest', { networkIds, limit })) {
      const part = `${pool.networkId} / ${pool.name ?? pool.address}`;
      context.progress(part);
      try {
        const candles = await client.listCandles(
          {
            networkId: pool.networkId,
            poolAddress: pool.address,
            timeframe,
            aggregate,
            side: 'base',
            currency: 'usd',
            beforeS: null,
            limit: CANDLES_PER_CALL,
          },
          signal,
        );
        failures.succeeded();
        yield pageOf([candles], [packRows('candles', candles.rows)]);
      } catch (error) {
        yield shortfallPage(failures.failed(part, error));
      }
    }
    failures.finish();
  },
};
