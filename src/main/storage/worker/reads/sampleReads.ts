// Reads of samples: what is due to be sealed, series for charts, figures, cost; and captured baselines.
import type { BaselineRow } from '../../../../shared/contract/rows/sampleRows';
import { METRICS, type MetricName, type TargetKind } from '../../../../shared/domain/metrics';
import { JOURNAL_DAYS, SAMPLE_TIERS, type SeriesId, type TierCost } from '../../../../shared/domain/series';
import type { SqliteDatabase } from '../driver';
import { HOUR_S, Journal, type SeriesKey, seriesKey, seriesName } from '../samples/journal';
import { Sealer } from '../samples/sealer';
import { SeriesReader } from '../samples/seriesReader';
import type { ReadTable } from './readTable';
import { selectList } from './selectList';
import { StatementCache } from './statementCache';

const DAY_S = 86_400;
/** What SQLite needs for a row besides its texts, about. */
const ROW_BYTES = 16;

export function createSampleReads(db: SqliteDatabase): ReadTable {
  const statements = new StatementCache(db);
  const journal = new Journal(db);
  const reader = new SeriesReader(db, journal);
  const sealer = new Sealer(db, journal);

  const seriesIds = (): readonly SeriesId[] => {
    const stored = statements.all<SeriesKey>(
      `WITH RECURSIVE series(metric, target) AS (
         SELECT * FROM (SELECT metric, target FROM sample_hours ORDER BY metric, target LIMIT 1)
         UNION ALL
         SELECT (SELECT metric FROM sample_hours WHERE (metric, target) > (s.metric, s.target) ORDER BY metric, target LIMIT 1),
                (SELECT target FROM sample_hours WHERE (metric, target) > (s.metric, s.target) ORDER BY metric, target LIMIT 1)
         FROM series s WHERE s.metric IS NOT NULL)
       SELECT metric, target FROM series WHERE metric IS NOT NULL`,
      [],
    );
    const newest = statements.get<{ readonly names: string }>(
      `SELECT l.names FROM sample_ticks t JOIN sample_layouts l ON l.id = t.layout ORDER BY t.from_s DESC LIMIT 1`,
      [],
    );
    const names = new Set(stored.map(seriesName));
    for (const name of JSON.parse(newest?.names ?? '[]') as readonly string[]) names.add(name);
    return [...names].sort().flatMap(toSeriesId);
  };

  return {
    'samples.due': ({ nowMs }) => {
      const openFromS = Math.floor(nowMs / 1_000 / HOUR_S) * HOUR_S;
      return journal.unsealed().filter(({ fromS }) => fromS !== openFromS);
    },
    'samples.seal': (args) => sealer.seal(args),
    'samples.series': (args) => reader.series(args),
    'samples.list': seriesIds,
    'samples.figures': (args) =>
      seriesIds()
        .filter(({ metric }) => args.metrics.includes(metric))
        .flatMap((id) => {
          const figure = reader.figure(id, args);
          return figure ? [{ ...id, figure }] : [];
        }),
    'samples.cost': () => [
      ...SAMPLE_TIERS.map(({ id, table, keepDays }): TierCost => {
        const samples = id === 'raw' ? 'sum(samples)' : 'NULL';
        const names = 'octet_length(metric) + octet_length(target)';
        return costOf(id, keepDays, statements.get<Weighed>(weigh(table, names, samples), []));
      }),
      costOf('journal', JOURNAL_DAYS, statements.get<Weighed>(weigh('sample_ticks', '0', 'NULL'), [])),
    ],
    'baselines.newest': () =>
      statements.get<BaselineRow>(
        `SELECT ${selectList('baselines', 'b')} FROM baselines b ORDER BY b.at_ms DESC LIMIT 1`,
        [],
      ) ?? null,
  };
}

/** A metric that this version does not know any more is left out. */
function toSeriesId(name: string): readonly SeriesId[] {
  const { metric, target } = seriesKey(name);
  if (!(metric in METRICS)) return [];
  const end = target.indexOf('/');
  const kind = target.slice(0, end) as TargetKind;
  return [{ metric: metric as MetricName, target: { kind, id: target.slice(end + 1) } }];
}

interface Weighed {
  readonly rows: number;
  readonly bytes: number | null;
  readonly days: number | null;
  readonly samples: number | null;
}

function weigh(table: string, names: string, samples: string): string {
  return `SELECT count(*) AS rows, sum(octet_length(body) + ${names} + ${ROW_BYTES}) AS bytes,
    (max(from_s) - min(from_s)) / ${DAY_S}.0 AS days, ${samples} AS samples FROM ${table}`;
}

function costOf(tier: TierCost['tier'], keepDays: number | null, weighed: Weighed | undefined): TierCost {
  const { rows = 0, bytes = null, days = null, samples = null } = weighed ?? {};
  return {
    tier,
    rows,
    bytes: bytes ?? 0,
    keepDays,
    bytesPerYear: bytes !== null && days !== null && days >= 1 ? Math.round((bytes / days) * 365) : null,
    bytesPerSample: samples ? (bytes ?? 0) / samples : null,
  };
}
