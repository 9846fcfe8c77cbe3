// Tokens by address with their market figures, and what is said about one token.
import type { TokenDetailRow, TokenInfoRow } from '../../../shared/domain/tokenFacts';
import type { Parsed, TokenPage } from '../marketSource';
import { objectAnswer, tokenDetailResource, tokenInfoResource } from './detailSchemas';
import { canonicalId } from './ids';
import { malformed } from './malformed';
import { ownAddress, parseTokenResources, type ParseContext } from './parseResources';
import { readItems } from './readItems';
import { checked } from './sanity';
import { listAnswer } from './schemas';

/** Throws a SourceError `malformed` when the answer is not a list. */
export function parseTokens(answer: unknown, context: ParseContext): TokenPage {
  const parsed = listAnswer.safeParse(answer);
  if (!parsed.success) throw malformed('tokens', answer);
  const { data } = parsed.data;
  const { networkId, observedAtMs } = context;
  return {
    tokens: parseTokenResources(data, context),
    details: readItems(data, tokenDetailResource, ({ id, attributes }): TokenDetailRow => {
      const address = ownAddress(id, attributes.address, networkId);
      const { launchpad_details: launchpad } = attributes;
      const migratedTo = launchpad.migrated_destination_pool_address;
      return {
        id: `${networkId}_${address}`,
        networkId,
        address,
        priceUsd: checked(attributes.price_usd, 'price'),
        fdvUsd: checked(attributes.fdv_usd, 'fully diluted value', 'valuation'),
        marketCapUsd: checked(attributes.market_cap_usd, 'market capitalisation', 'valuation'),
        totalSupply: attributes.normalized_total_supply,
        reserveUsd: checked(attributes.total_reserve_in_usd, 'reserve'),
        volumeUsdH24: checked(attributes.volume_usd.h24, 'volume'),
        imageUrl: attributes.image_url,
        coingeckoId: attributes.coingecko_coin_id,
        graduationPct: launchpad.graduation_percentage,
        graduatedAtMs: launchpad.completed_at,
        migratedPoolId: migratedTo === null ? null : canonicalId(migratedTo, networkId),
        lastTradeAtMs: attributes.last_trade_timestamp,
        observedAtMs,
      };
    }),
  };
}

/** Throws a SourceError `malformed` when the answer holds no token. */
export function parseTokenInfo(answer: unknown, context: ParseContext): Parsed<TokenInfoRow> {
  const parsed = objectAnswer.safeParse(answer);
  if (!parsed.success) throw malformed('facts', answer);
  const { networkId, observedAtMs } = context;
  return readItems([parsed.data.data], tokenInfoResource, ({ id, attributes }) => {
    const address = ownAddress(id, attributes.address, networkId);
    const { holders } = attributes;
    return {
      id: `${networkId}_${address}`,
      networkId,
      address,
      description: attributes.description,
      imageUrl: attributes.image_url,
      websites: jsonUnlessEmpty(attributes.websites),
      discordUrl: attributes.discord_url,
      farcasterUrl: attributes.farcaster_url,
      zoraUrl: attributes.zora_url,
      telegramHandle: attributes.telegram_handle,
      twitterHandle: attributes.twitter_handle,
      categories: jsonUnlessEmpty(attributes.categories),
      gtScore: attributes.gt_score,
      gtScoreDetails: attributes.gt_score_details === null ? null : JSON.stringify(attributes.gt_score_details),
      gtVerified: attributes.gt_verified,
      holders: holders.count,
      holderDistribution:
        holders.distribution_percentage === null ? null : JSON.stringify(holders.distribution_percentage),
      holdersAtMs: holders.last_updated,
      mintAuthority: attributes.mint_authority,
      freezeAuthority: attributes.freeze_authority,
      isHoneypot: attributes.is_honeypot,
      developerAddress: attributes.developer_address,
      developerHoldingPct: attributes.developer_holding_percentage,
      metadataAtMs: attributes.metadata_updated_at,
      observedAtMs,
    };
  });
}

/** An empty list says nothing, and nothing never overwrites something. */
function jsonUnlessEmpty(values: readonly string[]): string | null {
  return values.length === 0 ? null : JSON.stringify(values);
}
