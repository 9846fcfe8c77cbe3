// Where each CoinGecko plan is served, which header carries its key, and how fast it may be asked.
import type { KeyPlan } from '../../../shared/domain/settings';

export interface Plan {
  readonly baseUrl: string;
  /** Name of the header that carries the API key; null for the keyless API. */
  readonly keyHeader: string | null;
  /** Default budget; below what the plan promises, because others on the same address or key count too. */
  readonly callsPerMinute: number;
}

export const PLANS: Readonly<Record<KeyPlan, Plan>> = {
  none: { baseUrl: 'https://api.geckoterminal.com/api/v2', keyHeader: null, callsPerMinute: 6 },
  demo: {
    baseUrl: 'https://api.coingecko.com/api/v3/onchain',
    keyHeader: 'x-cg-demo-api-key',
    callsPerMinute: 30,
  },
  pro: {
    baseUrl: 'https://pro-api.coingecko.com/api/v3/onchain',
    keyHeader: 'x-cg-pro-api-key',
    callsPerMinute: 250,
  },
};
