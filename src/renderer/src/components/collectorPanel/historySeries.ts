// The history of a collector as lines, and each in one sentence. Pure.
import type { CollectorHistory } from '../../../../shared/domain/timeline';
import { formatCount, formatDuration, formatShare } from '../../../../shared/util/format';
import type { LineSeries } from '../charts/lineChart';
import type { Baseline } from './baseline';
import { t } from '../../texts/texts';

type Points = LineSeries['points'];
type Buckets = CollectorHistory['buckets'];
type Ages = CollectorHistory['ages'];

/** A hole this many times the usual distance between points is a hole in the line, too. */
const GAP_FACTOR = 3;

export function durationLines({ buckets, fromMs, toMs }: CollectorHistory, baseline: Baseline | null): LineSeries[] {
  const lines: LineSeries[] = [
    {
      label: t('collector.p95'),
      colour: 'accentInk',
      dash: [],
      band: true,
      points: pointsOf(buckets, ({ p95Ms }) => p95Ms),
    },
    { label: t('collector.p50'), colour: 'inkSoft', dash: [], points: pointsOf(buckets, ({ p50Ms }) => p50Ms) },
  ];
  if (baseline !== null) {
    const points = level(fromMs, toMs, baseline.durationMs);
    lines.push({
      label: t('collector.baselineIs', { words: baseline.words }),
      colour: 'degraded',
      dash: [5, 4],
      points,
    });
  }
  return lines;
}

export function rowsLines({ buckets }: CollectorHistory): readonly LineSeries[] {
  return [
    { label: t('collector.rowsPerRun'), colour: 'accentInk', dash: [], points: pointsOf(buckets, ({ rows }) => rows) },
  ];
}

export function ageLines({ ages, fromMs, toMs }: CollectorHistory, promisedMs: number): readonly LineSeries[] {
  const points = ages.map((age) => ({ x: middle(age), y: age.worstAgeMs ?? Number.NaN }));
  return [
    { label: t('collector.ageAtOldest'), colour: 'accentInk', dash: [], points },
    { label: t('collector.promisedAtMost'), colour: 'degraded', dash: [5, 4], points: level(fromMs, toMs, promisedMs) },
  ];
}

export function summariseDuration(buckets: Buckets, baseline: Baseline | null): string {
  const told = buckets.filter(({ p50Ms }) => p50Ms !== null);
  const newest = told.at(-1);
  if (newest === undefined) return t('collector.noRunBroughtData');
  const worst = Math.max(...told.map(({ p95Ms }) => p95Ms ?? 0));
  const beside =
    baseline === null ? t('collector.noBaseline') : `${baseline.words}: ${formatDuration(baseline.durationMs)}`;
  return t('collector.durationSummary', {
    half: formatDuration(newest.p50Ms ?? 0),
    worst: formatDuration(worst),
    beside,
  });
}

export function summariseRows(buckets: Buckets): string {
  const told = buckets.flatMap(({ rows }) => (rows === null ? [] : [rows]));
  if (told.length === 0) return t('collector.noRunBroughtData');
  const least = Math.min(...told);
  return t('collector.rowsSummary', {
    now: formatCount(told.at(-1) ?? 0),
    least: formatCount(least),
    most: formatCount(Math.max(...told)),
  });
}

export function summariseAge(ages: Ages, promisedMs: number): string {
  const told = ages.flatMap(({ worstAgeMs }) => (worstAgeMs === null ? [] : [worstAgeMs]));
  if (told.length === 0) return t('collector.ageUnknown');
  const kept = told.filter((age) => age <= promisedMs).length / told.length;
  return t('collector.ageSummary', {
    oldest: formatDuration(Math.max(...told)),
    promisedMs: formatDuration(promisedMs),
    kept: formatShare(kept),
  });
}

function pointsOf(buckets: Buckets, pick: (bucket: Buckets[number]) => number | null): Points {
  const told = buckets.flatMap((bucket) => {
    const y = pick(bucket);
    return y === null ? [] : [{ x: middle(bucket), y }];
  });
  const steps = told.slice(1).map(({ x }, index) => x - (told[index]?.x ?? x));
  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? Number.POSITIVE_INFINITY;
  return told.flatMap((point, index) => {
    const before = told[index - 1];
    if (before === undefined || point.x - before.x <= GAP_FACTOR * usual) return [point];
    return [{ x: before.x + 1, y: Number.NaN }, point];
  });
}

function level(fromMs: number, toMs: number, y: number): Points {
  return [
    { x: fromMs, y },
    { x: toMs, y },
  ];
}

function middle({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): number {
  return (fromMs + toMs) / 2;
}
