// CoinGecko's on-chain API: the data of GeckoTerminal for those who have a key, with a budget of their own.
import { assertNever } from '../../../shared/util/assertNever';
import type { Dialect } from '../geckoterminal/dialect';
import { createOnchainClient, type OnchainOptions } from '../geckoterminal/onchainClient';
import type { MarketSource } from '../marketSource';
import { PLANS, type KeyedPlanName } from '../plans';
import { COINGECKO_DEMO, COINGECKO_PRO } from './dialect';

export interface CoinGeckoKey {
  readonly plan: KeyedPlanName;
  readonly value: string;
}

/** Throws an Error with a readable sentence, never with the key, when the base URL, the key or the rate cannot be used. */
export function createCoinGeckoClient(key: CoinGeckoKey, options: OnchainOptions): MarketSource {
  return createOnchainClient(dialectOf(key.plan), { name: PLANS[key.plan].keyHeader, value: key.value }, options);
}

function dialectOf(plan: KeyedPlanName): Dialect {
  switch (plan) {
    case 'demo':
      return COINGECKO_DEMO;
    case 'pro':
      return COINGECKO_PRO;
    default:
      return assertNever(plan);
  }
}
