import { describe, expect, it } from 'vitest';
import type { AppSnapshot, CollectorSlice, SnapshotPatch, Tick } from '../../../src/shared/contract/snapshot';
import type { ShownSnapshot } from '../../../src/shared/contract/shownSnapshot';
import {
  applyPatchText,
  parseSnapshot,
  patchText,
  shownSnapshot,
  snapshotText,
} from '../../../src/shared/contract/snapshotWire';
import { ticksOf } from '../../../src/shared/contract/tickLine';
import { fakeCollector, fakeRun, fakeTicks, healthySnapshot } from '../renderer/support/fakeSnapshot';

const NOW_MS = Date.UTC(2026, 10, 28);
const TICKS = fakeTicks(
  NOW_MS,
  Array.from({ length: 40 }, () => 'ok' as const),
);
const NEW_TICK: Tick = { slotAtMs: NOW_MS, outcome: 'failed', durationMs: 12, rows: null, slots: 1 };

function snapshotWith(...collectors: readonly CollectorSlice[]): AppSnapshot {
  return { ...healthySnapshot(NOW_MS), collectors };
}

function shownWith(...collectors: readonly CollectorSlice[]): ShownSnapshot {
  return shownSnapshot(snapshotWith(...collectors));
}

function shownTicks(snapshot: ShownSnapshot | null): readonly Tick[] | undefined {
  const line = snapshot?.collectors[0]?.ticks;
  return line && ticksOf(line);
}

/** What the page has after the program has gone from one list of collectors to another. */
function travel(from: AppSnapshot, collectors: readonly CollectorSlice[]) {
  const patch: SnapshotPatch = { from: 1, to: 2, atMs: NOW_MS + 250, slices: { collectors, hosts: [] } };
  const text = patchText(patch, from.collectors);
  const page = parseSnapshot(snapshotText(from));
  return { text, page, after: applyPatchText(page, text) };
}

const dexes = fakeCollector('dexes', NOW_MS, { ticks: TICKS });
const candles = fakeCollector('ohlcv', NOW_MS, { ticks: TICKS });

describe('a snapshot on its way to the window', () => {
  it('arrives as what the program has', () => {
    const snapshot = snapshotWith(dexes, { ...candles, ticks: [...TICKS, NEW_TICK] });
    const page = parseSnapshot(snapshotText(snapshot));
    expect({ ...page, collectors: page.collectors.map((each) => ({ ...each, ticks: ticksOf(each.ticks) })) }).toEqual(
      snapshot,
    );
  });
});

describe('a patch on its way to the window', () => {
  it('arrives as what the program has, with other slices beside the collectors', () => {
    const next = {
      ...dexes,
      health: 'running' as const,
      running: { runId: 'run-2', sinceMs: NOW_MS, step: null },
      lastRun: fakeRun('dexes', NOW_MS, { id: 'run-2' }),
      ticks: [...TICKS, NEW_TICK].slice(-40),
    };
    const { after } = travel(snapshotWith(dexes, candles), [next, candles]);
    expect(after).toMatchObject({ version: 2, atMs: NOW_MS + 250, hosts: [] });
    expect(after?.collectors.map(({ ticks, ...each }) => ({ ...each, ticks: ticksOf(ticks) }))).toEqual([
      next,
      candles,
    ]);
  });

  it('carries no tick that is there already', () => {
    const { text, after } = travel(snapshotWith(dexes), [{ ...dexes, ticks: [...TICKS, NEW_TICK].slice(-40) }]);
    expect(text).not.toContain(String(TICKS.at(-1)?.slotAtMs));
    expect(shownTicks(after)).toEqual([...TICKS.slice(1), NEW_TICK]);
  });

  it('leaves what is the same as it is, so that nothing of it is drawn again', () => {
    const { page, after } = travel(snapshotWith(dexes, candles), [{ ...dexes, cause: 'late' }, { ...candles }]);
    expect(after?.collectors[1]).toBe(page.collectors[1]);
    expect(after?.collectors[0]?.lastRun).toBe(page.collectors[0]?.lastRun);
    expect(after?.collectors[0]?.ticks).toBe(page.collectors[0]?.ticks);
  });

  it('brings all ticks when an older one is told otherwise', () => {
    const told = TICKS.map((tick, at) => (at === 3 ? { ...tick, outcome: 'backfilled' as const } : tick));
    const { after } = travel(snapshotWith(dexes), [{ ...dexes, ticks: told }]);
    expect(shownTicks(after)).toEqual(told);
  });

  it('brings whole collectors when others are there than before', () => {
    expect(travel(snapshotWith(dexes), [candles]).after?.collectors).toEqual(shownWith(candles).collectors);
    expect(travel(snapshotWith(), [dexes, candles]).after?.collectors).toEqual(shownWith(dexes, candles).collectors);
  });

  it('tells of another last run what is different in it', () => {
    const lastRun = fakeRun('dexes', NOW_MS, {
      id: 'run-2',
      outcome: 'failed',
      error: { class: 'server', message: '500' },
    });
    const { text, after } = travel(snapshotWith(dexes), [{ ...dexes, lastRun }]);
    expect(text).not.toContain('"trigger"');
    expect(after?.collectors[0]?.lastRun).toEqual(lastRun);
  });

  it('brings the first run whole, and takes it away', () => {
    const fresh = { ...dexes, lastRun: null };
    expect(travel(snapshotWith(fresh), [dexes]).after?.collectors[0]?.lastRun).toEqual(dexes.lastRun);
    expect(travel(snapshotWith(dexes), [fresh]).after?.collectors[0]?.lastRun).toBeNull();
  });

  it('takes a value away that is null from now on', () => {
    const running = { ...dexes, running: { runId: 'run-2', sinceMs: NOW_MS, step: 'page 2' } };
    expect(travel(snapshotWith(running), [dexes]).after?.collectors[0]?.running).toBeNull();
  });

  it('is refused by a page that has another version', () => {
    const patch: SnapshotPatch = { from: 7, to: 8, atMs: NOW_MS, slices: { collectors: [dexes] } };
    expect(applyPatchText(shownWith(dexes), patchText(patch, [dexes]))).toBeNull();
  });

  it('changes nothing in a page that has been told all of it', () => {
    const page = { ...shownWith(dexes), version: 8 };
    const patch: SnapshotPatch = { from: 7, to: 8, atMs: NOW_MS, slices: { collectors: [{ ...dexes, cause: 'old' }] } };
    expect(applyPatchText(page, patchText(patch, [dexes]))).toBe(page);
  });

  it('is not even read by a page that knows more: it can be as long as a snapshot', () => {
    const text = patchText({ from: 7, to: 8, atMs: NOW_MS, slices: { collectors: [dexes] } }, []);
    const broken = text.slice(0, -1);
    expect(() => applyPatchText({ ...shownWith(dexes), version: 7 }, broken)).toThrow();
    const page = { ...shownWith(dexes), version: 8 };
    expect(applyPatchText(page, broken)).toBe(page);
  });
});
