import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import {
  LANE_LOOKS,
  laneMarks,
  type Mark,
  markAt,
  slotMarks,
  stepTo,
  tell,
} from '../../../src/renderer/src/components/timeline/marks';
import { timeTicks } from '../../../src/renderer/src/components/timeline/timeTicks';
import { type MatrixState, onKey } from '../../../src/renderer/src/pages/timeline/matrixKeys';
import { rowsOf } from '../../../src/renderer/src/pages/timeline/matrixRows';
import { sharedStripes } from '../../../src/renderer/src/pages/timeline/stripes';
import { summariseTimeline } from '../../../src/renderer/src/pages/timeline/timelineWords';
import { useTimeRangeStore } from '../../../src/renderer/src/store/timeRange';
import { PALETTES } from '../../../src/renderer/src/theme/palette';
import { LANE_STATES } from '../../../src/shared/domain/timeline';
import { fakeIncident } from './support/fakeAlerts';
import { FakeBridge } from './support/fakeBridge';
import { fakeTimeline } from './support/fakeHistory';
import { emptySnapshot, healthySnapshot } from './support/fakeSnapshot';
import { renderApp, type RenderedApp } from './support/renderApp';

const T0 = Date.UTC(2026, 10, 23, 12);
const SPAN = { fromMs: T0, toMs: T0 + 1_200_000, columns: 240 };
const TITLES = new Map([
  ['dexes', 'DEXes'],
  ['top_pools', 'Top pools'],
  ['ohlcv', 'Candles'],
]);

function rows() {
  return rowsOf(fakeTimeline(SPAN, healthySnapshot(T0)), TITLES);
}

