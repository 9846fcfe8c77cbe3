// The candles of one pool: price and volume, the newest figures in words, and the same as a table.
import { ActionIcon, SegmentedControl } from '@mantine/core';
import { X } from 'lucide-react';
import { type ReactNode, useId, useRef } from 'react';
import type { CandleSeries, PoolListItem } from '../../../../shared/contract/queries';
import { type BarKind, barSeconds } from '../../../../shared/domain/bars';
import { formatDateTime, formatPrice, formatUsd } from '../../../../shared/util/format';
import { Age } from '../../components/age';
import { CandleChart } from '../../components/charts/candleChart';
import { ChartWithTable } from '../../components/charts/chartWithTable';
import { Notice } from '../../components/notice';
import { useShortcut } from '../../components/shortcuts/useShortcut';
import { useQuery } from '../../hooks/useQuery';
import { navigate } from '../../store/route';
import { useSnapshot } from '../../store/selectors';
import { type CandleBars, useUiStore } from '../../store/uiStore';
import { summariseCandles } from './candleSummary';
import { Change, poolPlace, poolTitle, Price } from './poolColumns';
import { WatchButton } from './watchButton';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';
import classes from './market.module.css';

/** Settings always name one; this only says so to the compiler. */
const DEFAULT_BARS: BarKind = { timeframe: 'minute', aggregate: 15 };

const BAR_COUNTS = [60, 180, 500] as const satisfies readonly CandleBars[];

interface CandlesPanelProps {
  readonly poolId: string;
  /** The pool's row, where it is among the loaded ones. */
  readonly known: PoolListItem | null;
}

export function CandlesPanel({ poolId, known }: CandlesPanelProps): ReactNode {
  const headingId = useId();
  const bars = useUiStore((state) => state.candleBars);
  // A row leaves the loaded pages while its panel stays open: what was known of it stays.
  const pool = useLastKnown(known);
  const title = pool === null ? poolId : poolTitle(pool);
  const place = pool === null ? poolId : poolPlace(pool);
  const close = (): void => navigate('market');

  useShortcut('close', close);

  return (
    <section className={classes.candles} aria-labelledby={headingId} data-testid="candles-panel">
      <header className={classes.candlesHead}>
        <div className={classes.candlesTitle}>
          <h2 id={headingId} title={title}>
            {pool === null ? shortId(poolId) : title}
          </h2>
          <p className={classes.candlesNote} title={place}>
            {place}
          </p>
        </div>
        {pool !== null && (
          <div className={classes.candlesPrice}>
            <Price value={pool.basePriceUsd} />
            <Change value={pool.changePctH24} />
          </div>
        )}
        {pool !== null && <WatchButton pool={pool} />}
        <ActionIcon aria-label={t('market.closeCandles')} data-testid="close-candles" onClick={close}>
          <X size={16} aria-hidden />
        </ActionIcon>
      </header>
      <Candles poolId={poolId} bars={bars} />
    </section>
  );
}

function useLastKnown<T>(value: T | null): T | null {
  const last = useRef(value);
  if (value !== null) last.current = value;
  return last.current;
}

function shortId(poolId: string): string {
  return poolId.length > 18 ? `${poolId.slice(0, 10)}…${poolId.slice(-6)}` : poolId;
}

function Candles({ poolId, bars }: { readonly poolId: string; readonly bars: CandleBars }): ReactNode {
  const settings = useQuery('settings.get', null);
  const lastRunId = useSnapshot(
    (snapshot) => snapshot.collectors.find(({ id }) => id === 'ohlcv')?.lastRun?.id ?? null,
  );
  const ohlcv = settings.data?.ohlcv;
  if (ohlcv === undefined) {
    return settings.error === null ? (
      <Notice title={t('market.readingCandles')} />
    ) : (
      <Notice
        title={t('market.candlesNotRead')}
        tone="error"
        action={{ label: t('common.tryAgain'), run: settings.refresh }}
      >
        {settings.error.message}
      </Notice>
    );
  }
  const [kind = DEFAULT_BARS] = ohlcv.bars;
  return <Series args={{ poolId, ...kind, limit: bars }} trigger={lastRunId} />;
}

interface SeriesProps {
  readonly args: Parameters<typeof useQuery<'candles.series'>>[1];
  readonly trigger: string | null;
}

function Series({ args, trigger }: SeriesProps): ReactNode {
  const { data, error, asOfMs, refresh } = useQuery('candles.series', args, { trigger });
  if (data === null) {
    return error === null ? (
      <Notice title={t('market.readingCandles')} />
    ) : (
      <Notice title={t('market.candlesNotRead')} tone="error" action={{ label: t('common.tryAgain'), run: refresh }}>
        {error.message}
      </Notice>
    );
  }
  if (data.candles.length === 0) {
    return <Notice title={t('market.noCandlesOfPool')}>{t('market.noCandlesOfPoolHint')}</Notice>;
  }
  return <Chart series={data} barMs={barSeconds(args) * 1_000} asOfMs={asOfMs} bars={args.limit} />;
}

interface ChartProps {
  readonly series: CandleSeries;
  readonly barMs: number;
  readonly asOfMs: number | null;
  readonly bars: number;
}

function Chart({ series, barMs, asOfMs, bars }: ChartProps): ReactNode {
  const { candles } = series;
  const summary = summariseCandles(candles, barMs);
  return (
    <div className={classes.chart}>
      <div className={classes.chartTools}>
        <SegmentedControl
          aria-label={t('market.howManyBars')}
          value={String(bars)}
          onChange={(value) =>
            useUiStore.setState({ candleBars: BAR_COUNTS.find((count) => String(count) === value) ?? 180 })
          }
          data={BAR_COUNTS.map((count) => ({ value: String(count), label: t('market.nBars', { count }) }))}
        />
        <span className={classes.candlesNote}>{rich('market.readAge', { age: <Age atMs={asOfMs} ago /> })}</span>
      </div>
      <ChartWithTable
        summary={summary}
        height="fill"
        chart={
          <div className={classes.canvasFrame}>
            <CandleChart candles={candles} barMs={barMs} summary={summary} />
          </div>
        }
        table={() => ({
          caption: t('market.candlesCaption'),
          columns: [
            t('market.columnStart'),
            t('market.columnOpen'),
            t('market.columnHigh'),
            t('market.columnLow'),
            t('market.columnClose'),
            t('market.columnVolume'),
          ],
          rows: candles
            .toReversed()
            .map((candle) => [
              formatDateTime(candle.startsAtS * 1_000),
              formatPrice(candle.open),
              formatPrice(candle.high),
              formatPrice(candle.low),
              formatPrice(candle.close),
              formatUsd(candle.volume),
            ]),
        })}
      />
    </div>
  );
}
