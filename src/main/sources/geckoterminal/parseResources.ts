// Resources that stand alone or are included in other answers: tokens and DEXes.
import type { DexRow, TokenRow } from '../../../shared/domain/market';
import type { Parsed } from '../marketSource';
import { addressOf } from './ids';
import { Rejection, readItems } from './readItems';
import { dexResource, tokenResource } from './schemas';

export interface ParseContext {
  /** The network that was asked; answers about one network do not repeat it. */
  readonly networkId: string;
  /** Wall time at which the answer arrived: the data carries no time of its own. */
  readonly observedAtMs: number;
}

export function parseDexResources(entries: readonly unknown[], context: ParseContext): Parsed<DexRow> {
  return readItems(entries, dexResource, (dex) => ({
    networkId: context.networkId,
    dexId: dex.id,
    name: dex.attributes.name,
    observedAtMs: context.observedAtMs,
  }));
}

export function parseTokenResources(entries: readonly unknown[], context: ParseContext): Parsed<TokenRow> {
  const { networkId, observedAtMs } = context;
  return readItems(entries, tokenResource, ({ id, attributes }) => {
    const address = ownAddress(id, attributes.address, networkId);
    return {
      id: `${networkId}_${address}`,
      networkId,
      address,
      symbol: attributes.symbol,
      name: attributes.name,
      decimals: attributes.decimals,
      observedAtMs,
    };
  });
}

/** The address of a resource, from its id and its own field; when both are there they must agree. */
export function ownAddress(id: string, address: string | null, networkId: string): string {
  const fromId = addressOf(id, networkId);
  const own = address === null ? fromId : addressOf(address, networkId);
  if (own === null || fromId === null) throw new Rejection('address missing or malformed');
  if (own !== fromId) throw new Rejection('id and address disagree');
  return own;
}

/** The entries of one resource type; `included` mixes them. */
export function ofType(entries: readonly unknown[], type: string): readonly unknown[] {
  return entries.filter(
    (entry) => typeof entry === 'object' && entry !== null && (entry as { readonly type?: unknown }).type === type,
  );
}
