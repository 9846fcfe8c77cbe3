// Slots as a screen can show them: each for itself while there is room, else all of a column as one, the worst of them in front.
// Pure.
import type { SlotGroup } from '../../../shared/contract/timeline';
import { SLOT_OUTCOMES, type SlotOutcome } from '../../../shared/domain/collector';
import type { SlotSegment, TimeSpan } from '../../../shared/domain/timeline';

/** Worst first: what went wrong by itself, what was kept from running, what nobody expected to run. */
const WORST_FIRST: readonly SlotOutcome[] = [
  'failed',
  'missed',
  'throttled',
  'skipped_spooling',
  'skipped_cooldown',
  'skipped_throttled',
  'partial',
  'late',
  'skipped_overlap',
  'cancelled',
  'skipped_asleep',
  'skipped_paused',
  'backfilled',
  'ok',
] satisfies readonly SlotOutcome[];
const RANK: ReadonlyMap<SlotOutcome, number> = new Map(WORST_FIRST.map((outcome, rank) => [outcome, rank]));

/** A slot is shown until the next, but no longer than so many usual distances: then nobody was there. */
const MOST_DISTANCES = 1.5;
/** Fewer distances than this say nothing about the usual one. */
const ENOUGH_DISTANCES = 3;
/** Distances are the same up to this factor. */
const ALIKE = 1.25;

interface FoldOptions extends TimeSpan {
  /** Width of a column. */
  readonly stepMs: number;
  /** Distance between two slots where the slots themselves do not tell it. */
  readonly intervalMs: number;
}

/**
 * @param groups of one collector, in any order, with the last slot before `fromMs`
 * @returns segments in order, each within the span; a stretch that nobody ran comes as one
 */
export function foldSlots(groups: readonly SlotGroup[], options: FoldOptions): readonly SlotSegment[] {
  const ordered = groups.toSorted((a, b) => a.atMs - b.atMs);
  const single = ordered.filter(({ untilMs }) => untilMs === null);
  const stretches = ordered.filter(({ untilMs }) => untilMs !== null);
  const distanceMs = usualDistanceMs(single) ?? options.intervalMs;
  const folded =
    distanceMs > options.stepMs ? eachAlone(ordered, MOST_DISTANCES * distanceMs) : byColumn(single, options);
  const told = stretches.map((group) => {
    const lastMs = group.untilMs ?? group.atMs;
    const nextMs = ordered.find(({ atMs }) => atMs > lastMs)?.atMs ?? Number.POSITIVE_INFINITY;
    return segmentOf([group], group.atMs, Math.min(lastMs + distanceMs, nextMs));
  });
  return [...folded, ...told]
    .map((segment) => ({
      ...segment,
      fromMs: Math.max(segment.fromMs, options.fromMs),
      toMs: Math.min(segment.toMs, options.toMs),
    }))
    .filter(({ fromMs, toMs }) => fromMs < toMs)
    .sort((a, b) => a.fromMs - b.fromMs);
}

/** Of outcomes, the one that is in front. */
export function worstOutcome(outcomes: readonly SlotOutcome[]): SlotOutcome {
  return outcomes.reduce((worst, outcome) => (rankOf(outcome) < rankOf(worst) ? outcome : worst), 'ok');
}

/** Single slots, each until whatever comes next. */
function eachAlone(ordered: readonly SlotGroup[], longestMs: number): readonly SlotSegment[] {
  // A run by hand can lie at the very moment of a slot.
  const moments = new Map<number, SlotGroup[]>();
  for (const group of ordered) moments.set(group.atMs, [...(moments.get(group.atMs) ?? []), group]);
  const starts = [...moments.keys()];
  return [...moments].flatMap(([atMs, groups], index) => {
    const single = groups.filter(({ untilMs }) => untilMs === null);
    if (single.length === 0) return [];
    return [segmentOf(single, atMs, Math.min(starts[index + 1] ?? Number.POSITIVE_INFINITY, atMs + longestMs))];
  });
}

function byColumn(single: readonly SlotGroup[], { fromMs, stepMs }: FoldOptions): readonly SlotSegment[] {
  const columns = new Map<number, SlotGroup[]>();
  for (const group of single) {
    const column = Math.floor((group.atMs - fromMs) / stepMs);
    columns.set(column, [...(columns.get(column) ?? []), group]);
  }
  return [...columns].map(([column, groups]) =>
    segmentOf(groups, fromMs + column * stepMs, fromMs + (column + 1) * stepMs),
  );
}

function segmentOf(groups: readonly SlotGroup[], fromMs: number, toMs: number): SlotSegment {
  const outcome = worstOutcome(groups.map((group) => group.outcome));
  const counts = new Map<SlotOutcome, number>();
  for (const group of groups) counts.set(group.outcome, (counts.get(group.outcome) ?? 0) + group.slots);
  const worst = groups.filter((group) => group.outcome === outcome).toSorted((a, b) => b.atMs - a.atMs);
  return {
    fromMs,
    toMs,
    outcome,
    slots: groups.reduce((sum, { slots }) => sum + slots, 0),
    counts: [...counts].sort(([a], [b]) => rankOf(a) - rankOf(b)),
    detail: worst.find(({ detail }) => detail !== null)?.detail ?? null,
  };
}

/** The one that fills most of the time: retries lie close together and are many, but soon over. */
function usualDistanceMs(ordered: readonly SlotGroup[]): number | null {
  const distances = ordered
    .slice(1)
    .map(({ atMs }, index) => atMs - (ordered[index]?.atMs ?? atMs))
    .filter((distance) => distance > 0)
    .sort((a, b) => a - b);
  let usual: { readonly distanceMs: number; readonly filledMs: number } | null = null;
  let end = 0;
  let filledMs = 0;
  for (const [begin, shortest] of distances.entries()) {
    for (let next = distances[end]; next !== undefined && next <= shortest * ALIKE; next = distances[end]) {
      filledMs += next;
      end += 1;
    }
    if (end - begin >= ENOUGH_DISTANCES && filledMs > (usual?.filledMs ?? 0))
      usual = { distanceMs: distances[(begin + end) >> 1] ?? shortest, filledMs };
    filledMs -= shortest;
  }
  return usual?.distanceMs ?? null;
}

function rankOf(outcome: SlotOutcome): number {
  return RANK.get(outcome) ?? SLOT_OUTCOMES.length;
}
