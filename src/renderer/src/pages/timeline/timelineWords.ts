// The picture in a few sentences: how much worked, what was worst, and what many collectors met together. Pure.
import type { LaneId, LaneSpan, LaneState, SlotSegment, Timeline } from '../../../../shared/domain/timeline';
import { formatDuration, formatShare } from '../../../../shared/util/format';
import { countsInWords, isFine, type SlotTotals, totalsOf } from '../../components/timeline/marks';
import { t } from '../../texts/texts';

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
  const head = t('timeline.summaryHead', {
    collectors: t('timeline.collectors', { count: timeline.collectors.length }),
    slots: t('common.slots', { count: slots }),
    share: formatShare(slots === 0 ? Number.NaN : fine / slots),
  });
  const [worst] = summaries;
  const parts = [head];
  if (worst && badShare(worst) > 0) {
    const bad = worst.counts.filter(([outcome]) => !isFine(outcome));
    parts.push(t('timeline.worst', { title: worst.title, slots: countsInWords(worst.slots, bad) }));
  }
  const shared = sharedWords(timeline);
  parts.push(
    shared.length === 0 ? t('timeline.nothingTheyShare') : t('timeline.shared', { shared: shared.join('; ') }),
  );
  return parts.join(' ');
}

type SharedKind = 'incidents' | 'api' | 'marketLocked' | 'marketDown' | 'monitorDown' | 'asleep' | 'off' | 'paused';

const SHARED: readonly (readonly [lane: LaneId, states: readonly LaneState[], kind: SharedKind])[] = [
  ['incidents', ['critical', 'warning', 'info'], 'incidents'],
  ['api', ['breaker_open'], 'api'],
  ['market', ['locked'], 'marketLocked'],
  ['market', ['spooling', 'down'], 'marketDown'],
  ['monitor', ['locked', 'spooling', 'down'], 'monitorDown'],
  ['app', ['asleep'], 'asleep'],
  ['app', ['off'], 'off'],
  ['app', ['paused'], 'paused'],
];

function sharedWords({ lanes }: Timeline): readonly string[] {
  return SHARED.flatMap(([lane, states, kind]) => {
    const spans = (lanes.find(({ id }) => id === lane)?.spans ?? []).filter(({ state }) => states.includes(state));
    if (spans.length === 0) return [];
    if (kind === 'incidents') return [t('timeline.incidents', { count: spans.length })];
    const lasted = formatDuration(coveredMs(spans));
    const what = t(`timeline.sharedKind.${kind}`);
    return [
      spans.length === 1
        ? t('timeline.sharedOnce', { what, lasted })
        : t('timeline.sharedTimes', { what, times: spans.length, lasted }),
    ];
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
