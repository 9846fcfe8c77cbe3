// Questions about series of measurements, availability and baselines. What is asked of time zones is that of this machine.
import { randomUUID } from 'node:crypto';
import { fail, ok } from '../../../shared/contract/envelope';
import type { MetricWindow } from '../../../shared/contract/queries';
import type { SampleTime } from '../../../shared/contract/reads';
import { packRows } from '../../../shared/contract/tables';
import { COLLECTOR_IDS } from '../../../shared/domain/collector';
import { METRICS, type MetricName, SAMPLED_METRICS, type Target, targetKey } from '../../../shared/domain/metrics';
import type {
  BaselineComparison,
  BaselineLine,
  Figure,
  MetricComparison,
  SeriesId,
  WeekLine,
} from '../../../shared/domain/series';
import { availabilityReport, AVAILABILITY_METRICS, availabilityWindows } from '../../monitoring/availabilityReport';
import { timeZone } from '../../monitoring/sampleUpkeep';
import { stepChanges } from '../../monitoring/series/changes';
import { forecast } from '../../monitoring/series/forecast';
import { usualBand } from '../../monitoring/series/usual';
import type { Store } from '../../storage/store';
import type { CommandHandlers, QueryHandlers } from '../application';
import { type HandlerContext, ordering, reading } from './context';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** How far back it is looked for what is usual, for changes of level, and for where a series is going. */
const USUAL_FROM_MS = 8 * WEEK_MS;
const TREND_FROM_MS = 14 * DAY_MS;

/** What series must not reach: an empty disk, a log of 64 MB, the quota of calls. */
const LIMITS: Readonly<Partial<Record<MetricName, number>>> = {
  'database.diskFree': 0,
  'database.walBytes': 64 * 1_024 * 1_024,
  'host.quotaUsed': 1,
};

/** What a captured baseline holds. */
const PERFORMANCE_METRICS = [
  'collector.duration',
  'collector.rows',
  'host.latencyP95',
  'database.lockWaitP95',
  'database.commitP95',
  'database.readP95',
  'app.eventLoopDelay',
] as const satisfies readonly MetricName[];

type MetricQuery =
  | 'metrics.list'
  | 'metrics.series'
  | 'metrics.compare'
  | 'metrics.week'
  | 'metrics.cost'
  | 'availability.get'
  | 'baseline.compare';

export function metricQueries(context: HandlerContext): Pick<QueryHandlers, MetricQuery> {
  const now = (): SampleTime => ({ nowMs: context.clock.wallMs(), zone: timeZone() });
  return {
    'metrics.list': () =>
      reading(context, async ({ monitor }) => ({ series: await monitor.read('samples.list', null) })),
    'metrics.series': (args) =>
      reading(context, async ({ monitor }) => ({
        buckets: await monitor.read('samples.series', { ...args, ...now() }),
      })),
    'metrics.compare': (args) => reading(context, ({ monitor }) => compare(monitor, args, now())),
    'metrics.week': ({ target }) =>
      reading(context, async ({ monitor }) => ({ lines: await weekLines(monitor, target, now()) })),
    'metrics.cost': () =>
      reading(context, async ({ monitor }) => ({ tiers: await monitor.read('samples.cost', null) })),
    'availability.get': (whole) =>
      reading(context, async ({ monitor }) => {
        const windows = availabilityWindows(whole);
        const tallies = await monitor.read('slots.tally', { collectorIds: COLLECTOR_IDS, windows });
        const figures = await Promise.all(
          windows.map((window) =>
            monitor.read('samples.figures', { ...window, ...now(), metrics: AVAILABILITY_METRICS }),
          ),
        );
        return availabilityReport(whole, tallies, figures);
      }),
    'baseline.compare': () => reading(context, ({ monitor }) => compareBaseline(monitor, now())),
  };
}

