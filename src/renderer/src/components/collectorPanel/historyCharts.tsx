// Three charts of one collector: how long runs took beside the usual, rows a run, and the age of the data against its promise.
import { type ReactNode, useMemo } from 'react';
import type { CollectorState } from '../../../../shared/contract/snapshot';
import type { CollectorHistory } from '../../../../shared/domain/timeline';
import { formatClock, formatCount, formatDateTime, formatDuration, NO_VALUE } from '../../../../shared/util/format';
import { useQuery } from '../../hooks/useQuery';
import { ChartWithTable } from '../charts/chartWithTable';
import { LineChart, type LineChartProps, type LineSeries } from '../charts/lineChart';
import { spanInWords } from '../timeRange/rangeWords';
import { type Baseline, chooseBaseline } from './baseline';
import { ageLines, durationLines, rowsLines, summariseAge, summariseDuration, summariseRows } from './historySeries';
import { Part } from './part';
import { promisedAgeMs } from './promise';
import { t } from '../../texts/texts';
import classes from './collectorPanel.module.css';

const HEIGHT = 130;
const DAY_MS = 24 * 3_600_000;
const LEAST_MS = 100;
const LEAST_ROWS = 10;
/** What is usual changes slowly. */
const BASELINE_EVERY_MS = 300_000;

interface ChartProps {
  readonly history: CollectorHistory;
}

interface CollectorChartProps extends ChartProps {
  readonly collector: CollectorState;
  readonly words: string;
}

export function DurationChart({ history, collector, words }: CollectorChartProps): ReactNode {
  const { buckets } = history;
  const baseline = useBaseline(collector.id);
  const lines = useMemo(() => durationLines(history, baseline), [history, baseline]);
  if (buckets.every(({ good }) => good === 0)) {
    return (
      <Part title={t('collector.durationOfRuns')} testId="panel-duration">
        <p className={classes.none}>{t('collector.noDataRuns', { words })}</p>
      </Part>
    );
  }
  return (
    <ChartPart
      title={t('collector.durationOfRuns')}
      testId="panel-duration"
      history={history}
      lines={lines}
      summary={summariseDuration(buckets, baseline)}
      format={formatDuration}
      lowestTop={LEAST_MS}
      columns={[t('collector.p50'), t('collector.p95'), t('collector.columnRuns'), t('collector.withData')]}
      rows={buckets.map(({ fromMs, p50Ms, p95Ms, runs, good }) => ({
        fromMs,
        cells: [formatOr(p50Ms, formatDuration), formatOr(p95Ms, formatDuration), formatCount(runs), formatCount(good)],
      }))}
    />
  );
}

export function RowsChart({ history }: ChartProps): ReactNode {
  const { buckets } = history;
  const lines = useMemo(() => rowsLines(history), [history]);
  if (buckets.every(({ rows }) => rows === null)) return null;
  return (
    <ChartPart
      title={t('collector.rowsPerRunTitle')}
      testId="panel-rows"
      history={history}
      lines={lines}
      summary={summariseRows(buckets)}
      format={formatCount}
      lowestTop={LEAST_ROWS}
      columns={[t('collector.rowsPerRun'), t('collector.columnRuns')]}
      rows={buckets.map(({ fromMs, rows, runs }) => ({
        fromMs,
        cells: [formatOr(rows, formatCount), formatCount(runs)],
      }))}
    />
  );
}

export function AgeChart({ history, collector }: Omit<CollectorChartProps, 'words'>): ReactNode {
  const { ages } = history;
  const promisedMs = promisedAgeMs(collector);
  const lines = useMemo(() => ageLines(history, promisedMs), [history, promisedMs]);
  if (ages.every(({ worstAgeMs }) => worstAgeMs === null)) return null;
  const verdict = (ageMs: number): string => (ageMs <= promisedMs ? t('collector.kept') : t('collector.notKept'));
  return (
    <ChartPart
      title={t('collector.ageOfData')}
      testId="panel-age"
      history={history}
      lines={lines}
      summary={summariseAge(ages, promisedMs)}
      format={formatDuration}
      lowestTop={promisedMs}
      columns={[t('collector.oldest'), t('collector.promisedIs', { promisedMs: formatDuration(promisedMs) })]}
      rows={ages.map(({ fromMs, worstAgeMs }) => ({
        fromMs,
        cells: [formatOr(worstAgeMs, formatDuration), formatOr(worstAgeMs, verdict)],
      }))}
    />
  );
}

interface ChartPartProps extends Pick<LineChartProps, 'format' | 'lowestTop' | 'summary'> {
  readonly title: string;
  readonly testId: string;
  readonly history: CollectorHistory;
  readonly lines: readonly LineSeries[];
  /** Of the table, after the time. */
  readonly columns: readonly string[];
  /** Oldest first. */
  readonly rows: readonly { readonly fromMs: number; readonly cells: readonly string[] }[];
}

function ChartPart({ title, testId, history, lines, columns, rows, ...chart }: ChartPartProps): ReactNode {
  const { fromMs, toMs } = history;
  const formatTime = toMs - fromMs > DAY_MS / 2 ? formatDateTime : formatClock;
  return (
    <Part title={title} testId={testId}>
      <ChartWithTable
        summary={chart.summary}
        height={HEIGHT}
        chart={<LineChart {...chart} series={lines} fromMs={fromMs} toMs={toMs} height={HEIGHT} />}
        table={() => ({
          caption: `${title}, ${spanInWords(history)}`,
          columns: [t('collector.columnFrom'), ...columns],
          rows: rows.toReversed().map((row) => [formatTime(row.fromMs), ...row.cells]),
        })}
      />
    </Part>
  );
}

/** What to compare durations with: the usual of this hour of the week, else what a person captured, else a week before. */
function useBaseline(collectorId: string): Baseline | null {
  const target = { kind: 'collector', id: collectorId } as const;
  const toMs = Date.now();
  const window = { metric: 'collector.duration', target, fromMs: toMs - DAY_MS, toMs } as const;
  const usual = useQuery('metrics.compare', window, { everyMs: BASELINE_EVERY_MS, identity: collectorId });
  const captured = useQuery('baseline.compare', null, { everyMs: BASELINE_EVERY_MS });
  return useMemo(
    () => chooseBaseline(usual.data, captured.data, collectorId),
    [usual.data, captured.data, collectorId],
  );
}

function formatOr(value: number | null, format: (value: number) => string): string {
  return value === null ? NO_VALUE : format(value);
}
