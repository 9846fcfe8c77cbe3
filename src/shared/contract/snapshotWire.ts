// How the snapshot travels to the window: as one text, because a page behind a context bridge has every value of an object copied one
// by one; and of the collectors only what has changed, so that what has not keeps its identity there and is not drawn anew.
import { type RunReport, SLOT_OUTCOMES } from '../domain/collector';
import { type AppSnapshot, applyPatch, type CollectorSlice, type SnapshotPatch, type Tick } from './snapshot';

/**
 * Nearly all of a long snapshot are ticks: those of a collector are the moment of the first one and one list of small numbers, five for
 * each tick. Milliseconds since the tick before, the place of its outcome among all, and the others as they are.
 */
type WireTicks = readonly [firstAtMs: number, cells: readonly (number | null)[]];

const TICK_CELLS = 5;

/** What is different in a slice, by place. A part that is as it was is null. */
type CollectorChange = readonly [
  place: number,
  values: Partial<Omit<CollectorSlice, 'ticks'>> | null,
  /** Of the last run, when there was one before. */
  run: Partial<RunReport> | null,
  /** So many of the newest ticks stay, and others follow them. */
  ticks: { readonly kept: number; readonly added: WireTicks } | null,
];

interface WirePatch extends SnapshotPatch {
  /** In place of the slice of all collectors: who has changed. */
  readonly changed?: readonly CollectorChange[];
  /** All of them, when others are there than before. */
  readonly all?: WireCollectors;
}

type WireCollectors = readonly (Omit<CollectorSlice, 'ticks'> & { readonly ticks: WireTicks })[];
type WireSnapshot = Omit<AppSnapshot, 'collectors'> & { readonly collectors: WireCollectors };

export function snapshotText(snapshot: AppSnapshot): string {
  return JSON.stringify({ ...snapshot, collectors: packed(snapshot.collectors) } satisfies WireSnapshot);
}

export function parseSnapshot(text: string): AppSnapshot {
  const { collectors, ...snapshot } = JSON.parse(text) as WireSnapshot;
  return { ...snapshot, collectors: unpacked(collectors) };
}

function packed(collectors: readonly CollectorSlice[]): WireCollectors {
  return collectors.map((slice) => ({ ...slice, ticks: cellsOf(slice.ticks) }));
}

/** In place: copies of everything would be one more thing to wait for before the first picture. */
function unpacked(collectors: WireCollectors): readonly CollectorSlice[] {
  return collectors.map((slice) => Object.assign(slice, { ticks: followedBy([], slice.ticks) }) as CollectorSlice);
}

function cellsOf(ticks: readonly Tick[]): WireTicks {
  const cells: (number | null)[] = [];
  const firstAtMs = ticks[0]?.slotAtMs ?? 0;
  let beforeMs = firstAtMs;
  for (const { slotAtMs, outcome, durationMs, rows, slots } of ticks) {
    cells.push(slotAtMs - beforeMs, SLOT_OUTCOMES.indexOf(outcome), durationMs, rows, slots);
    beforeMs = slotAtMs;
  }
  return [firstAtMs, cells];
}

/** Puts the ticks that have come behind the others. */
function followedBy(ticks: Tick[], [firstAtMs, cells]: WireTicks): readonly Tick[] {
  let slotAtMs = firstAtMs;
  for (let at = 0; at < cells.length; at += TICK_CELLS) {
    slotAtMs += cells[at] ?? 0;
    ticks.push({
      slotAtMs,
      outcome: SLOT_OUTCOMES[cells[at + 1] ?? 0] ?? 'ok',
      durationMs: cells[at + 2] ?? null,
      rows: cells[at + 3] ?? null,
      slots: cells[at + 4] ?? 1,
    });
  }
  return ticks;
}

