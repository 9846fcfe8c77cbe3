// What stands on a line of time, and what it says: slots of a collector and states of a lane in one grammar. Pure.
import type { SlotOutcome } from '../../../../shared/domain/collector';
import type { LaneSpan, LaneState, SlotSegment, TimeSpan } from '../../../../shared/domain/timeline';
import { formatClock, formatDateTime, formatUtc } from '../../../../shared/util/format';
import { countedOutcome, TICK_LOOKS, type TickLook } from '../tickGrammar';
import { t } from '../../texts/texts';

export interface Mark extends TimeSpan {
  readonly look: TickLook;
  /** Share of it that the look is about; the rest was OK. */
  readonly share: number;
  /** The verdict in words, with numbers where it speaks for many. */
  readonly verdict: string;
  /** Why, or null. */
  readonly cause: string | null;
  readonly incidentId: string | null;
}

export const LANE_LOOKS: Readonly<Record<LaneState, TickLook>> = {
  critical: { height: 1, fill: 'solid', colour: 'down', wordKey: 'timeline.lane.critical' },
  warning: { height: 0.8, fill: 'solid', colour: 'degraded', wordKey: 'timeline.lane.warning' },
  info: { height: 0.5, fill: 'solid', colour: 'running', wordKey: 'timeline.lane.info' },
  breaker_open: { height: 1, fill: 'hatched', colour: 'down', wordKey: 'timeline.lane.breaker_open' },
  half_open: { height: 0.8, fill: 'hollow', colour: 'degraded', wordKey: 'timeline.lane.half_open' },
  down: { height: 0.9, fill: 'solid', colour: 'down', wordKey: 'timeline.lane.down' },
  locked: { height: 0.9, fill: 'hatched', colour: 'degraded', wordKey: 'timeline.lane.locked' },
  spooling: { height: 0.65, fill: 'hatched', colour: 'down', wordKey: 'timeline.lane.spooling' },
  lock_wait: { height: 0.5, fill: 'hatched', colour: 'degraded', wordKey: 'timeline.lane.lock_wait' },
  large_log: { height: 0.65, fill: 'hollow', colour: 'late', wordKey: 'timeline.lane.large_log' },
  off: { height: 0.9, fill: 'hollow', colour: 'paused', wordKey: 'timeline.lane.off' },
  asleep: { height: 0.55, fill: 'hatched', colour: 'paused', wordKey: 'timeline.lane.asleep' },
  paused: { height: 0.3, fill: 'solid', colour: 'paused', wordKey: 'timeline.lane.paused' },
  ok: { height: 0.14, fill: 'solid', colour: 'okTick', wordKey: 'timeline.lane.ok' },
};

/** Outcomes after which nothing is missing. */
const FINE: ReadonlySet<SlotOutcome> = new Set(['ok', 'partial', 'backfilled']);

export function slotMarks(segments: readonly SlotSegment[]): readonly Mark[] {
  return segments.map(({ fromMs, toMs, outcome, slots, counts, detail }) => {
    // One that fell short among a hundred must not look like a hundred.
    const whole = counts.reduce((sum, [each, count]) => sum + (each === 'ok' ? count : 0), 0);
    const isMixed = whole > 0 && outcome !== 'ok';
    const word = t(TICK_LOOKS[outcome].wordKey);
    return {
      fromMs,
      toMs,
      look: TICK_LOOKS[outcome],
      share: isMixed ? (slots - whole) / slots : 1,
      verdict: slots === 1 ? word : `${word} · ${countsInWords(slots, counts)}`,
      cause: detail,
      incidentId: null,
    };
  });
}

/** Worse states lie above milder ones. */
export function laneMarks(spans: readonly LaneSpan[]): readonly Mark[] {
  const marks = spans.map(({ fromMs, toMs, state, text, incidentId }) => ({
    ...{ fromMs, toMs, look: LANE_LOOKS[state], share: 1 },
    ...{ verdict: t(LANE_LOOKS[state].wordKey), cause: text, incidentId },
  }));
  return marks.toSorted((a, b) => a.look.height - b.look.height || a.fromMs - b.fromMs);
}

