// The one stretch of time that the window looks at: chosen once, used by every page that shows history, kept across starts.
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { CollectorState } from '../../../shared/contract/snapshot';
import type { ShownSnapshot } from '../../../shared/contract/shownSnapshot';
import type { TimeSpan } from '../../../shared/domain/timeline';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const RANGE_PRESETS = ['15m', '1h', '6h', '24h', '7d', '30d'] as const;
export type RangePreset = (typeof RANGE_PRESETS)[number];
export const PRESET_MS: Readonly<Record<RangePreset, number>> = {
  '15m': 15 * MINUTE_MS,
  '1h': HOUR_MS,
  '6h': 6 * HOUR_MS,
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
};

/** `last` moves on with the time, and so does `since_ok`: from the moment before the present trouble. */
export type TimeRange =
  | { readonly kind: 'last'; readonly preset: RangePreset }
  | { readonly kind: 'since_ok' }
  | ({ readonly kind: 'custom' } & TimeSpan);

interface TimeRangeState {
  readonly range: TimeRange;
  /** What a custom range goes back to. */
  readonly home: Exclude<TimeRange, { readonly kind: 'custom' }>;
}

/** Nothing shorter can be told apart: slots are seconds apart. */
export const SHORTEST_MS = MINUTE_MS;
export const LONGEST_MS = 366 * DAY_MS;
const DEFAULT: TimeRangeState = { range: { kind: 'last', preset: '15m' }, home: { kind: 'last', preset: '15m' } };

const STORAGE_KEY = 'poolwatch-time-range';
const STORAGE_VERSION = 1;

export const useTimeRangeStore = create<TimeRangeState>()(
  persist(() => DEFAULT, {
    name: STORAGE_KEY,
    version: STORAGE_VERSION,
    storage: createJSONStorage(() => localStorage),
  }),
);

export function chooseRange(range: TimeRangeState['home']): void {
  useTimeRangeStore.setState({ range, home: range });
}

/** Looks at a part of the time, or at another time of the same length; too short and too long spans are brought to their limits. */
export function zoomTo({ fromMs, toMs }: TimeSpan, nowMs: number): void {
  const endMs = Math.min(toMs, nowMs);
  const lengthMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, endMs - fromMs));
  useTimeRangeStore.setState({
    range: { kind: 'custom', fromMs: Math.max(0, Math.round(endMs - lengthMs)), toMs: Math.round(endMs) },
  });
}

export function resetRange(): void {
  useTimeRangeStore.setState(({ home }) => ({ range: home }));
}

/** Room before the trouble, so that its beginning is in the picture. */
const LEAD_SHARE = 0.15;
const LEAST_LEAD_MS = 2 * MINUTE_MS;

/** @param troubleMs since when something has been wrong; null while all is well, when the last 15 minutes are shown instead */
export function spanOf(range: TimeRange, nowMs: number, troubleMs: number | null): TimeSpan {
  switch (range.kind) {
    case 'last':
      return { fromMs: nowMs - PRESET_MS[range.preset], toMs: nowMs };
    case 'custom':
      return { fromMs: range.fromMs, toMs: range.toMs };
    case 'since_ok': {
      if (troubleMs === null) return { fromMs: nowMs - PRESET_MS['15m'], toMs: nowMs };
      const lastedMs = Math.min(Math.max(0, nowMs - troubleMs), PRESET_MS['30d']);
      return { fromMs: nowMs - lastedMs - Math.max(LEAST_LEAD_MS, lastedMs * LEAD_SHARE), toMs: nowMs };
    }
  }
}

/** Since when something has been wrong: the oldest of what is wrong now; null when all is well. */
export function troubleSince({
  verdict,
  collectors,
  alerts,
}: Pick<ShownSnapshot, 'verdict' | 'alerts'> & { readonly collectors: readonly CollectorState[] }): number | null {
  const starts = [
    ...alerts.incidents.map(({ openedAtMs }) => openedAtMs),
    ...collectors
      .filter(({ health }) => health === 'down' || health === 'degraded' || health === 'late')
      .flatMap(({ lastSuccessAtMs }) => (lastSuccessAtMs === null ? [] : [lastSuccessAtMs])),
    ...(verdict.level === 'degraded' || verdict.level === 'down' ? [verdict.sinceMs] : []),
  ];
  return starts.length === 0 ? null : Math.min(...starts);
}
