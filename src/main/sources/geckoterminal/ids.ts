// Addresses and ids. An id is `<network>_<address>`, but networks contain "_" themselves (polygon_pos) and so may addresses:
// only the known network's prefix is ever cut off, nothing is split.

const HEX = /^0x[0-9a-fA-F]+$/;
const ADDRESS = /^[\x21-\x7e]{1,200}$/;

/** Hexadecimal addresses are case-insensitive and become lower case; all others (base58, Move types) are left alone. */
export function foldAddress(address: string): string {
  return HEX.test(address) ? address.toLowerCase() : address;
}

/**
 * The address inside an id, or inside a bare address; a prefix that was put on twice is cut off twice.
 * Null when what remains cannot be an address.
 */
export function addressOf(id: string, networkId: string): string | null {
  const prefix = `${networkId}_`;
  let address = id;
  while (address.startsWith(prefix)) address = address.slice(prefix.length);
  return ADDRESS.test(address) ? foldAddress(address) : null;
}

/** The one spelling of an id that is stored; null when `idOrAddress` holds no address. */
export function canonicalId(idOrAddress: string, networkId: string): string | null {
  const address = addressOf(idOrAddress, networkId);
  return address === null ? null : `${networkId}_${address}`;
}
