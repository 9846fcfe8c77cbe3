// Where each CoinGecko plan is served, which header carries its key, and how fast it may be asked.
import type { KeyPlan } from '../../shared/domain/settings';

/** Plans that come with a key; a Demo key costs nothing but a registration. */
export type KeyedPlanName = Exclude<KeyPlan, 'none'>;

export interface Plan {
  readonly baseUrl: string;
  /** Default budget; below what the plan promises, because others on the same address or key count too. */
  readonly callsPerMinute: number;
  /** How far back candles can be asked for; null without a limit. */
  readonly historyDays: number | null;
}

export interface KeyedPlan extends Plan {
  /** Name of the header that carries the API key. */
  readonly keyHeader: string;
}

export const PLANS: { readonly none: Plan } & Readonly<Record<KeyedPlanName, KeyedPlan>> = {
  none: { baseUrl: 'https://api.geckoterminal.com/api/v2', callsPerMinute: 6, historyDays: 180 },
  demo: {
    baseUrl: 'https://api.coingecko.com/api/v3/onchain',
    keyHeader: 'x-cg-demo-api-key',
    callsPerMinute: 30,
    historyDays: 180,
  },
  pro: {
    baseUrl: 'https://pro-api.coingecko.com/api/v3/onchain',
    keyHeader: 'x-cg-pro-api-key',
    callsPerMinute: 250,
    historyDays: null,
  },
};
