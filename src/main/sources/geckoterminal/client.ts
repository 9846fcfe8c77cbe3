// GeckoTerminal's public API: no key, and a budget that everybody behind the same address shares.
import type { MarketSource } from '../marketSource';
import { KEYLESS } from './dialect';
import { createOnchainClient, type OnchainOptions } from './onchainClient';

/** Throws an Error with a readable sentence when the base URL or the rate cannot be used. */
export function createGeckoTerminalClient(options: OnchainOptions): MarketSource {
  return createOnchainClient(KEYLESS, null, options);
}
