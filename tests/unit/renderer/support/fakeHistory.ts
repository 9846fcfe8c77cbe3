// A quarter of an hour with an outage in its middle, as the program tells it: slots, lanes, runs, gaps.
import type { BackfillPreview, SeriesGapReport } from '../../../../src/shared/contract/gaps';
import type { QueryArgs } from '../../../../src/shared/contract/queries';
import type { AppSnapshot } from '../../../../src/shared/contract/snapshot';
import type { AvailabilityReport } from '../../../../src/shared/domain/availability';
import { COLLECTOR_IDS, type RunReport } from '../../../../src/shared/domain/collector';
import { METRICS, SAMPLED_METRICS, type TargetKind } from '../../../../src/shared/domain/metrics';
import type { MetricComparison, WeekLine } from '../../../../src/shared/domain/series';
import {
  type CollectorHistory,
  LANES,
  type LaneSpan,
  type SlotSegment,
  type Timeline,
  type TimeSpan,
} from '../../../../src/shared/domain/timeline';
import { fakeRun } from './fakeSnapshot';

const PIECES = 12;
/** Pieces in which the API was out of reach. */
const OUTAGE = [5, 6] as const;

function pieces({ fromMs, toMs }: TimeSpan): readonly TimeSpan[] {
  const stepMs = (toMs - fromMs) / PIECES;
  return Array.from({ length: PIECES }, (_, index) => ({
    fromMs: Math.round(fromMs + index * stepMs),
    toMs: Math.round(fromMs + (index + 1) * stepMs),
  }));
}

function fakeSegments(span: TimeSpan): readonly SlotSegment[] {
  return pieces(span).map((piece, index): SlotSegment => {
    if (index === 1)
      return {
        ...piece,
        outcome: 'skipped_asleep',
        slots: 4,
        counts: [['skipped_asleep', 4]],
        detail: 'Nobody was there.',
      };
    if (index !== OUTAGE[0] && index !== OUTAGE[1])
      return { ...piece, outcome: 'ok', slots: 2, counts: [['ok', 2]], detail: null };
    const counts = [
      ['failed', 1],
      ['ok', 1],
    ] as const;
    return { ...piece, outcome: 'failed', slots: 2, counts, detail: 'The server answered 503.' };
  });
}

function outage(span: TimeSpan): LaneSpan {
  const all = pieces(span);
  return {
    fromMs: all[OUTAGE[0]]?.fromMs ?? 0,
    toMs: all[OUTAGE[1]]?.toMs ?? 0,
    state: 'breaker_open',
    text: 'api.geckoterminal.com is down.',
    incidentId: null,
  };
}

export function fakeTimeline(span: QueryArgs<'timeline.get'>, { collectors }: AppSnapshot): Timeline {
  const { fromMs, toMs } = span;
  const ok: LaneSpan = { fromMs, toMs, state: 'ok', text: 'All was well.', incidentId: null };
  const down = outage(span);
  const incident: LaneSpan = { ...down, state: 'critical', text: 'The API is out of reach', incidentId: 'incident-1' };
  return {
    fromMs,
    toMs,
    lanes: LANES.map((id) => ({ id, spans: id === 'api' ? [down] : id === 'incidents' ? [incident] : [ok] })),
    collectors: collectors.map(({ id }) => ({ collectorId: id, segments: fakeSegments(span) })),
  };
}

export function emptyTimeline({ fromMs, toMs }: TimeSpan, { collectors }: AppSnapshot): Timeline {
  return {
    fromMs,
    toMs,
    lanes: LANES.map((id) => ({ id, spans: [] })),
    collectors: collectors.map(({ id }) => ({ collectorId: id, segments: [] })),
  };
}

