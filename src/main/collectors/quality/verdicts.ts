// The quality of collected data in plain words. Pure.
import type { CollectorQuality, QualityReport, TableQuality } from '../../../shared/domain/quality';
import type { FieldCompleteness } from '../../../shared/domain/runQuality';
import { formatAge, formatCount } from '../../../shared/util/format';

/** Below this share of filled key fields something is wrong with how rows are read, not with the market. */
const MIN_FILLED = 0.9;
/** Fields that the source itself leaves out for many rows. */
const OFTEN_UNKNOWN = new Set(['pools.createdAtMs', 'tokens.decimals', 'token_details.totalSupply', 'trades.sender']);
/** Data is late when it is older than this many intervals. */
const LATE_INTERVALS = 3;

export function tableVerdicts(table: Omit<TableQuality, 'verdicts'>): readonly string[] {
  const { duplicates, fields, rows } = table;
  return [
    ...(duplicates > 0 ? [`${formatCount(duplicates)} rows are there twice`] : []),
    ...fields.flatMap(({ field, filled }) => blankVerdict({ table: table.table, field, filled, rows })),
  ];
}

export function collectorVerdicts(
  { fetched, freshnessMs, quality, valid }: Omit<CollectorQuality, 'verdicts'>,
  intervalMs: number,
): readonly string[] {
  return [
    ...(freshnessMs === null ? ['it has not succeeded yet'] : []),
    ...(freshnessMs !== null && freshnessMs > LATE_INTERVALS * intervalMs
      ? [`its last success is ${formatAge(freshnessMs)} old, one was due every ${formatAge(intervalMs)}`]
      : []),
    ...(valid < fetched ? [`${formatCount(fetched - valid)} of ${formatCount(fetched)} rows could not be used`] : []),
    ...(quality?.completeness.flatMap(blankVerdict) ?? []),
    ...(quality && quality.flagged > 0
      ? [`${formatCount(quality.flagged)} figures are hard to believe: ${quality.flags[0]?.detail ?? ''}`]
      : []),
  ];
}

/** The report in one sentence. */
export function overallVerdict({ collectors, gaps, tables }: Omit<QualityReport, 'verdict'>): string {
  const remarks = [...tables, ...collectors].reduce((sum, { verdicts }) => sum + verdicts.length, 0);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const gapWords =
    gaps.missing === 0
      ? 'no gaps'
      : `${formatCount(gaps.missing)} bars missing in ${gaps.incomplete} of ${gaps.series} candle series`;
  const remarkWords = remarks === 0 ? 'nothing to remark' : remarks === 1 ? '1 remark' : `${remarks} remarks`;
  return `${formatCount(rows)} rows, ${gapWords}, ${remarkWords}.`;
}

function blankVerdict({ table, field, filled, rows }: FieldCompleteness): readonly string[] {
  if (rows === 0 || filled / rows >= MIN_FILLED || (OFTEN_UNKNOWN.has(`${table}.${field}`) && filled > 0)) return [];
  const share = Math.floor((filled / rows) * 100);
  return [`${table}: only ${share} % of ${formatCount(rows)} rows have a value in ${field}`];
}