/** "12 slots: 2 failed, 10 OK". */
export function countsInWords(slots: number, counts: SlotSegment['counts']): string {
  const parts = counts.map(([outcome, count]) => countedOutcome(outcome, count));
  return `${t('common.slots', { count: slots })}: ${parts.join(', ')}`;
}

/** What lies at a moment: the topmost there. */
export function markAt(marks: readonly Mark[], atMs: number): Mark | null {
  return marks.findLast(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs) ?? null;
}

/** What can be seen of the marks, in order: where they overlap, only the topmost. */
function seenPieces(marks: readonly Mark[]): readonly TimeSpan[] {
  const ends = [...new Set(marks.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))].sort((a, b) => a - b);
  const pieces: (TimeSpan & { readonly mark: Mark })[] = [];
  for (const [index, fromMs] of ends.slice(0, -1).entries()) {
    const mark = markAt(marks, fromMs);
    const toMs = ends[index + 1] ?? fromMs;
    const last = pieces.at(-1);
    if (mark === null) continue;
    if (last?.mark === mark && last.toMs === fromMs) pieces[pieces.length - 1] = { ...last, toMs };
    else pieces.push({ fromMs, toMs, mark });
  }
  return pieces;
}

/** Where the arrow keys, Home and End lead from a moment: into the middle of what stands there; null at the ends and for other keys. */
export function stepTo(key: string, marks: readonly Mark[], atMs: number): number | null {
  const pieces = seenPieces(marks);
  const target = ((): TimeSpan | undefined => {
    switch (key) {
      case 'ArrowLeft':
        return pieces.findLast(({ toMs }) => toMs <= (pieceAt(pieces, atMs)?.fromMs ?? atMs));
      case 'ArrowRight':
        return pieces.find(({ fromMs }) => fromMs >= (pieceAt(pieces, atMs)?.toMs ?? atMs));
      case 'Home':
        return pieces[0];
      case 'End':
        return pieces.at(-1);
      default:
        return undefined;
    }
  })();
  return target === undefined ? null : middleOf(target);
}

function pieceAt(pieces: readonly TimeSpan[], atMs: number): TimeSpan | undefined {
  return pieces.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
}

/** The moment that stands for a stretch. */
export function middleOf({ fromMs, toMs }: TimeSpan): number {
  return Math.floor((fromMs + toMs) / 2);
}

export interface Told {
  readonly when: string;
  readonly utc: string;
  readonly verdict: string;
  readonly cause: string | null;
}

/** A mark in words; where there is none, that there is none. */
export function tell(mark: Mark | null, atMs: number): Told {
  if (mark === null) {
    return { when: formatDateTime(atMs), utc: formatUtc(atMs), verdict: t('slots.outcome.none'), cause: null };
  }
  const { fromMs, toMs, verdict, cause } = mark;
  const when = t('range.fromTo', { from: formatDateTime(fromMs), to: formatClock(toMs) });
  return { when, utc: t('range.fromTo', { from: formatUtc(fromMs), to: formatUtc(toMs).slice(11) }), verdict, cause };
}

/** The same as one sentence, for those who cannot see it. */
export function tellInOne(title: string, { when, verdict, cause }: Told): string {
  return [title, when, verdict, cause].filter((part) => part !== null).join(' · ');
}

export interface SlotTotals {
  readonly slots: number;
  readonly fine: number;
  readonly counts: SlotSegment['counts'];
}

/** All slots of some segments together, most frequent outcome first. */
export function totalsOf(segments: readonly SlotSegment[]): SlotTotals {
  const counts = new Map<SlotOutcome, number>();
  for (const segment of segments) {
    for (const [outcome, count] of segment.counts) counts.set(outcome, (counts.get(outcome) ?? 0) + count);
  }
  const ordered = [...counts].sort(([, a], [, b]) => b - a);
  return {
    slots: ordered.reduce((sum, [, count]) => sum + count, 0),
    fine: ordered.reduce((sum, [outcome, count]) => sum + (FINE.has(outcome) ? count : 0), 0),
    counts: ordered,
  };
}

export function isFine(outcome: SlotOutcome): boolean {
  return FINE.has(outcome);
}
