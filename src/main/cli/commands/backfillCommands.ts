// `gaps` and `backfill`: what is missing in collected candles, what it would take to fetch it, and fetching it.
import { type Command, Option } from 'commander';
import type { BackfillPreview, BackfillScope, SeriesGapReport } from '../../../shared/contract/gaps';
import type { LongOperation } from '../../../shared/domain/operation';
import { TIMEFRAMES, type Timeframe } from '../../../shared/domain/market';
import { formatQuantity } from '../../../shared/util/format';
import type { Link } from '../link/link';
import { workToItsEnd } from '../longWork';
import { readCount } from '../numbers';
import { answerOf, EXIT } from '../outcome';
import { isoTime } from '../print/cells';
import type { Column } from '../print/report';
import { outcome, type Outcome, placed, type PlaceOptions, serve } from '../serve';
import { note } from '../words';

interface ScopeOptions extends PlaceOptions {
  readonly pool?: readonly string[];
  readonly timeframe?: Timeframe;
  readonly aggregate: number;
  readonly days?: number;
}

export function addBackfillCommands(program: Command): void {
  scoped(placed(program.command('gaps'), 'gaps --days 7'))
    .description('What is missing in every collected series of candles; bars in which nobody traded are not missing.')
    .action((options: ScopeOptions) => serve(options, (link) => listGaps(link, scopeOf(options))));

  scoped(placed(program.command('backfill'), 'backfill --days 90 --start'))
    .description('Say what it takes to fetch missing candles; with --start, fetch them at quiet moments.')
    .option('--start', 'fetch them; Ctrl-C calls it off, and what was fetched stays')
    .action((options: ScopeOptions & { readonly start?: true }) =>
      serve(options, (link) =>
        options.start ? fetchMissing(link, scopeOf(options)) : showPreview(link, scopeOf(options)),
      ),
    );
}

function scoped(command: Command): Command {
  return command
    .option('--pool <id...>', 'only candles of these pools')
    .addOption(new Option('--timeframe <timeframe>', 'only these candles').choices(TIMEFRAMES))
    .option('--aggregate <count>', 'how many of the timeframe in one bar', readCount, 1)
    .option('--days <count>', 'how far back; what the settings say when left out', readCount);
}

function scopeOf({ pool, timeframe, aggregate, days }: ScopeOptions): BackfillScope {
  return { poolIds: pool ?? null, bars: timeframe ? [{ timeframe, aggregate }] : null, days: days ?? null };
}

const GAP_COLUMNS: readonly Column<SeriesGapReport>[] = [
  { name: 'series', value: ({ label }) => label },
  { name: 'watched', value: ({ watched }) => watched },
  { name: 'from', value: ({ fromS }) => isoTime(fromS * 1_000) },
  { name: 'to', value: ({ toS }) => isoTime(toS * 1_000) },
  { name: 'expected', value: ({ expected }) => expected },
  { name: 'present', value: ({ present }) => present },
  { name: 'no_trades', value: ({ omitted }) => omitted },
  { name: 'missing', value: ({ missing }) => missing },
  { name: 'gaps', value: ({ ranges }) => ranges.length },
];

async function listGaps(link: Link, scope: BackfillScope): Promise<Outcome> {
  const { series } = answerOf(await link.query('gaps.list', scope));
  if (series.length === 0) note('no candles are collected yet in this scope.');
  return outcome(EXIT.ok, { columns: GAP_COLUMNS, rows: series });
}

const PREVIEW_COLUMNS: readonly Column<BackfillPreview['series'][number]>[] = [
  { name: 'series', value: ({ label }) => label },
  { name: 'missing', value: ({ missing }) => missing },
  { name: 'calls', value: ({ calls }) => calls },
  { name: 'bars', value: ({ bars }) => bars },
];

async function showPreview(link: Link, scope: BackfillScope): Promise<Outcome> {
  const preview = answerOf(await link.query('backfill.preview', scope));
  const { bars, calls, minutes, series } = preview;
  if (series.length === 0) note('nothing is missing.');
  else
    note(
      `it takes ${formatQuantity(calls, 'call')} and about ${formatQuantity(minutes, 'minute')} ` +
        `to fetch ${formatQuantity(bars, 'bar')}; --start fetches them.`,
    );
  return outcome(EXIT.ok, { columns: PREVIEW_COLUMNS, rows: series, json: preview });
}

const FETCH_COLUMNS: readonly Column<LongOperation>[] = [
  { name: 'result', value: ({ state }) => state },
  { name: 'detail', value: ({ detail }) => detail },
];

async function fetchMissing(link: Link, scope: BackfillScope): Promise<Outcome> {
  const ended = await workToItsEnd(link, 'backfill', () => link.command('backfill.start', scope));
  return outcome(EXIT.ok, { columns: FETCH_COLUMNS, rows: [ended] });
}
