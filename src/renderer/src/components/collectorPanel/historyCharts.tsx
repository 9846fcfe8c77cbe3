// Three charts of one collector: how long runs took beside the usual, rows a run, and the age of the data against its promise.
import { type ReactNode, useMemo } from 'react';
import type { CollectorSlice } from '../../../../shared/contract/snapshot';
import type { CollectorHistory } from '../../../../shared/domain/timeline';
import { formatClock, formatCount, formatDateTime, formatDuration, NO_VALUE } from '../../../../shared/util/format';
import { useQuery } from '../../hooks/useQuery';
import { ChartWithTable } from '../charts/chartWithTable';
import { LineChart } from '../charts/lineChart';
import { type Baseline, chooseBaseline } from './baseline';
import { ageLines, durationLines, rowsLines, summariseAge, summariseDuration, summariseRows } from './historySeries';
import { Part } from './part';
import { promisedAgeMs } from './promise';
import classes from './collectorPanel.module.css';

const HEIGHT = 130;
const DAY_MS = 24 * 3_600_000;
const LEAST_MS = 100;
const LEAST_ROWS = 10;
/** What is usual changes slowly. */
const BASELINE_EVERY_MS = 300_000;

interface ChartProps {
  readonly history: CollectorHistory;
  readonly words: string;
}

type CollectorChartProps = ChartProps & { readonly collector: CollectorSlice };

export function DurationChart({ history, collector, words }: CollectorChartProps): ReactNode {
  const { fromMs, toMs, buckets } = history;
  const baseline = useBaseline(collector.id);
  const lines = useMemo(() => durationLines(history, baseline), [history, baseline]);
  const good = buckets.filter(({ good: count }) => count > 0);
  const summary = summariseDuration(buckets, baseline);
  return (
    <Part title="Duration of runs" testId="panel-duration">
      {good.length === 0 ? (
        <p className={classes.none}>No run brought data in the {words}.</p>
      ) : (
        <ChartWithTable
          summary={summary}
          height={HEIGHT}
          chart={
            <LineChart
              series={lines}
              fromMs={fromMs}
              toMs={toMs}
              summary={summary}
              height={HEIGHT}
              format={formatDuration}
              lowestTop={LEAST_MS}
            />
          }
          table={() => ({
            caption: `Duration of runs, ${words}`,
            columns: ['From', 'p50', 'p95', 'Runs', 'With data'],
            rows: buckets
              .toReversed()
              .map((bucket) => [
                formatFrom(history, bucket.fromMs),
                formatOr(bucket.p50Ms, formatDuration),
                formatOr(bucket.p95Ms, formatDuration),
                formatCount(bucket.runs),
                formatCount(bucket.good),
              ]),
          })}
        />
      )}
    </Part>
  );
}

export function RowsChart({ history, words }: ChartProps): ReactNode {
  const { fromMs, toMs, buckets } = history;
  const lines = useMemo(() => rowsLines(history), [history]);
  const summary = summariseRows(buckets);
  if (buckets.every(({ rows }) => rows === null)) return null;
  return (
    <Part title="Rows per run, new or changed" testId="panel-rows">
      <ChartWithTable
        summary={summary}
        height={HEIGHT}
        chart={
          <LineChart
            series={lines}
            fromMs={fromMs}
            toMs={toMs}
            summary={summary}
            height={HEIGHT}
            format={formatCount}
            lowestTop={LEAST_ROWS}
          />
        }
        table={() => ({
          caption: `Rows per run, ${words}`,
          columns: ['From', 'Rows per run', 'Runs'],
          rows: buckets
            .toReversed()
            .map((bucket) => [
              formatFrom(history, bucket.fromMs),
              formatOr(bucket.rows, formatCount),
              formatCount(bucket.runs),
            ]),
        })}
      />
    </Part>
  );
}

export function AgeChart({ history, collector, words }: CollectorChartProps): ReactNode {
  const { fromMs, toMs, ages } = history;
  const promisedMs = promisedAgeMs(collector);
  const lines = useMemo(() => ageLines(history, promisedMs), [history, promisedMs]);
  const summary = summariseAge(ages, promisedMs);
  if (ages.every(({ worstAgeMs }) => worstAgeMs === null)) return null;
  return (
    <Part title="Age of the data at its oldest" testId="panel-age">
      <ChartWithTable
        summary={summary}
        height={HEIGHT}
        chart={
          <LineChart
            series={lines}
            fromMs={fromMs}
            toMs={toMs}
            summary={summary}
            height={HEIGHT}
            format={formatDuration}
            lowestTop={promisedMs}
          />
        }
        table={() => ({
          caption: `Age of the data, ${words}`,
          columns: ['From', 'Oldest', `Promised: ${formatDuration(promisedMs)}`],
          rows: ages
            .toReversed()
            .map((age) => [
              formatFrom(history, age.fromMs),
              formatOr(age.worstAgeMs, formatDuration),
              age.worstAgeMs === null ? NO_VALUE : age.worstAgeMs <= promisedMs ? 'kept' : 'not kept',
            ]),
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

function formatFrom({ fromMs, toMs }: CollectorHistory, atMs: number): string {
  return toMs - fromMs > DAY_MS / 2 ? formatDateTime(atMs) : formatClock(atMs);
}

function formatOr(value: number | null, format: (value: number) => string): string {
  return value === null ? NO_VALUE : format(value);
}
