import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { rangeInWords, spanProblem, toFieldTime } from '../../../src/renderer/src/components/timeRange/rangeWords';
import {
  chooseRange,
  PRESET_MS,
  RANGE_PRESETS,
  resetRange,
  SHORTEST_MS,
  spanOf,
  troubleSince,
  useTimeRangeStore,
  zoomTo,
} from '../../../src/renderer/src/store/timeRange';
import { FakeBridge } from './support/fakeBridge';
import { failingSnapshot, healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

const NOW_MS = Date.UTC(2026, 10, 23, 12);
const MINUTE_MS = 60_000;

afterEach(() => useTimeRangeStore.setState(useTimeRangeStore.getInitialState(), true));

describe('the time range of the window', () => {
  it('is the time until now, as long as the preset says', () => {
    for (const preset of RANGE_PRESETS) {
      const { fromMs, toMs } = spanOf({ kind: 'last', preset }, NOW_MS, null);
      expect([toMs, toMs - fromMs]).toEqual([NOW_MS, PRESET_MS[preset]]);
    }
  });

  it('begins before the trouble where it asks for the time since all was well', () => {
    const range = { kind: 'since_ok' } as const;
    const { fromMs } = spanOf(range, NOW_MS, NOW_MS - 100 * MINUTE_MS);
    expect((NOW_MS - fromMs) / MINUTE_MS).toBe(115);
    expect((NOW_MS - spanOf(range, NOW_MS, NOW_MS - MINUTE_MS).fromMs) / MINUTE_MS).toBe(3);
    expect((NOW_MS - spanOf(range, NOW_MS, null).fromMs) / MINUTE_MS).toBe(15);
  });

  it('knows since when something has been wrong: the oldest of what is wrong now', () => {
    expect(troubleSince(healthySnapshot(NOW_MS))).toBeNull();
    expect(troubleSince(failingSnapshot(NOW_MS))).toBe(NOW_MS - 312_000);
  });

  it('looks closer, never closer than slots are apart nor into the future, and goes back to where it was', () => {
    chooseRange({ kind: 'last', preset: '6h' });
    zoomTo({ fromMs: NOW_MS - 10 * MINUTE_MS, toMs: NOW_MS + 10 * MINUTE_MS }, NOW_MS);
    expect(useTimeRangeStore.getState().range).toEqual({
      ...{ kind: 'custom', fromMs: NOW_MS - 10 * MINUTE_MS, toMs: NOW_MS },
    });
    zoomTo({ fromMs: NOW_MS - 5_000, toMs: NOW_MS - 4_000 }, NOW_MS);
    const { range } = useTimeRangeStore.getState();
    expect(range.kind === 'custom' && range.toMs - range.fromMs).toBe(SHORTEST_MS);
    resetRange();
    expect(useTimeRangeStore.getState().range).toEqual({ kind: 'last', preset: '6h' });
  });

  it('is told in words, the day only where it is another one', () => {
    expect(rangeInWords({ kind: 'last', preset: '24h' }, { fromMs: 0, toMs: 0 })).toBe('last 24 hours');
    const span = { fromMs: NOW_MS, toMs: NOW_MS + MINUTE_MS };
    expect(rangeInWords({ kind: 'custom', ...span }, span)).toMatch(/^time from Nov 23, \d\d:00:00 to \d\d:01:00$/);
  });

  it('takes two moments as people type them, and says what is wrong with them', () => {
    expect(new Date(toFieldTime(NOW_MS)).getTime()).toBe(NOW_MS);
    expect(spanProblem(NOW_MS, NOW_MS - 1, NOW_MS + 1)).toBe('It must end after it begins.');
    expect(spanProblem(NOW_MS + 1, NOW_MS + 2, NOW_MS)).toBe('It begins in the future.');
    expect(spanProblem(Number.NaN, NOW_MS, NOW_MS)).toBe('Both ends are needed.');
    expect(spanProblem(NOW_MS - 1, NOW_MS, NOW_MS)).toBeNull();
  });
});

describe('choosing the time range', () => {
  let app: RenderedApp;
  afterEach(() => app.close());

  it('holds for every page that shows history, is kept across starts, and pages without history do not show it', async () => {
    const bridge = new FakeBridge(healthySnapshot(Date.now()));
    app = await renderApp(bridge, '#/timeline');
    await screen.findByTestId('timeline-matrix');
    fireEvent.click(screen.getByRole('radio', { name: '6 h' }));
    expect(screen.getByRole('heading', { level: 1 }).parentElement?.textContent).toContain('last 6 hours');
    expect(localStorage.getItem('poolwatch-time-range')).toContain('6h');
    act(() => void (window.location.hash = '#/database'));
    await screen.findByTestId('page-database');
    expect((screen.getByRole('radio', { name: '6 h' }) as HTMLInputElement).checked).toBe(true);
    expect((await screen.findAllByText(/in the last 6 hours at most/)).length).toBeGreaterThan(0);
    act(() => void (window.location.hash = '#/market'));
    await screen.findByTestId('page-market');
    expect(screen.queryByTestId('time-range')).toBeNull();
  });

  it('takes a custom time, shows it with its way back', async () => {
    app = await renderApp(new FakeBridge(healthySnapshot(Date.now())), '#/timeline');
    await screen.findByTestId('timeline-matrix');
    fireEvent.click(screen.getByTestId('range-custom'));
    fireEvent.change(await screen.findByTestId('range-from'), { target: { value: '2026-01-05T10:00' } });
    fireEvent.change(screen.getByTestId('range-to'), { target: { value: '2026-01-05T11:30' } });
    fireEvent.click(screen.getByTestId('range-apply'));
    expect((await screen.findByTestId('time-range')).textContent).toContain('Jan 05, 10:00:00 to 11:30:00');
    fireEvent.click(screen.getByTestId('range-reset'));
    await waitFor(() => expect(screen.queryByTestId('range-reset')).toBeNull());
  });
});
