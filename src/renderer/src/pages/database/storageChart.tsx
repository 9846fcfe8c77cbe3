// Commit time and lock wait of one database over the chosen time, renewed while the page is seen.
import { type ReactNode, useMemo } from 'react';
import type { StorageHistory } from '../../../../shared/contract/timeline';
import type { DatabaseName } from '../../../../shared/domain/database';
import { formatClock, formatDateTime, formatDuration } from '../../../../shared/util/format';
import { ChartWithTable } from '../../components/charts/chartWithTable';
import { LineChart } from '../../components/charts/lineChart';
import { Notice } from '../../components/notice';
import { rangeInWords } from '../../components/timeRange/rangeWords';
import { useQuery } from '../../hooks/useQuery';
import { useTimeSpan } from '../../hooks/useTimeSpan';
import { summariseStorage, toLatencySeries } from './storageSeries';
import { t } from '../../texts/texts';
import classes from './database.module.css';

const HEIGHT = 170;
const COLUMNS = 240;
const DAY_MS = 24 * 3_600_000;
/** Below this the axis would only show noise. */
const LOWEST_TOP_MS = 5;

export function StorageChart({ database }: { readonly database: DatabaseName }): ReactNode {
  const span = useTimeSpan();
  const { fromMs, toMs } = span;
  const { data, error, refresh } = useQuery(
    'storage.history',
    { database, fromMs, toMs, columns: COLUMNS },
    { trigger: span.tick, identity: `${database} ${span.key}` },
  );
  const words = rangeInWords(span.range, span);
  return (
    <div className={classes.chart}>
      {data !== null && data.samples.length > 0 ? (
        <Samples history={data} words={words} />
      ) : error !== null ? (
        <Notice
          title={t('database.historyNotRead')}
          tone="error"
          action={{ label: t('common.tryAgain'), run: refresh }}
        >
          {error.message}
        </Notice>
      ) : data === null ? (
        <Notice title={t('database.readingHistory')} />
      ) : (
        <Notice title={t('database.noSamples', { words })}>{t('database.noSamplesHint')}</Notice>
      )}
    </div>
  );
}

function Samples({ history, words }: { readonly history: StorageHistory; readonly words: string }): ReactNode {
  const { samples, fromMs, toMs } = history;
  const series = useMemo(() => toLatencySeries(samples), [samples]);
  const summary = summariseStorage(samples, words);
  const formatTime = toMs - fromMs > DAY_MS / 2 ? formatDateTime : formatClock;
  return (
    <ChartWithTable
      summary={summary}
      height={HEIGHT}
      chart={
        <LineChart
          series={series}
          fromMs={fromMs}
          toMs={toMs}
          summary={summary}
          height={HEIGHT}
          format={formatDuration}
          lowestTop={LOWEST_TOP_MS}
        />
      }
      table={() => ({
        caption: t('database.chartCaption', { words }),
        columns: [t('database.columnTime'), ...series.map(({ label }) => label), t('database.columnCommits')],
        rows: samples
          .toReversed()
          .map((sample) => [
            formatTime(sample.atMs),
            formatDuration(sample.commitP95Ms),
            formatDuration(sample.commitP50Ms),
            formatDuration(sample.lockWaitP95Ms),
            String(sample.commits),
          ]),
      })}
    />
  );
}
