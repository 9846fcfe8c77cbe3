// Where the person is: the page and the chosen pool, in the location hash, so that a reload keeps the place.
import { useSyncExternalStore } from 'react';

export const PAGES = ['now', 'database', 'market', 'diagnostics'] as const;
export type Page = (typeof PAGES)[number];

export interface Route {
  readonly page: Page;
  /** The pool whose candles are open; only on the market page. */
  readonly poolId: string | null;
}

/** Reads `#/market/<pool id>`; anything unknown is the first page. */
export function parseHash(hash: string): Route {
  const [name, rawPool] = hash.replace(/^#\/?/, '').split('/');
  const page = PAGES.find((candidate) => candidate === name) ?? 'now';
  if (page !== 'market' || rawPool === undefined || rawPool === '') return { page, poolId: null };
  try {
    return { page, poolId: decodeURIComponent(rawPool) };
  } catch {
    return { page, poolId: null };
  }
}

export function toHash(route: Route): string {
  return route.poolId === null ? `#/${route.page}` : `#/${route.page}/${encodeURIComponent(route.poolId)}`;
}

export function navigate(page: Page, poolId: string | null = null): void {
  window.location.hash = toHash({ page, poolId });
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The route; re-renders on navigation. The hash string is the compared value, so equal places render once. */
export function useRoute(): Route {
  return parseHash(useSyncExternalStore(subscribe, () => window.location.hash));
}
