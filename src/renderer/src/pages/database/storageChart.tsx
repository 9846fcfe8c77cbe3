// Commit time and lock wait of one database over the chosen span, renewed while the page is seen.
import { type ReactNode, useMemo } from 'react';
import type { StorageSampleRow } from '../../../../shared/contract/tables';
import type { DatabaseName } from '../../../../shared/domain/database';
import { formatClock, formatDuration } from '../../../../shared/util/format';
import { ChartWithTable } from '../../components/charts/chartWithTable';
import { LatencyChart } from '../../components/charts/latencyChart';
import { Notice } from '../../components/notice';
import { useQuery } from '../../hooks/useQuery';
import { type StorageSpan, useUiStore } from '../../store/uiStore';
import { summariseStorage, toLatencySeries } from './storageSeries';
import classes from './database.module.css';

const REFRESH_MS = 10_000;
const HEIGHT = 170;
const SPAN_MS: Readonly<Record<StorageSpan, number>> = { '15m': 15 * 60_000, '1h': 60 * 60_000 };
const SPAN_WORDS: Readonly<Record<StorageSpan, string>> = { '15m': 'last 15 minutes', '1h': 'last hour' };

export function StorageChart({ database }: { readonly database: DatabaseName }): ReactNode {
  const span = useUiStore((state) => state.storageSpan);
  const { data, error, asOfMs, refresh } = useQuery(
    'storage.series',
    { database, sinceMs: Date.now() - SPAN_MS[span] },
    { everyMs: REFRESH_MS, identity: `${database} ${span}` },
  );
  return (
    <div className={classes.chart}>
      {data !== null && asOfMs !== null && data.samples.length > 0 ? (
        <Samples samples={data.samples} fromMs={asOfMs - SPAN_MS[span]} toMs={asOfMs} span={span} />
      ) : error !== null ? (
        <Notice title="The history could not be read" tone="error" action={{ label: 'Try again', run: refresh }}>
          {error.message}
        </Notice>
      ) : data === null ? (
        <Notice title="Reading the history…" />
      ) : (
        <Notice title={`No samples in the ${SPAN_WORDS[span]}`}>
          The first one is written within a minute of the start.
        </Notice>
      )}
    </div>
  );
}

interface SamplesProps {
  readonly samples: readonly StorageSampleRow[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly span: StorageSpan;
}

function Samples({ samples, fromMs, toMs, span }: SamplesProps): ReactNode {
  const series = useMemo(() => toLatencySeries(samples), [samples]);
  const summary = summariseStorage(samples, SPAN_WORDS[span]);
  return (
    <ChartWithTable
      summary={summary}
      height={HEIGHT}
      chart={<LatencyChart series={series} fromMs={fromMs} toMs={toMs} summary={summary} height={HEIGHT} />}
      table={() => ({
        caption: `Commit time and lock wait, ${SPAN_WORDS[span]}`,
        columns: ['Time', ...series.map(({ label }) => label), 'Commits'],
        rows: samples
          .toReversed()
          .map((sample) => [
            formatClock(sample.atMs),
            formatDuration(sample.commitP50Ms),
            formatDuration(sample.commitP95Ms),
            formatDuration(sample.lockWaitP95Ms),
            String(sample.commits),
          ]),
      })}
    />
  );
}
