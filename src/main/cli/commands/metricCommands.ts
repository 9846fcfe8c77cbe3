// `metrics`: what the program measured about itself, from the series that it keeps.
import { type Command, InvalidArgumentError } from 'commander';
import { type MetricName, METRICS, type Target } from '../../../shared/domain/metrics';
import type { Figure, SeriesBucket, SeriesId, TierCost } from '../../../shared/domain/series';
import { formatBytes } from '../../../shared/util/format';
import { answerOf, EXIT } from '../outcome';
import { readCount } from '../numbers';
import { isoTime } from '../print/cells';
import type { Column } from '../print/report';
import { outcome, placed, type PlaceOptions, serve } from '../serve';
import { note } from '../words';
import { addAvailabilityCommand } from './availabilityCommand';
import { addBaselineCommand } from './baselineCommand';
import { figureColumns, rounded } from './figureColumns';
import { windowOf, type WindowOptions, withLast } from './lastOption';

const DEFAULT_POINTS = 24;

interface SeriesOptions extends WindowOptions {
  readonly points: number;
}

const SERIES_COLUMNS: readonly Column<SeriesId>[] = [
  { name: 'metric', value: ({ metric }) => metric },
  { name: 'target', value: ({ target }) => target.id },
  { name: 'unit', value: ({ metric }) => METRICS[metric].unit },
  { name: 'meaning', value: ({ metric }) => METRICS[metric].title },
];

const BUCKET_COLUMNS: readonly Column<SeriesBucket>[] = [
  { name: 'from', value: ({ fromMs }) => isoTime(fromMs) },
  ...figureColumns<SeriesBucket>((bucket) => bucket),
];

interface Compared {
  readonly when: string;
  readonly figure: Figure | null;
}

const COMPARED_COLUMNS: readonly Column<Compared>[] = [
  { name: 'when', value: ({ when }) => when },
  ...figureColumns<Compared>(({ figure }) => figure),
];

const COST_COLUMNS: readonly Column<TierCost>[] = [
  { name: 'tier', value: ({ tier }) => tier },
  { name: 'rows', value: ({ rows }) => rows },
  { name: 'bytes', value: ({ bytes }) => bytes, text: ({ bytes }) => formatBytes(bytes) },
  { name: 'kept_days', value: ({ keepDays }) => keepDays, text: ({ keepDays }) => keptFor(keepDays) },
  {
    name: 'bytes_per_year',
    value: ({ bytesPerYear }) => bytesPerYear,
    text: ({ bytesPerYear }) => (bytesPerYear === null ? '–' : formatBytes(bytesPerYear)),
  },
  { name: 'bytes_per_sample', value: ({ bytesPerSample }) => rounded(bytesPerSample) },
];

export function addMetricCommands(program: Command): void {
  const metrics = program.command('metrics').description('What Poolwatch measured about itself.');
  addAvailabilityCommand(metrics);
  addBaselineCommand(metrics);
  placed(metrics.command('list'), 'metrics list')
    .description('What there are series of.')
    .action((options: PlaceOptions) =>
      serve(options, async (link) => {
        const { series } = answerOf(await link.query('metrics.list', null));
        return outcome(EXIT.ok, { columns: SERIES_COLUMNS, rows: series });
      }),
    );
  withLast(metrics.command('show'), 'metrics show database.lockWaitP95 market --last 48h --points 48')
    .description('One series over time.')
    .argument('<metric>', 'for example database.lockWaitP95', readMetric)
    .argument('<target>', 'the collector, host or database that it is about')
    .option('--points <count>', 'how many lines, about', readCount, DEFAULT_POINTS)
    .action((metric: MetricName, target: string, options: SeriesOptions) =>
      serve(options, async (link) => {
        const args = { metric, target: targetOf(metric, target), ...windowOf(options), points: options.points };
        const { buckets } = answerOf(await link.query('metrics.series', args));
        if (buckets.length === 0) note('Nothing of it was measured in that time.');
        return outcome(EXIT.ok, { columns: BUCKET_COLUMNS, rows: buckets });
      }),
    );
  withLast(metrics.command('compare'), 'metrics compare database.diskFree market')
    .description('The last hours beside those of a week before; what is usual now, and where it is going.')
    .argument('<metric>', 'for example database.diskFree', readMetric)
    .argument('<target>', 'the collector, host or database that it is about')
    .action((metric: MetricName, target: string, options: WindowOptions) =>
      serve(options, async (link) => {
        const args = { metric, target: targetOf(metric, target), ...windowOf(options) };
        const told = answerOf(await link.query('metrics.compare', args));
        const { usual, changes, forecast } = told;
        if (usual) note(`Usual at this hour of the week: ${rounded(usual.low)} to ${rounded(usual.high)}.`);
        for (const { atMs, before, after } of changes)
          note(`Since ${isoTime(atMs)} it is ${rounded(after)} instead of ${rounded(before)}.`);
        if (forecast?.daysAtEarliest)
          note(`It reaches ${forecast.limit} in ${rounded(forecast.daysAtEarliest)} days at the earliest.`);
        const rows = [
          { when: 'present', figure: told.present },
          { when: 'week_before', figure: told.weekBefore },
        ];
        return outcome(EXIT.ok, { columns: COMPARED_COLUMNS, rows, json: told });
      }),
    );
  placed(metrics.command('cost'), 'metrics cost')
    .description('What it costs to keep all series, and what a year would.')
    .action((options: PlaceOptions) =>
      serve(options, async (link) => {
        const { tiers } = answerOf(await link.query('metrics.cost', null));
        return outcome(EXIT.ok, { columns: COST_COLUMNS, rows: tiers });
      }),
    );
}

function targetOf(metric: MetricName, id: string): Target {
  return { kind: METRICS[metric].target, id };
}

function readMetric(text: string): MetricName {
  if (!(text in METRICS)) throw new InvalidArgumentError('`metrics list` names those that there are.');
  return text as MetricName;
}

function keptFor(days: number | null): string {
  if (days === null) return 'for ever';
  return days < 1 ? `${Math.round(days * 24)} h` : String(days);
}
