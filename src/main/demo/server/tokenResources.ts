// A token on the wire with its market figures, and what is told about it.
import type { PoolView } from '../market/market';
import type { Token } from '../market/model';
import { hashText } from '../market/random';
import { decimal, isoTime } from './numbers';
import type { JsonObject, Resource } from './resources';
import { sumOf, tokenIdentity, valuation } from './resources';

/** Price of the token as its busiest pool sees it; null when nobody has traded it. */
export function tokenPriceUsd(token: Token, views: readonly PoolView[]): number | null {
  const view = views.find((candidate) => candidate.last !== null);
  if (view === undefined || view.last === null) return null;
  return view.pool.base.id === token.id ? view.last.priceUsd : view.last.quoteUsd;
}

export function detailedTokenResource(
  token: Token,
  views: readonly PoolView[],
  topPools: readonly PoolView[],
  atS: number,
): Resource {
  const priceUsd = tokenPriceUsd(token, views);
  const lastTradeS = Math.max(...views.map((view) => view.last?.atS ?? 0), 0);
  return {
    id: token.id,
    type: 'token',
    attributes: {
      ...tokenIdentity(token),
      total_supply: `${BigInt(Math.round(token.supply)) * 10n ** BigInt(token.decimals)}.0`,
      normalized_total_supply: decimal(token.supply),
      price_usd: priceUsd === null ? null : decimal(priceUsd, 17, 10),
      ...valuation(token, priceUsd),
      total_reserve_in_usd: decimal(
        sumOf(views, (view) => view.reserveUsd),
        17,
      ),
      volume_usd: {
        h24: decimal(
          sumOf(views, (view) => view.windows.h24.volumeUsd),
          15,
          10,
        ),
      },
      ...(lastTradeS === 0 ? {} : { last_trade_timestamp: String(lastTradeS) }),
      ...launchpadDetails(token, views, atS),
    },
    relationships: { top_pools: { data: topPools.map((view) => ({ id: view.pool.id, type: 'pool' })) } },
  };
}

function launchpadDetails(token: Token, views: readonly PoolView[], atS: number): JsonObject {
  if (token.launchpad === null) return {};
  const { graduatedAtS, graduatedPoolAddress } = token.launchpad;
  const completed = graduatedAtS !== null && graduatedAtS <= atS;
  const curve = views.find((view) => view.pool.base.id === token.id)?.last?.priceUsd ?? token.path.levelUsd;
  const filled = Math.min(99, Math.max(0, (100 * Math.log(curve / token.path.levelUsd)) / Math.log(12)));
  return {
    launchpad_details: {
      graduation_percentage: completed ? 100 : Math.round(filled * 100) / 100,
      completed,
      completed_at: completed ? isoTime(graduatedAtS) : null,
      migrated_destination_pool_address: completed ? graduatedPoolAddress : null,
    },
  };
}

/** Information about a token as the pool endpoint gives it: only the short form, tied to the pool. */
export function poolTokenInfoResource(token: Token, poolId: string): Resource {
  return {
    id: token.id,
    type: 'token',
    attributes: { ...tokenIdentity(token), banner_image_url: null, ...standing(token) },
    relationships: { pool: { data: { id: poolId, type: 'pool' } } },
  };
}

export function tokenInfoResource(token: Token): Resource {
  const known = token.coinId !== null;
  return {
    id: token.id,
    type: 'token',
    attributes: {
      ...tokenIdentity(token),
      image: { thumb: null, small: null, large: null },
      banner_image_url: null,
      websites: [],
      description: known ? `${token.name} is an invented token of the demo market.` : null,
      discord_url: null,
      farcaster_url: null,
      zora_url: null,
      telegram_handle: null,
      twitter_handle: null,
      gt_score_details: null,
      categories: [],
      gt_category_ids: [],
      holders: null,
      ...standing(token),
    },
  };
}

function standing(token: Token): JsonObject {
  const known = token.coinId !== null;
  const authority = token.networkId === 'solana' ? 'no' : null;
  return {
    gt_score: known ? 50 + (hashText(0, token.id) % 4000) / 100 : null,
    gt_verified: known,
    mint_authority: authority,
    freeze_authority: authority,
    is_honeypot: 'unknown',
    developer_address: null,
    developer_holding_percentage: null,
  };
}
