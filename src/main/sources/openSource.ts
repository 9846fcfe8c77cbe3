// Which source serves a profile: the one place that names them.
import { createCoinGeckoClient, type CoinGeckoKey } from './coingecko/client';
import { createGeckoTerminalClient } from './geckoterminal/client';
import type { OnchainOptions } from './geckoterminal/onchainClient';
import type { MarketSource } from './marketSource';

/** Throws an Error with a readable sentence when something in the options cannot be used. */
export function openSource(key: CoinGeckoKey | null, options: OnchainOptions): MarketSource {
  return key ? createCoinGeckoClient(key, options) : createGeckoTerminalClient(options);
}
