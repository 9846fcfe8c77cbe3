// Collectors must not notice which source they use, so their tests run over each: a file of tests makes its source here, and a
// second file chooses the other source and imports the first.
import type { MarketServerOptions } from '../../src/main/demo/httpServer';
import type { CoinGeckoKey } from '../../src/main/sources/coingecko/client';
import type { OnchainOptions } from '../../src/main/sources/geckoterminal/onchainClient';
import type { MarketSource } from '../../src/main/sources/marketSource';
import { openSource } from '../../src/main/sources/openSource';

/** Null is GeckoTerminal without a key. */
let key: CoinGeckoKey | null = null;

export function testOverCoinGecko(chosen: CoinGeckoKey): void {
  key = chosen;
}

export function keyUnderTest(): CoinGeckoKey | null {
  return key;
}

/** What the stand-in market must be told to serve the source under test. */
export function standInUnderTest(): Pick<MarketServerOptions, 'twin'> {
  return key ? { twin: { plan: key.plan, key: key.value } } : {};
}

export function sourceUnderTest(options: OnchainOptions): MarketSource {
  return openSource(key, options);
}