export function metricCommands(context: HandlerContext): Pick<CommandHandlers, 'baseline.capture'> {
  return {
    'baseline.capture': ({ hours }) =>
      ordering(context, async ({ monitor }) => {
        const atMs = context.clock.wallMs();
        const captured = await reading(context, () => performance(monitor, { nowMs: atMs, zone: timeZone() }, hours));
        if (!captured.ok) return captured;
        const series = captured.value.length;
        if (series === 0) return fail('conflict', `Nothing was measured in the last ${hours} hours.`);
        const id = randomUUID();
        const body = JSON.stringify({ hours, figures: captured.value } satisfies StoredBaseline);
        await monitor.write({ id: `baseline:${id}`, parts: [packRows('baselines', [{ id, atMs, body }])] });
        return ok({ atMs, series });
      }),
  };
}

async function compare(
  monitor: Store,
  { fromMs, toMs, ...id }: MetricWindow,
  time: SampleTime,
): Promise<MetricComparison> {
  const hourly = await monitor.read('samples.series', {
    ...id,
    ...time,
    fromMs: time.nowMs - USUAL_FROM_MS,
    toMs: time.nowMs,
    points: USUAL_FROM_MS / HOUR_MS,
  });
  const points = hourly.map((bucket) => ({ atMs: bucket.fromMs, value: bucket.mean, coverage: bucket.coverage }));
  const recent = points.filter(({ atMs }) => atMs >= time.nowMs - TREND_FROM_MS);
  const limit = LIMITS[id.metric];
  return {
    present: await figureOf(monitor, id, fromMs, toMs, time),
    weekBefore: await figureOf(monitor, id, fromMs - WEEK_MS, toMs - WEEK_MS, time),
    usual: usualBand(points, time.nowMs),
    changes: stepChanges(recent),
    forecast: limit === undefined ? null : forecast(recent, limit),
  };
}

async function weekLines(monitor: Store, target: Target, time: SampleTime): Promise<readonly WeekLine[]> {
  const metrics = SAMPLED_METRICS.filter((metric) => METRICS[metric].target === target.kind);
  const dayBefore = async (toMs: number): Promise<ReadonlyMap<MetricName, Figure>> => {
    const figures = await monitor.read('samples.figures', { ...time, metrics, fromMs: toMs - DAY_MS, toMs });
    return new Map(figures.filter((each) => isSame(each.target, target)).map(({ metric, figure }) => [metric, figure]));
  };
  const present = await dayBefore(time.nowMs);
  const weekBefore = await dayBefore(time.nowMs - WEEK_MS);
  return metrics.map((metric) => ({
    metric,
    present: present.get(metric) ?? null,
    weekBefore: weekBefore.get(metric) ?? null,
  }));
}

async function figureOf(
  monitor: Store,
  { metric, target }: SeriesId,
  fromMs: number,
  toMs: number,
  time: SampleTime,
): Promise<Figure | null> {
  const figures = await monitor.read('samples.figures', { ...time, metrics: [metric], fromMs, toMs });
  return figures.find((each) => isSame(each.target, target))?.figure ?? null;
}

type Captured = SeriesId & { readonly figure: Figure };

interface StoredBaseline {
  readonly hours: number;
  readonly figures: readonly Captured[];
}

function performance(monitor: Store, time: SampleTime, hours: number): Promise<readonly Captured[]> {
  const fromMs = time.nowMs - hours * HOUR_MS;
  return monitor.read('samples.figures', { ...time, metrics: PERFORMANCE_METRICS, fromMs, toMs: time.nowMs });
}

async function compareBaseline(monitor: Store, time: SampleTime): Promise<BaselineComparison | null> {
  const stored = await monitor.read('baselines.newest', null);
  if (!stored) return null;
  const { hours, figures } = JSON.parse(stored.body) as StoredBaseline;
  const present = await performance(monitor, time, hours);
  const lines = figures.map(({ metric, target, figure }): BaselineLine => {
    const same = present.find((each) => each.metric === metric && isSame(each.target, target));
    return { metric, target, captured: figure, present: same?.figure ?? null };
  });
  return { capturedAtMs: stored.atMs, hours, lines };
}

function isSame(a: Target, b: Target): boolean {
  return targetKey(a) === targetKey(b);
}