describe('the grammar of the timeline', () => {
  it('draws no two states of a lane alike, and each in a colour of both schemes', () => {
    const drawn = LANE_STATES.map((state) => {
      const { height, fill, colour } = LANE_LOOKS[state];
      return `${height} ${fill} ${colour}`;
    });
    expect(new Set(drawn).size).toBe(LANE_STATES.length);
    for (const scheme of ['light', 'dark'] as const) {
      for (const state of LANE_STATES) expect(PALETTES[scheme][LANE_LOOKS[state].colour]).toMatch(/^#[0-9a-f]{6}$/);
    }
  });

  it('says of a piece when (also in UTC), what, how many and why; and that there is nothing where nothing is', () => {
    const counts = [
      ['failed', 2],
      ['ok', 18],
    ] as const;
    const segment = {
      fromMs: T0,
      toMs: T0 + 60_000,
      outcome: 'failed',
      slots: 20,
      counts,
      detail: 'It said 503.',
    } as const;
    const [mark] = slotMarks([segment]);
    expect(mark?.share).toBeCloseTo(0.1);
    expect(tell(mark ?? null, T0)).toMatchObject({
      when: expect.stringMatching(/^Nov 23, \d\d:00:00 to \d\d:01:00$/),
      utc: '2026-11-23 12:00:00 UTC to 12:01:00 UTC',
      verdict: 'Failed · 20 slots: 2 failed, 18 OK',
      cause: 'It said 503.',
    });
    expect(tell(null, T0).verdict).toBe('No data');
  });

  it('puts the worse state on top where two overlap, and walks from one to the next', () => {
    const incident = { incidentId: 'i', text: '' };
    const marks = laneMarks([
      { fromMs: T0 + 100, toMs: T0 + 300, state: 'critical', ...incident },
      { fromMs: T0 + 200, toMs: T0 + 500, state: 'info', ...incident },
    ]);
    expect(markAt(marks, T0 + 250)?.verdict).toBe('Critical incident');
    expect(markAt(marks, T0 + 400)?.verdict).toBe('Note');
    expect(stepTo('ArrowRight', marks, T0 + 250)).toBe(T0 + 400);
    expect(stepTo('ArrowLeft', marks, T0 + 400)).toBe(T0 + 200);
    expect(stepTo('ArrowLeft', marks, T0 + 250)).toBeNull();
  });

  it('labels round local times, as many as there is room for', () => {
    const labels = timeTicks({ fromMs: T0, toMs: T0 + 3_600_000 }, 840).map(({ label }) => label);
    expect(labels.length).toBeGreaterThan(5);
    expect(labels.length).toBeLessThanOrEqual(11);
    for (const label of labels) expect(label).toMatch(/^\d\d:[0-5]0$|^Nov 2[34]$/);
    const days = timeTicks({ fromMs: T0, toMs: T0 + 30 * 86_400_000 }, 840).map(({ label }) => label);
    for (const label of days) expect(label).toMatch(/^(Nov|Dec) \d+$/);
  });

  it('makes a stripe of what the collectors share, never of an incident alone', () => {
    const stripes = sharedStripes(fakeTimeline(SPAN, healthySnapshot(T0)));
    expect(stripes.map(({ tone }) => tone)).toEqual(['down']);
  });

  it('sums up how much worked, what was worst and what they shared', () => {
    expect(summariseTimeline(fakeTimeline(SPAN, healthySnapshot(T0)), TITLES)).toBe(
      '3 collectors, 78 slots, 76.9 % fine. Worst: DEXes, 26 slots: 4 asleep, 2 failed. Shared: 1 incident; API out of reach once, 3 min 20 s in all.',
    );
  });
});

describe('the keys of the timeline', () => {
  const state: MatrixState = { rows: rows(), place: null, selection: null, ...SPAN };
  const at = (row: number, atMs: number): MatrixState => ({ ...state, place: { row, atMs } });
  const verdictAt = (marks: readonly Mark[] | undefined, atMs: number): string | undefined =>
    markAt(marks ?? [], atMs)?.verdict;

  it('walk from slot to slot and from row to row, the lanes included, and stop at the ends', () => {
    const first = onKey('ArrowLeft', false, state);
    expect(first).toMatchObject({ kind: 'go', place: { row: 5 } });
    const home = onKey('Home', false, at(5, T0 + 600_000));
    expect(home).toMatchObject({ kind: 'go', place: { row: 5, atMs: T0 + 50_000 } });
    expect(onKey('ArrowLeft', false, at(5, T0 + 50_000))).toMatchObject({ place: { atMs: T0 + 50_000 } });
    const next = onKey('ArrowRight', false, at(5, T0 + 50_000));
    expect(next?.kind === 'go' && verdictAt(state.rows[5]?.marks, next.place.atMs)).toMatch(/^Asleep/);
    expect(onKey('ArrowUp', false, at(0, T0))).toMatchObject({ place: { row: 0 } });
    expect(onKey('PageDown', false, at(0, T0))).toMatchObject({ place: { row: 7 } });
  });

  it('select with Shift, and Enter looks closer at what is selected', () => {
    const selecting = onKey('ArrowRight', true, at(5, T0 + 600_000));
    expect(selecting).toMatchObject({ kind: 'select', anchorMs: T0 + 600_000, place: { atMs: T0 + 625_000 } });
    const selection = { anchorMs: T0 + 600_000, untilMs: T0 + 300_000 };
    expect(onKey('Enter', false, { ...at(5, T0 + 300_000), selection })).toEqual({
      kind: 'show',
      span: { fromMs: T0 + 300_000, toMs: T0 + 600_000 },
    });
  });

  it('zoom about the place, shift by half, go back, open', () => {
    expect(onKey('+', false, at(5, T0 + 300_000))).toEqual({
      kind: 'show',
      span: { fromMs: T0 + 150_000, toMs: T0 + 750_000 },
    });
    expect(onKey('[', false, state)).toEqual({ kind: 'show', span: { fromMs: T0 - 600_000, toMs: T0 + 600_000 } });
    expect(onKey('0', false, state)).toEqual({ kind: 'back' });
    expect(onKey('Enter', false, at(6, T0))).toMatchObject({ kind: 'open', place: { row: 6 } });
    expect(onKey('x', false, state)).toBeNull();
    expect(onKey('Escape', false, state)).toBeNull();
  });
});

describe('the Timeline page', () => {
  let app: RenderedApp;
  afterEach(() => {
    app.close();
    useTimeRangeStore.setState(useTimeRangeStore.getInitialState(), true);
  });

  async function open(bridge: FakeBridge, hash = '#/timeline'): Promise<HTMLElement> {
    app = await renderApp(bridge, hash);
    return await screen.findByTestId('timeline-matrix');
  }

  it('has a row for each lane and each collector, and says the picture in words', async () => {
    await open(new FakeBridge(healthySnapshot(Date.now())));
    expect(screen.getAllByTestId(/^timeline-row-/).map((row) => row.textContent)).toEqual([
      ...['Incidents', 'API', 'market.db', 'monitor.db', 'Poolwatch'],
      ...['DEXes', 'Top pools', 'Candles'],
    ]);
    expect(screen.getByTestId('timeline-summary').textContent).toMatch(/^3 collectors, 78 slots, 76\.9 % fine\./);
    expect(screen.getByRole('list', { name: 'Shapes in the picture' }).textContent).toContain('Out of reach');
  });

  it('walks by keyboard, tells each place aloud, and opens the collector beside the picture', async () => {
    const matrix = await open(new FakeBridge(healthySnapshot(Date.now())));
    fireEvent.keyDown(matrix, { key: 'Home' });
    expect(matrix.textContent).toMatch(/DEXes · .* to .* · OK · 2 slots: 2 OK/);
    fireEvent.keyDown(matrix, { key: 'ArrowRight' });
    expect(matrix.textContent).toContain('Asleep: the machine was not awake · 4 slots: 4 asleep · Nobody was there.');
    fireEvent.keyDown(matrix, { key: 'Enter' });
    expect(await screen.findByTestId('collector-panel')).toBeTruthy();
    expect(window.location.hash).toBe('#/timeline/dexes');
    expect(screen.getByTestId('timeline-matrix')).toBeTruthy();
    expect(screen.getAllByTestId('time-range')).toHaveLength(1);
  });

  it('looks closer and goes back without losing the place: the picture and the focus stay', async () => {
    const matrix = await open(new FakeBridge(healthySnapshot(Date.now())));
    matrix.focus();
    fireEvent.keyDown(matrix, { key: '+' });
    expect(await screen.findByTestId('range-reset')).toBeTruthy();
    expect(document.activeElement).toBe(matrix);
    fireEvent.keyDown(matrix, { key: '0' });
    await waitFor(() => expect(screen.queryByTestId('range-reset')).toBeNull());
    expect(document.activeElement).toBe(matrix);
  });

  it('opens the incident that a lane shows', async () => {
    const alerts = { ...healthySnapshot(Date.now()).alerts, incidents: [fakeIncident(Date.now())] };
    const matrix = await open(new FakeBridge(healthySnapshot(Date.now(), { alerts })));
    for (let up = 0; up < 5; up += 1) fireEvent.keyDown(matrix, { key: 'ArrowUp' });
    fireEvent.keyDown(matrix, { key: 'Home' });
    expect(matrix.textContent).toContain('Incidents · ');
    fireEvent.keyDown(matrix, { key: 'Enter' });
    await waitFor(() => expect(window.location.hash).toBe('#/alerts/inbox/incident-1'));
  });

  it('shows the same as tables, whose rows lead to the same places', async () => {
    await open(new FakeBridge(healthySnapshot(Date.now())));
    fireEvent.click(screen.getByText('View as table'));
    const tables = within(await screen.findByTestId('timeline-tables'));
    expect(tables.getByRole('table', { name: 'What the collectors share, newest first' }).textContent).toContain(
      'api.geckoterminal.com is down.',
    );
    fireEvent.click(tables.getByRole('button', { name: 'Top pools' }));
    await waitFor(() => expect(window.location.hash).toBe('#/timeline/top_pools'));
  });

  it('says that nothing was due, that there is nobody yet, and why it cannot be read', async () => {
    const bridge = new FakeBridge(healthySnapshot(Date.now()));
    bridge.pools = 0;
    app = await renderApp(bridge, '#/timeline');
    expect(await screen.findByText('No run was due in the last 15 minutes')).toBeTruthy();
    app.close();
    const nobody = new FakeBridge(emptySnapshot(Date.now()));
    app = await renderApp(nobody, '#/timeline');
    expect(await screen.findByText('No collectors yet')).toBeTruthy();
    app.close();
    const broken = new FakeBridge(healthySnapshot(Date.now()));
    app = await renderApp(broken, '#/now');
    broken.outage = 'monitor.db cannot be read now.';
    act(() => void (window.location.hash = '#/timeline'));
    expect((await screen.findByRole('alert')).textContent).toContain('monitor.db cannot be read now.');
  });
});
