// Market figures of tokens, thirty in a call: price, supply, valuation, how far a launchpad token has come.
import { packRows } from '../../shared/contract/tables';
import type { TokenReference } from '../../shared/contract/reads';
import type { TokenDetailRow } from '../../shared/domain/tokenFacts';
import { ADDRESSES_PER_CALL } from '../sources/marketSource';
import { batchesOf } from './batches';
import type { Collector } from './collector';
import { pageOf, shortfallPage } from './pages';
import { PartFailures } from './partFailures';

const HOUR_MS = 3_600_000;

export const tokenDetailsCollector: Collector = {
  id: 'token_details',
  title: 'Token figures',
  description: 'Price, supply and valuation of the tokens in stored pools.',
  priority: 'low',
  async *collect(context) {
    const { client, clock, settings, signal } = context;
    const { tokens: limit, refreshAfterHours } = settings.tokenDetails;
    const due = await context.read('tokens.due', {
      about: 'token_details',
      networkIds: settings.networks.map(({ id }) => id),
      observedBeforeMs: clock.wallMs() - refreshAfterHours * HOUR_MS,
      limit,
    });
    const failures = new PartFailures();
    for (const { networkId, items } of batchesOf(due, ADDRESSES_PER_CALL)) {
      const part = `${networkId}, ${items.length} tokens`;
      context.progress(part);
      try {
        const page = await client.listTokensByAddress(
          networkId,
          items.map(({ address }) => address),
          signal,
        );
        failures.succeeded();
        const told = new Set(page.details.rows.map(({ id }) => id));
        // The source leaves out what it does not know: noted with nothing but the time, or the same would be asked for ever.
        const untold = items.filter(({ id }) => !told.has(id)).map((token) => nothingTold(token, clock.wallMs()));
        const parts = [
          packRows('tokens', page.tokens.rows),
          packRows('token_details', [...page.details.rows, ...untold]),
        ];
        yield { ...pageOf([page.details], parts), asked: items.length };
      } catch (error) {
        yield shortfallPage(failures.failed(part, error));
      }
    }
    failures.finish();
  },
};

function nothingTold({ id, networkId, address }: TokenReference, observedAtMs: number): TokenDetailRow {
  return {
    id,
    networkId,
    address,
    priceUsd: null,
    fdvUsd: null,
    marketCapUsd: null,
    totalSupply: null,
    reserveUsd: null,
    volumeUsdH24: null,
    imageUrl: null,
    coingeckoId: null,
    graduationPct: null,
    graduatedAtMs: null,
    migratedPoolId: null,
    lastTradeAtMs: null,
    observedAtMs,
  };
}
