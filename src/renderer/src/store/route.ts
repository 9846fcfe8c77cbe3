// Where the person is: the page, its part, and what is open on it, in the location hash, so that a reload keeps the place.
import { useMemo, useSyncExternalStore } from 'react';

export const PAGES = ['now', 'timeline', 'alerts', 'database', 'market', 'diagnostics', 'settings'] as const;
export type Page = (typeof PAGES)[number];

export const ALERT_SECTIONS = ['inbox', 'rules', 'silences', 'deliveries'] as const;
export type AlertSection = (typeof ALERT_SECTIONS)[number];

export interface Route {
  readonly page: Page;
  /** What is open on it: a collector, an incident or a rule, a pool, a part of the settings; null for nothing. */
  readonly itemId: string | null;
  /** The part of the alerts page; null on the others. */
  readonly section: AlertSection | null;
}

/** Pages on which one thing can be open. */
const WITH_ITEMS: ReadonlySet<Page> = new Set(['now', 'timeline', 'alerts', 'market', 'diagnostics', 'settings']);
/** Pages over which the panel of a collector can lie. */
const WITH_COLLECTORS: ReadonlySet<Page> = new Set(['now', 'timeline']);

/** Reads `#/market/<pool id>` and `#/alerts/<section>/<id>`; anything unknown is the first page, or the first part of it. */
export function parseHash(hash: string): Route {
  const [name, ...rest] = hash.replace(/^#\/?/, '').split('/');
  const page = PAGES.find((candidate) => candidate === name) ?? 'now';
  if (page !== 'alerts')
    return { page, itemId: WITH_ITEMS.has(page) && page === name ? decoded(rest[0]) : null, section: null };
  const section = ALERT_SECTIONS.find((candidate) => candidate === rest[0]) ?? 'inbox';
  return { page, itemId: section === rest[0] ? decoded(rest[1]) : null, section };
}

function decoded(raw: string | undefined): string | null {
  if (raw === undefined || raw === '') return null;
  try {
    return decodeURIComponent(raw);
  } catch {
    return null;
  }
}

export function toHash({ page, itemId, section }: Route): string {
  const place = section === null || (section === 'inbox' && itemId === null) ? `#/${page}` : `#/${page}/${section}`;
  return itemId === null ? place : `${place}/${encodeURIComponent(itemId)}`;
}

export function navigate(page: Page, itemId: string | null = null): void {
  window.location.hash = toHash({ page, itemId, section: page === 'alerts' ? 'inbox' : null });
}

/** Opens the panel of a collector over the page that is open, where that can be. */
export function openCollector(collectorId: string): void {
  const { page } = parseHash(window.location.hash);
  navigate(WITH_COLLECTORS.has(page) ? page : 'now', collectorId);
}

/** Whose panel is open, or null. */
export function openCollectorId({ page, itemId }: Route): string | null {
  return WITH_COLLECTORS.has(page) ? itemId : null;
}

export function navigateAlerts(section: AlertSection, itemId: string | null = null): void {
  window.location.hash = toHash({ page: 'alerts', itemId, section });
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The route; re-renders on navigation. The hash string is the compared value, so equal places render once. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parseHash(hash), [hash]);
}
