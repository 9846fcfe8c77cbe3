// Ids of pools and tokens in the one spelling that is stored. The original wrote them with, without and with a doubled prefix.
import { addressOf } from '../sources/geckoterminal/ids';
import { type Cells, Rejection, shown } from './cells';

export interface Identity {
  readonly id: string;
  readonly networkId: string;
  readonly address: string;
}

/** Networks that the original named in code; a source adds those that its own columns name. */
export const USUAL_NETWORKS = [
  'solana',
  'eth',
  'bsc',
  'polygon_pos',
  'base',
  'arbitrum',
  'optimism',
  'avax',
  'ton',
  'tron',
  'sui-network',
] as const;

export interface Networks {
  /** Every network whose prefix is cut off. */
  readonly known: ReadonlySet<string>;
  /** For ids without one; null when nobody can tell. */
  readonly fallback: string | null;
}

/**
 * @param idOrAddress as found; @param stated the network that another column of the row names, or null
 * @throws Rejection when no network or no address can be told
 */
export function identify(cells: Cells, idOrAddress: string, stated: string | null, networks: Networks): Identity {
  const prefixed = [...networks.known, ...(stated === null ? [] : [stated])]
    .filter((network) => idOrAddress.startsWith(`${network}_`))
    .toSorted((a, b) => b.length - a.length)[0];
  const networkId = prefixed ?? stated ?? networks.fallback;
  if (networkId === null) throw new Rejection('no network can be told from its id', shown(idOrAddress));
  const address = addressOf(idOrAddress, networkId);
  if (address === null) throw new Rejection('its id holds no address', shown(idOrAddress));
  if (prefixed === undefined) cells.repaired('network missing in an id', idOrAddress);
  else if (idOrAddress.startsWith(`${networkId}_${networkId}_`)) cells.repaired('network twice in an id', idOrAddress);
  if (!idOrAddress.endsWith(address)) cells.repaired('letter case of an address', idOrAddress);
  return { id: `${networkId}_${address}`, networkId, address };
}
