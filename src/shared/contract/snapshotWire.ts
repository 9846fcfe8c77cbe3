// How the snapshot travels to the window: as one text, because a page behind a context bridge has every value of an object copied one
// by one; and of the collectors only what has changed, so that what has not keeps its identity there and is not drawn anew.
import type { RunReport } from '../domain/collector';
import {
  applyPatch,
  type AppSnapshot,
  type CollectorSlice,
  type CollectorState,
  type SnapshotPatch,
  type SnapshotSlices,
  type Tick,
} from './snapshot';
import type { ShownCollector, ShownSnapshot } from './shownSnapshot';
import { followedBy, type TickLine, tickLineOf } from './tickLine';

/** What is different in a slice, by place. A part that is as it was is null. */
type CollectorChange = readonly [
  place: number,
  values: Partial<CollectorState> | null,
  /** Of the last run, when there was one before. */
  run: Partial<RunReport> | null,
  /** So many of the newest ticks stay, and others follow them. */
  ticks: { readonly kept: number; readonly added: TickLine } | null,
];

interface WirePatch extends Omit<SnapshotPatch, 'slices'> {
  readonly slices: Partial<Omit<SnapshotSlices, 'collectors'>>;
  /** In place of the slice of all collectors: who has changed. */
  readonly changed?: readonly CollectorChange[];
  /** All of them, when others are there than before. */
  readonly all?: readonly ShownCollector[];
}

export function snapshotText(snapshot: AppSnapshot): string {
  return JSON.stringify(shownSnapshot(snapshot));
}

/** What the window has of a snapshot. */
export function shownSnapshot(snapshot: AppSnapshot): ShownSnapshot {
  return { ...snapshot, collectors: shownCollectors(snapshot.collectors) };
}

export function parseSnapshot(text: string): ShownSnapshot {
  return JSON.parse(text) as ShownSnapshot;
}

function shownCollectors(collectors: readonly CollectorSlice[]): readonly ShownCollector[] {
  return collectors.map((slice) => ({ ...slice, ticks: tickLineOf(slice.ticks) }));
}

/** `before` are the collectors of the version that the patch follows. */
export function patchText(patch: SnapshotPatch, before: readonly CollectorSlice[]): string {
  const { collectors, ...slices } = patch.slices;
  const areTheSame = collectors?.length === before.length && collectors.every(({ id }, at) => id === before[at]?.id);
  if (!collectors) return JSON.stringify(patch);
  if (!areTheSame) return JSON.stringify({ ...patch, slices, all: shownCollectors(collectors) } satisfies WirePatch);
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
export function applyPatchText(snapshot: ShownSnapshot, text: string): ShownSnapshot | null {
  // What was sent before the first snapshot was made can be all there is, and is not even read.
  if (Number(LEADS_TO.exec(text)?.[1]) <= snapshot.version) return snapshot;
  const { changed = [], all, slices, ...patch } = JSON.parse(text) as WirePatch;
  if (patch.from !== snapshot.version) return null;
  const collectors = all ?? changedCollectors(snapshot.collectors, changed);
  return collectors && applyPatch(snapshot, { ...patch, slices: { ...slices, collectors } });
}

function changedCollectors(
  before: readonly ShownCollector[],
  changed: readonly CollectorChange[],
): readonly ShownCollector[] | null {
  if (changed.length === 0) return before;
  const collectors = [...before];
  for (const change of changed) {
    const [place] = change;
    const slice = collectors[place];
    if (!slice) return null;
    collectors[place] = changedSlice(slice, change);
  }
  return collectors;
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
  return { kept, added: tickLineOf(after.slice(kept)) };
}

/** One copy and nothing on the way: with every push it is done thousands of times. */
function changedSlice(slice: ShownCollector, [, values, run, ticks]: CollectorChange): ShownCollector {
  const next = {
    ...slice,
    ticks: ticks === null ? slice.ticks : followedBy(slice.ticks, ticks.kept, ticks.added),
    lastRun: run !== null && slice.lastRun !== null ? Object.assign({ ...slice.lastRun }, run) : slice.lastRun,
  };
  return values === null ? next : Object.assign(next, values);
}