export function fakeHistory(span: QueryArgs<'collector.history'>): CollectorHistory {
  const { fromMs, toMs, collectorId } = span;
  const all = pieces(span);
  return {
    fromMs,
    toMs,
    segments: fakeSegments(span),
    buckets: all.map((piece, index) => ({
      ...piece,
      ...{ runs: 2, good: index === OUTAGE[0] ? 0 : 2, p50Ms: index === OUTAGE[0] ? null : 800 },
      ...{ p95Ms: index === OUTAGE[0] ? null : 1_900 + index, rows: index === OUTAGE[0] ? null : 160 + index },
    })),
    ages: all.map((piece, index) => ({ ...piece, worstAgeMs: index === OUTAGE[1] ? 400_000 : 61_000 })),
    errors: [
      {
        class: 'server',
        runs: 2,
        lastAtMs: toMs - 60_000,
        message: 'The server answered 503 Service Unavailable.',
        excerpt: '<html><title>503</title>',
      },
    ],
    breaker: [outage(span)],
    events: [
      {
        atMs: toMs - 50_000,
        kind: 'breaker_open',
        collectorId: null,
        host: 'api.geckoterminal.com',
        cause: 'It is down.',
      },
      { atMs: toMs - 70_000, kind: 'cooldown', collectorId, host: null, cause: 'Failed 3 times in a row.' },
    ],
  };
}

export function emptyHistory({ fromMs, toMs }: QueryArgs<'collector.history'>): CollectorHistory {
  return { fromMs, toMs, segments: [], buckets: [], ages: [], errors: [], breaker: [], events: [] };
}

export function fakeRuns({ collectorId }: QueryArgs<'runs.list'>, nowMs: number, pools: number): readonly RunReport[] {
  if (pools === 0) return [];
  const error = { class: 'server', message: 'The server answered 503 Service Unavailable.' } as const;
  return [
    fakeRun(collectorId, nowMs),
    fakeRun(collectorId, nowMs - 60_000, { id: `run-${collectorId}-0`, outcome: 'failed', error }),
  ];
}

export function fakeAvailability({ fromMs, toMs }: QueryArgs<'availability.get'>): AvailabilityReport {
  return {
    fromMs,
    toMs,
    collectors: COLLECTOR_IDS.map((collectorId) => ({
      collectorId,
      time: { share: 0.984, coverage: 0.9 },
      runs: { share: 0.97, coverage: 1 },
      data: { share: 0.991, coverage: 0.95 },
      budget: { objective: 0.95, used: 0.6 },
      burnRates: [],
    })),
    databases: [],
  };
}

export function fakeComparison(): MetricComparison {
  return {
    present: null,
    weekBefore: null,
    usual: { median: 900, low: 700, high: 1_200, weeks: 4 },
    changes: [],
    forecast: null,
  };
}

/** Everything is a tenth more than it was. */
export function fakeWeek(kind: TargetKind): readonly WeekLine[] {
  const figure = { n: 8_640, min: 0, max: 9, mean: 2.2, p50: 2, p95: 8, zeroShare: 0, coverage: 1 };
  return SAMPLED_METRICS.filter((metric) => METRICS[metric].target === kind).map((metric) => ({
    metric,
    present: figure,
    weekBefore: { ...figure, mean: 2 },
  }));
}

export function fakeGaps(nowMs: number): readonly SeriesGapReport[] {
  const toS = Math.floor(nowMs / 1_000);
  const base = { poolId: 'solana_a', timeframe: 'minute', aggregate: 15, side: 'base', currency: 'usd' } as const;
  const one = { ...base, watched: false, fromS: toS - 86_400, toS, expected: 96, omitted: 4 } as const;
  return [
    { ...one, label: 'solana / BONK / SOL, 15 minutes', present: 80, missing: 12, ranges: [] },
    { ...one, poolId: 'solana_b', label: 'solana / WIF / SOL, 15 minutes', present: 92, missing: 0, ranges: [] },
  ];
}

export function fakeBackfill(): BackfillPreview {
  return {
    series: [{ label: 'solana / BONK / SOL, 15 minutes', missing: 12, calls: 1, bars: 11 }],
    calls: 1,
    bars: 11,
    minutes: 1,
  };
}
