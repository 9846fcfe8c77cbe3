// Whether every slot of an endurance run is on record exactly once: none left out, none twice, none missed while somebody was there.
// Pure.
import type { MadeFault } from './alarms';
import { grouped } from './grouped';

/** After a start or a sleep slots that nobody was there for are written down. */
const BACK_WITHIN_MS = 30_000;

export interface SlotRecord {
  readonly collectorId: string;
  readonly turn: number;
  readonly atMs: number;
  /** Of the last slot that the row speaks for; that of its only one otherwise. */
  readonly untilMs: number;
  readonly slots: number;
  readonly outcome: string;
}

export interface SlotBooks {
  readonly all: number;
  /** Not run because the program was killed or stopped. */
  readonly away: number;
  /** Not run though somebody was there. */
  readonly missed: number;
  /** Points of the grid that nothing is on record of. */
  readonly unrecorded: number;
  /** Two records of one slot, or two scheduled runs for one. */
  readonly twice: number;
}

/** @param scheduledRuns of which slot each was */
export function auditSlots(
  records: readonly SlotRecord[],
  scheduledRuns: readonly Pick<SlotRecord, 'collectorId' | 'atMs'>[],
  faults: readonly MadeFault[],
  intervalMs: number,
): SlotBooks {
  const stretches = faults.filter(({ id }) => id === 'kill' || id === 'sleep');
  const awayMs = (fromMs: number, untilMs: number): number =>
    stretches.reduce((total, { fromMs: from, toMs: to }) => {
      const sharedMs = Math.min(untilMs, to + BACK_WITHIN_MS) - Math.max(fromMs, from - BACK_WITHIN_MS);
      return total + Math.max(0, sharedMs);
    }, 0);
  const gone = records.filter(({ outcome }) => outcome === 'missed' || outcome === 'skipped_asleep');
  const away = sum(gone.filter(({ atMs, untilMs }) => awayMs(atMs, untilMs + 1) > 0));
  const { unrecorded, overlapping } = walk(records, intervalMs, awayMs);
  return {
    all: sum(records),
    away,
    missed: sum(gone) - away,
    unrecorded,
    twice: overlapping + doubles(scheduledRuns),
  };
}

function walk(
  records: readonly SlotRecord[],
  intervalMs: number,
  awayMs: (fromMs: number, untilMs: number) => number,
): { readonly unrecorded: number; readonly overlapping: number } {
  let unrecorded = 0;
  let overlapping = 0;
  for (const own of grouped(records, ({ collectorId }) => collectorId).values()) {
    const inOrder = own.toSorted((a, b) => a.turn - b.turn || a.atMs - b.atMs);
    for (const [index, next] of inOrder.slice(1).entries()) {
      const before = inOrder[index];
      if (!before) continue;
      const gapMs = next.atMs - before.untilMs;
      if (gapMs <= 0) overlapping += 1;
      // A start or a sleep moves the grid, by less than an interval.
      else {
        const watchedMs = gapMs - awayMs(before.untilMs, next.atMs);
        unrecorded += Math.max(0, Math.round(watchedMs / intervalMs) - 1);
      }
    }
  }
  return { unrecorded, overlapping };
}

function doubles(runs: readonly Pick<SlotRecord, 'collectorId' | 'atMs'>[]): number {
  return runs.length - new Set(runs.map(({ collectorId, atMs }) => `${collectorId} ${atMs}`)).size;
}

function sum(records: readonly SlotRecord[]): number {
  return records.reduce((total, { slots }) => total + slots, 0);
}
