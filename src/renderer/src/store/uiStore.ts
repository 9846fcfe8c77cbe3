// What the person arranged: table filter and sort, chart spans. Kept across starts; never holds data of the program.
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { PoolFilter, PoolSortColumn } from '../../../shared/contract/queries';

export type CandleBars = 60 | 180 | 500;

export interface UiState {
  readonly poolFilter: PoolFilter;
  readonly poolSort: { readonly by: PoolSortColumn; readonly descending: boolean };
  readonly candleBars: CandleBars;
  /** Columns of the pools table that were given a width, in pixels, by their id; the others share the room. */
  readonly poolColumnWidths: Readonly<Record<string, number>>;
  /** Ids of what was chosen from the palette, the latest first. */
  readonly recentActions: readonly string[];
}

export const EMPTY_POOL_FILTER: PoolFilter = { networkId: null, dexId: null, search: null, minReserveUsd: null };

const INITIAL: UiState = {
  poolFilter: EMPTY_POOL_FILTER,
  poolSort: { by: 'reserveUsd', descending: true },
  candleBars: 180,
  poolColumnWidths: {},
  recentActions: [],
};

const STORAGE_KEY = 'poolwatch-ui';
/** Raise it when a shape changes: older arrangements are then dropped instead of half understood. */
const STORAGE_VERSION = 1;

export const useUiStore = create<UiState>()(
  persist(() => INITIAL, {
    name: STORAGE_KEY,
    version: STORAGE_VERSION,
    storage: createJSONStorage(() => localStorage),
  }),
);

const RECENT_KEPT = 6;

export function rememberAction(id: string): void {
  useUiStore.setState(({ recentActions }) => ({
    recentActions: [id, ...recentActions.filter((other) => other !== id)].slice(0, RECENT_KEPT),
  }));
}

export function setPoolFilter(change: Partial<PoolFilter>): void {
  useUiStore.setState((state) => ({ poolFilter: { ...state.poolFilter, ...change } }));
}

/** Null gives the column back to the layout. */
export function setPoolColumnWidth(id: string, width: number | null): void {
  useUiStore.setState(({ poolColumnWidths: { [id]: _before, ...others } }) => ({
    poolColumnWidths: width === null ? others : { ...others, [id]: width },
  }));
}

/** Numbers and times start with the largest; names with A. A second click turns the order round. */
export function togglePoolSort(by: PoolSortColumn): void {
  useUiStore.setState(({ poolSort }) => ({
    poolSort: { by, descending: poolSort.by === by ? !poolSort.descending : by !== 'name' },
  }));
}
