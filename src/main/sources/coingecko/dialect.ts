// How CoinGecko's hosts differ from GeckoTerminal's: they check a key, and have codes of their own for what is wrong with it.
import { PLAN_LIMIT, type Dialect, type Refusal } from '../geckoterminal/dialect';

/** Only higher plans are shown more; what a key may see cannot be read from it, so the host has the last word. */
const LAST_PAGE_PRO = 100;
const LAST_PAGE_DEMO = 10;

const ADVICE: Readonly<Record<number, string>> = {
  1020: 'CoinGecko’s firewall turns this address away; a VPN or a shared address can be the reason.',
  10002: 'The API key did not arrive or is none; enter it again.',
  10010: 'This is a Pro key; choose the Pro plan for it.',
  10011: 'This is a Demo key; choose the Demo plan for it.',
};
const PLAN_TOO_LOW = 10_005;

export const COINGECKO_DEMO: Dialect = dialect(LAST_PAGE_DEMO);
export const COINGECKO_PRO: Dialect = dialect(LAST_PAGE_PRO);

function dialect(lastPage: number): Dialect {
  return { accept: 'application/json', lastPage, refusal, refusedWords: 'does not accept the API key' };
}

function refusal(status: number, complaint: Parameters<Dialect['refusal']>[1]): Refusal | null {
  if (complaint?.code === PLAN_TOO_LOW) return { class: 'page_limit', advice: null };
  const advice = complaint ? ADVICE[complaint.code] : undefined;
  if (advice !== undefined) return { class: 'unauthorised', advice };
  const isPlanLimit = status === 401 && PLAN_LIMIT.test(complaint?.text ?? '');
  return isPlanLimit ? { class: 'page_limit', advice: null } : null;
}
