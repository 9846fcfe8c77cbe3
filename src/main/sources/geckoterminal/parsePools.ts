// A page of pools with the tokens and DEXes it includes.
import type { RejectedRows } from '../../../shared/domain/collector';
import type { PoolRow } from '../../../shared/domain/market';
import type { PoolPage } from '../marketSource';
import { canonicalId } from './ids';
import { malformed } from './malformed';
import { ofType, ownAddress, parseDexResources, parseTokenResources, type ParseContext } from './parseResources';
import { Rejection, readItems } from './readItems';
import { checked, unreadable } from './sanity';
import { listAnswer, poolResource, type PoolResource } from './schemas';

/** Entries on a full page; fewer mean that no page follows. */
const POOLS_PER_PAGE = 20;

/** Throws a SourceError `malformed` when the answer is not a list. */
export function parsePools(answer: unknown, context: ParseContext): PoolPage {
  const parsed = listAnswer.safeParse(answer);
  if (!parsed.success) throw malformed('pools', answer);
  const { data, included } = parsed.data;
  return {
    pools: readItems(data, poolResource, (pool) => toPoolRow(pool, context)),
    tokens: parseTokenResources(ofType(included, 'token'), context),
    dexes: parseDexResources(ofType(included, 'dex'), context),
    blanked: countBlanked(data),
    isLast: data.length < POOLS_PER_PAGE,
  };
}

function toPoolRow({ id, attributes, relationships }: PoolResource, context: ParseContext): PoolRow {
  const { networkId, observedAtMs } = context;
  if (relationships.network !== null && relationships.network !== networkId)
    throw new Rejection('pool of another network');
  if (relationships.dex === null) throw new Rejection('pool without a DEX');
  const address = ownAddress(id, attributes.address, networkId);
  const { base_token: baseToken, quote_token: quoteToken } = relationships;
  const { volume_usd: volume, price_change_percentage: change, transactions } = attributes;
  return {
    id: `${networkId}_${address}`,
    networkId,
    dexId: relationships.dex,
    address,
    name: attributes.name,
    baseTokenId: baseToken === null ? null : canonicalId(baseToken, networkId),
    quoteTokenId: quoteToken === null ? null : canonicalId(quoteToken, networkId),
    createdAtMs: attributes.pool_created_at,
    basePriceUsd: checked(attributes.base_token_price_usd, 'price'),
    quotePriceUsd: checked(attributes.quote_token_price_usd, 'price of the quote token'),
    reserveUsd: checked(attributes.reserve_in_usd, 'reserve'),
    fdvUsd: checked(attributes.fdv_usd, 'fully diluted value', 'valuation'),
    marketCapUsd: checked(attributes.market_cap_usd, 'market capitalisation', 'valuation'),
    volumeUsdM5: checked(volume.m5, 'volume'),
    volumeUsdH1: checked(volume.h1, 'volume'),
    volumeUsdH6: checked(volume.h6, 'volume'),
    volumeUsdH24: checked(volume.h24, 'volume'),
    changePctM5: change.m5,
    changePctH1: change.h1,
    changePctH6: change.h6,
    changePctH24: change.h24,
    buysH1: transactions.h1.buys,
    sellsH1: transactions.h1.sells,
    buysH24: transactions.h24.buys,
    sellsH24: transactions.h24.sells,
    buyersH24: transactions.h24.buyers,
    sellersH24: transactions.h24.sellers,
    feePct: attributes.pool_fee_percentage,
    lockedLiquidityPct: attributes.locked_liquidity_percentage,
    observedAtMs,
  };
}

/** What the window cannot do without: a blank in it is worth a word. */
const NUMBER_FIELDS = {
  base_token_price_usd: 'price',
  quote_token_price_usd: 'price of the quote token',
  reserve_in_usd: 'reserve',
  fdv_usd: 'fully diluted value',
  market_cap_usd: 'market capitalisation',
};

function countBlanked(entries: readonly unknown[]): readonly RejectedRows[] {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    for (const label of unreadable((entry as { readonly attributes?: unknown } | null)?.attributes, NUMBER_FIELDS)) {
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  }
  return [...counts].map(([label, count]) => ({ reason: `${label} is not a number and was left blank`, count }));
}
