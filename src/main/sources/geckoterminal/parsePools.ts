// A page of pools with the tokens and DEXes it includes.
import type { PoolRow } from '../../../shared/domain/market';
import type { PoolPage } from './clientTypes';
import { canonicalId } from './ids';
import { malformed } from './malformed';
import { ofType, ownAddress, parseDexResources, parseTokenResources, type ParseContext } from './parseResources';
import { Rejection, readItems } from './readItems';
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
    basePriceUsd: attributes.base_token_price_usd,
    quotePriceUsd: attributes.quote_token_price_usd,
    reserveUsd: attributes.reserve_in_usd,
    fdvUsd: attributes.fdv_usd,
    marketCapUsd: attributes.market_cap_usd,
    volumeUsdM5: volume.m5,
    volumeUsdH1: volume.h1,
    volumeUsdH6: volume.h6,
    volumeUsdH24: volume.h24,
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
