// What is said about tokens: descriptions, links, scores, holders, who may mint or freeze. One call per token, so a few per run, those
// with the most worth in pools first.
import type { TokenReference } from '../../shared/contract/reads';
import { packRows } from '../../shared/contract/tables';
import type { TokenInfoRow } from '../../shared/domain/tokenFacts';
import { SourceError } from '../sources/http/sourceError';
import type { CollectContext, CollectedPage, Collector } from './collector';
import { pageOf, shortfallPage } from './pages';
import { PartFailures } from './partFailures';

const HOUR_MS = 3_600_000;

export const tokenInfosCollector: Collector = {
  id: 'token_infos',
  title: 'Token facts',
  description: 'Descriptions, links, scores and holders of tokens.',
  priority: 'low',
  async *collect(context) {
    const { clock, settings } = context;
    const { tokens: limit, refreshAfterHours } = settings.tokenInfos;
    const due = await context.read('tokens.due', {
      about: 'token_infos',
      networkIds: settings.networks.map(({ id }) => id),
      observedBeforeMs: clock.wallMs() - refreshAfterHours * HOUR_MS,
      limit,
    });
    const failures = new PartFailures();
    for (const token of due) {
      const part = `${token.networkId} / ${token.address}`;
      context.progress(part);
      try {
        yield await describe(context, token);
        failures.succeeded();
      } catch (error) {
        yield shortfallPage(failures.failed(part, error));
      }
    }
    failures.finish();
  },
};

/** A token of which nothing is known is noted as such: that is an answer, and asking again at once would bring no other. */
async function describe({ client, clock, signal }: CollectContext, token: TokenReference): Promise<CollectedPage> {
  try {
    const infos = await client.describeToken(token.networkId, token.address, signal);
    return pageOf([infos], [packRows('token_infos', infos.rows)]);
  } catch (error) {
    if (!(error instanceof SourceError) || error.class !== 'not_found') throw error;
    return pageOf([], [packRows('token_infos', [nothingKnown(token, clock.wallMs())])]);
  }
}

function nothingKnown({ id, networkId, address }: TokenReference, observedAtMs: number): TokenInfoRow {
  return {
    id,
    networkId,
    address,
    description: null,
    imageUrl: null,
    websites: null,
    discordUrl: null,
    farcasterUrl: null,
    zoraUrl: null,
    telegramHandle: null,
    twitterHandle: null,
    categories: null,
    gtScore: null,
    gtScoreDetails: null,
    gtVerified: null,
    holders: null,
    holderDistribution: null,
    holdersAtMs: null,
    mintAuthority: null,
    freezeAuthority: null,
    isHoneypot: null,
    developerAddress: null,
    developerHoldingPct: null,
    metadataAtMs: null,
    observedAtMs,
  };
}
