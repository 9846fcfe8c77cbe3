// The filtered, sorted pool list in pages: only pages that are seen are asked for, and asked again when new rows arrive.
import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { AppError } from '../../../../shared/contract/envelope';
import type { PoolFilter, PoolListItem } from '../../../../shared/contract/queries';
import { query } from '../../bridge/bridge';
import { useSnapshot } from '../../store/selectors';
import type { UiState } from '../../store/uiStore';

export const PAGE_ROWS = 100;
/** Questions at once: whoever drags the scrollbar passes hundreds of pages, and only wants the one where it stops. */
const MOST_ASKED = 2;
/** Without a collector run to tell of new rows, the list is still asked again this often. */
const REFRESH_MS = 30_000;

export interface PoolPages {
  /** Rows that match; null until the first answer. */
  readonly total: number | null;
  readonly asOfMs: number | null;
  readonly error: AppError | null;
  /** The row at a place of the whole list, or null while its page is under way. */
  readonly at: (index: number) => PoolListItem | null;
  readonly find: (poolId: string) => PoolListItem | null;
  /** Says which places are on the screen; asks for their pages. */
  readonly show: (first: number, last: number) => void;
  readonly refresh: () => void;
}

interface Held {
  key: string;
  total: number | null;
  asOfMs: number | null;
  error: AppError | null;
  pages: Map<number, readonly PoolListItem[]>;
  asked: Set<number>;
  shown: readonly [number, number];
}

export function usePoolPages(filter: PoolFilter, sort: UiState['poolSort']): PoolPages {
  const key = JSON.stringify([filter, sort]);
  const held = useRef<Held | null>(null);
  const [, render] = useReducer((count: number) => count + 1, 0);
  const lastRunId = useSnapshot(
    (snapshot) => snapshot.collectors.find(({ id }) => id === 'top_pools')?.lastRun?.id ?? null,
  );

  if (held.current === null || held.current.key !== key) {
    // The rows of the list before stay out of sight: they would answer another question.
    held.current = { key, total: null, asOfMs: null, error: null, pages: new Map(), asked: new Set(), shown: [0, 0] };
  }
  const state = held.current;

  const load = useCallback(
    async function ask(page: number): Promise<void> {
      if (state.asked.has(page)) return;
      state.asked.add(page);
      const answer = await query('pools.list', {
        filter,
        sortBy: sort.by,
        descending: sort.descending,
        offset: page * PAGE_ROWS,
        limit: PAGE_ROWS,
      });
      state.asked.delete(page);
      if (answer.ok) {
        state.pages.set(page, answer.value.items);
        state.total = answer.value.total;
        state.asOfMs = Date.now();
        state.error = null;
      } else {
        state.error = answer.error;
      }
      if (held.current !== state) return;
      render();
      if (answer.ok) for (const missing of missingPages(state)) void ask(missing);
    },
    [state, filter, sort],
  );

  const refresh = useCallback((): void => {
    if (document.visibilityState !== 'visible') return;
    const [first, last] = state.shown;
    for (const page of [...state.pages.keys()]) if (page < first || page > last) state.pages.delete(page);
    for (let page = first; page <= last; page += 1) void load(page);
  }, [state, load]);

  useEffect(() => {
    refresh();
    const timer = setInterval(refresh, REFRESH_MS);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }, [refresh, lastRunId]);

  const show = useCallback(
    (first: number, last: number): void => {
      state.shown = [Math.floor(first / PAGE_ROWS), Math.floor(last / PAGE_ROWS)];
      for (const page of missingPages(state)) void load(page);
    },
    [state, load],
  );

  return {
    total: state.total,
    asOfMs: state.asOfMs,
    error: state.error,
    at: (index) => state.pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS] ?? null,
    find: (poolId) => [...state.pages.values()].flat().find(({ id }) => id === poolId) ?? null,
    show,
    refresh,
  };
}

/** Pages on the screen that are neither there nor under way, as far as there is room for more questions. */
function missingPages({ shown: [first, last], pages, asked }: Held): readonly number[] {
  const shown = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return shown.filter((page) => !pages.has(page) && !asked.has(page)).slice(0, Math.max(0, MOST_ASKED - asked.size));
}
