// A page of the networks that the source knows.
import type { NetworkRow } from '../../../shared/domain/market';
import type { NetworkPage } from '../marketSource';
import { malformed } from './malformed';
import { readItems } from './readItems';
import { listAnswer, networkResource } from './schemas';

/** Throws a SourceError `malformed` when the answer is not a list. */
export function parseNetworks(answer: unknown, observedAtMs: number): NetworkPage {
  const parsed = listAnswer.safeParse(answer);
  if (!parsed.success) throw malformed('networks', answer);
  const { data, links } = parsed.data;
  const networks = readItems(data, networkResource, ({ id, attributes }): NetworkRow => ({
    networkId: id,
    name: attributes.name,
    coingeckoPlatformId: attributes.coingecko_asset_platform_id,
    observedAtMs,
  }));
  return { networks, isLast: data.length === 0 || links.next === null };
}