/** `before` are the collectors of the version that the patch follows. */
export function patchText(patch: SnapshotPatch, before: readonly CollectorSlice[]): string {
  const { collectors, ...slices } = patch.slices;
  const areTheSame = collectors?.length === before.length && collectors.every(({ id }, at) => id === before[at]?.id);
  if (!collectors) return JSON.stringify(patch);
  if (!areTheSame) return JSON.stringify({ ...patch, slices, all: packed(collectors) } satisfies WirePatch);
  const changed = collectors.flatMap((slice, place) => {
    const change = changeOf(place, before[place] as CollectorSlice, slice);
    return change === null ? [] : [change];
  });
  return JSON.stringify({ ...patch, slices, changed } satisfies WirePatch);
}

/** The version that a patch leads to, as its text begins. */
const LEADS_TO = /^\{"from":\d+,"to":(\d+),/;

/**
 * Returns the patched snapshot: the same one when it knows all that already, null when the patch does not follow its version (ask for
 * a full one).
 */
export function applyPatchText(snapshot: AppSnapshot, text: string): AppSnapshot | null {
  // What was sent before the first snapshot was made can be all there is, and is not even read.
  if (Number(LEADS_TO.exec(text)?.[1]) <= snapshot.version) return snapshot;
  const { changed, all, ...patch } = JSON.parse(text) as WirePatch;
  if (all) return applyPatch(snapshot, { ...patch, slices: { ...patch.slices, collectors: unpacked(all) } });
  if (changed === undefined) return applyPatch(snapshot, patch);
  const collectors = [...snapshot.collectors];
  for (const change of changed) {
    const [place] = change;
    const slice = collectors[place];
    if (!slice) return null;
    collectors[place] = changedSlice(slice, change);
  }
  return applyPatch(snapshot, { ...patch, slices: { ...patch.slices, collectors } });
}

/** Null when nothing has changed. */
function changeOf(place: number, before: CollectorSlice, after: CollectorSlice): CollectorChange | null {
  if (before === after) return null;
  const { ticks, lastRun, ...others } = differencesOf(before, after);
  const run = lastRun && before.lastRun ? differencesOf(before.lastRun, lastRun) : null;
  const values = run === null && lastRun !== undefined ? { ...others, lastRun } : others;
  const isChanged = Object.keys(values).length > 0;
  if (!isChanged && run === null && ticks === undefined) return null;
  return [place, isChanged ? values : null, run, ticks ? ticksSince(before.ticks, ticks) : null];
}

function differencesOf<T extends object>(before: T, after: T): Partial<T> {
  const different: Partial<T> = {};
  for (const name of Object.keys(after) as (keyof T)[])
    if (!isSame(before[name], after[name])) different[name] = after[name];
  return different;
}

/** Slices are made anew each time, small objects and all. */
function isSame(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return false;
  const names = Object.keys(after);
  return (
    names.length === Object.keys(before).length &&
    names.every((name) => isSame(before[name as keyof typeof before], after[name as keyof typeof after]))
  );
}

function ticksSince(before: readonly Tick[], after: readonly Tick[]): NonNullable<CollectorChange[3]> {
  const newest = before.at(-1);
  const length = newest === undefined ? 0 : after.lastIndexOf(newest) + 1;
  const stay = before.slice(before.length - length);
  const kept = stay.every((tick, at) => tick === after[at]) ? length : 0;
  return { kept, added: cellsOf(after.slice(kept)) };
}

/** One copy and nothing on the way: with every push it is done thousands of times. */
function changedSlice(slice: CollectorSlice, [, values, run, ticks]: CollectorChange): CollectorSlice {
  const next = {
    ...slice,
    ticks: ticks === null ? slice.ticks : followedBy(slice.ticks.slice(slice.ticks.length - ticks.kept), ticks.added),
    lastRun: run !== null && slice.lastRun !== null ? Object.assign({ ...slice.lastRun }, run) : slice.lastRun,
  };
  return values === null ? next : Object.assign(next, values);
}
