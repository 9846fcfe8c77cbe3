// The picture in a few sentences: how much worked, what was worst, and what many collectors met together. Pure.
import type { LaneId, LaneSpan, LaneState, SlotSegment, Timeline } from '../../../../shared/domain/timeline';
import { formatDuration, formatQuantity, formatShare } from '../../../../shared/util/format';
import { countsInWords, isFine, type SlotTotals, totalsOf } from '../../components/timeline/marks';

export interface CollectorSummary extends SlotTotals {
  readonly collectorId: string;
  readonly title: string;
  /** The newest stretch that was not fine; null when all were. */
  readonly lastBad: SlotSegment | null;
}

/** Worst first, by the share that was not fine. */
export function summariseCollectors(
  { collectors }: Pick<Timeline, 'collectors'>,
  titles: ReadonlyMap<string, string>,
): readonly CollectorSummary[] {
  return collectors
    .map(({ collectorId, segments }) => ({
      collectorId,
      title: titles.get(collectorId) ?? collectorId,
      ...totalsOf(segments),
      lastBad: segments.findLast(({ outcome }) => !isFine(outcome)) ?? null,
    }))
    .toSorted((a, b) => badShare(b) - badShare(a));
}

function badShare({ slots, fine }: SlotTotals): number {
  return slots === 0 ? 0 : (slots - fine) / slots;
}

export function summariseTimeline(timeline: Timeline, titles: ReadonlyMap<string, string>): string {
  const summaries = summariseCollectors(timeline, titles);
  const slots = summaries.reduce((sum, each) => sum + each.slots, 0);
  const fine = summaries.reduce((sum, each) => sum + each.fine, 0);
  const head = `${formatQuantity(timeline.collectors.length, 'collector')}, ${formatQuantity(slots, 'slot')}, ${formatShare(slots === 0 ? Number.NaN : fine / slots)} fine.`;
  const [worst] = summaries;
  const parts = [head];
  if (worst && badShare(worst) > 0) {
    const bad = worst.counts.filter(([outcome]) => !isFine(outcome));
    parts.push(`Worst: ${worst.title}, ${countsInWords(worst.slots, bad)}.`);
  }
  const shared = sharedWords(timeline);
  parts.push(shared.length === 0 ? 'Nothing that they share was wrong.' : `Shared: ${shared.join('; ')}.`);
  return parts.join(' ');
}

const SHARED: readonly (readonly [lane: LaneId, states: readonly LaneState[], words: string])[] = [
  ['incidents', ['critical', 'warning', 'info'], 'open incidents'],
  ['api', ['breaker_open'], 'API out of reach'],
  ['market', ['locked'], 'market.db locked by another program'],
  ['market', ['spooling', 'down'], 'market.db took no rows'],
  ['monitor', ['locked', 'spooling', 'down'], 'monitor.db took no rows'],
  ['app', ['asleep'], 'asleep'],
  ['app', ['off'], 'Poolwatch not running'],
  ['app', ['paused'], 'collectors paused'],
];

function sharedWords({ lanes }: Timeline): readonly string[] {
  return SHARED.flatMap(([lane, states, words]) => {
    const spans = (lanes.find(({ id }) => id === lane)?.spans ?? []).filter(({ state }) => states.includes(state));
    if (spans.length === 0) return [];
    if (lane === 'incidents') return [formatQuantity(spans.length, 'incident')];
    const lastedMs = coveredMs(spans);
    return [`${words} ${spans.length === 1 ? 'once' : `${spans.length} times`}, ${formatDuration(lastedMs)} in all`];
  });
}

/** Time that is covered at least once. */
function coveredMs(spans: readonly LaneSpan[]): number {
  let sum = 0;
  let untilMs = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs } of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    sum += Math.max(0, toMs - Math.max(fromMs, untilMs));
    untilMs = Math.max(untilMs, toMs);
  }
  return sum;
}
