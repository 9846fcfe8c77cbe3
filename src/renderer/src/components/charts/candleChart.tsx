// Candlesticks above, volume below, one time axis that can be looked at closer; where bars are missing it is hatched. Numbers are for
// drawing only; text uses the decimal strings.
import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { ActionIcon, Tooltip } from '@mantine/core';
import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { type ReactNode, useMemo, useRef } from 'react';
import type { CandleRow } from '../../../../shared/domain/market';
import { parseDecimal } from '../../../../shared/util/decimal';
import { formatDateTime, formatPrice, formatUsd } from '../../../../shared/util/format';
import type { Palette } from '../../theme/palette';
import { usePalette } from '../../theme/useScheme';
import { ChartCanvas } from './chartCanvas';
import { chartFont, gridColour, STILL, timeAxis, tooltipStyle } from './chartStyle';
import type { ChartWindow } from './chartWindow';
import { gapEdges } from './gapBands';
import { type ChartWindowControl, useChartWindow } from './useChartWindow';
import { t } from '../../texts/texts';
import classes from './charts.module.css';

interface CandleChartProps {
  /** Oldest first, one length of bar. */
  readonly candles: readonly CandleRow[];
  readonly barMs: number;
  readonly summary: string;
}

/** Air above and below the price, as a share of its range. */
const PRICE_MARGIN = 0.06;
/** Share of the price pane, at its foot, where the largest volume is written: a price there would be written over. */
const FOOT = 0.04;
/** Hides the floating point tail of axis values. */
const AXIS_DIGITS = 6;
const VOLUME_OPACITY_HEX = '73';

export function CandleChart({ candles, barMs, summary }: CandleChartProps): ReactNode {
  const palette = usePalette();
  const frame = useRef<HTMLDivElement>(null);
  const control = useChartWindow(frame, wholeOf(candles, barMs), barMs);
  const { fromMs, toMs } = control.window;
  const config = useMemo(
    () => buildConfig(candles, barMs, palette, { fromMs, toMs }),
    [candles, barMs, palette, fromMs, toMs],
  );
  return (
    <div ref={frame} className={classes.zoomable} data-testid="candle-chart" data-whole={control.isWhole}>
      <ChartCanvas config={config} summary={summary} height="fill" />
      <ZoomButtons control={control} />
    </div>
  );
}

function ZoomButtons({
  control: { isWhole, zoomIn, zoomOut, showAll },
}: {
  readonly control: ChartWindowControl;
}): ReactNode {
  return (
    <div className={classes.zoomButtons} role="group" aria-label={t('charts.lookCloser')}>
      <Tooltip label={t('charts.closerHint')}>
        <ActionIcon aria-label={t('charts.closer')} data-testid="zoom-in" onClick={zoomIn}>
          <ZoomIn size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('charts.furtherAway')}>
        <ActionIcon aria-label={t('charts.furtherAway')} data-testid="zoom-out" disabled={isWhole} onClick={zoomOut}>
          <ZoomOut size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('charts.allBarsHint')}>
        <ActionIcon aria-label={t('charts.allBars')} data-testid="zoom-reset" disabled={isWhole} onClick={showAll}>
          <Maximize2 size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** With a bar of air at both ends. */
function wholeOf(candles: readonly CandleRow[], barMs: number): ChartWindow {
  const firstMs = (candles[0]?.startsAtS ?? 0) * 1_000;
  const lastMs = (candles.at(-1)?.startsAtS ?? 0) * 1_000;
  return { fromMs: firstMs - barMs, toMs: lastMs + barMs };
}

function buildConfig(
  candles: readonly CandleRow[],
  barMs: number,
  palette: Palette,
  { fromMs, toMs }: ChartWindow,
): ChartConfiguration<'candlestick' | 'bar'> {
  const startsMs = candles.map(({ startsAtS }) => startsAtS * 1_000);
  const seen = candles.filter(({ startsAtS }) => startsAtS * 1_000 >= fromMs && startsAtS * 1_000 <= toMs);
  const [low, high] = priceRange(seen.length === 0 ? candles : seen);
  return {
    type: 'candlestick',
    data: { datasets: [priceDataset(candles, palette), volumeDataset(candles, palette)] },
    options: {
      ...STILL,
      interaction: { mode: 'index', axis: 'x', intersect: false },
      scales: {
        x: { ...timeAxis(palette, fromMs, toMs), offset: false },
        y: {
          type: 'linear',
          position: 'right',
          stack: 'panes',
          stackWeight: 4,
          min: low,
          max: high,
          border: { display: false },
          grid: { color: palette.grid },
          ticks: {
            color: palette.inkFaint,
            font: chartFont(),
            maxTicksLimit: 6,
            includeBounds: false,
            callback: (value) =>
              Number(value) < low + FOOT * (high - low)
                ? ''
                : formatPrice(parseDecimal(Number(value).toPrecision(AXIS_DIGITS))),
          },
        },
        volume: {
          type: 'linear',
          position: 'right',
          stack: 'panes',
          stackWeight: 1,
          min: 0,
          border: { display: false },
          grid: { color: gridColour(palette) },
          ticks: {
            color: palette.inkFaint,
            font: chartFont(),
            maxTicksLimit: 2,
            // Below its line: the lowest prices stand above it.
            align: 'start',
            callback: (value) => (Number(value) === 0 ? '' : formatUsd(String(value))),
          },
        },
      },
      plugins: {
        gapBands: { edgesMs: [...gapEdges(startsMs, barMs)], colour: palette.line },
        tooltip: {
          ...tooltipStyle(palette),
          displayColors: false,
          callbacks: {
            title: ([item]) => {
              const candle = item === undefined ? undefined : candles[item.dataIndex];
              return candle === undefined ? '' : formatDateTime(candle.startsAtS * 1_000);
            },
            label: (item) => {
              const candle = candles[item.dataIndex];
              if (candle === undefined) return '';
              if (item.datasetIndex === 1) return t('charts.volumeIs', { volume: formatUsd(candle.volume) });
              return [
                t('charts.openIs', { open: formatPrice(candle.open) }),
                t('charts.highIs', { high: formatPrice(candle.high) }),
                t('charts.lowIs', { low: formatPrice(candle.low) }),
                t('charts.closeIs', { close: formatPrice(candle.close) }),
              ];
            },
          },
        },
      },
    },
  };
}

function priceDataset(candles: readonly CandleRow[], palette: Palette): ChartDataset<'candlestick'> {
  // The plug-in reads "up" for bars that end lower on the canvas, that is at a higher price.
  const colours = { up: palette.rise, down: palette.fall, unchanged: palette.inkFaint };
  const dataset = {
    label: t('charts.price'),
    yAxisID: 'y',
    data: candles.map((candle) => ({
      x: candle.startsAtS * 1_000,
      o: Number(candle.open),
      h: Number(candle.high),
      l: Number(candle.low),
      c: Number(candle.close),
    })),
    borderColors: colours,
    backgroundColors: colours,
    barPercentage: 0.9,
    categoryPercentage: 0.9,
  };
  return dataset as unknown as ChartDataset<'candlestick'>;
}

function volumeDataset(candles: readonly CandleRow[], palette: Palette): ChartDataset<'bar'> {
  const dataset = {
    type: 'bar',
    label: t('charts.volume'),
    yAxisID: 'volume',
    data: candles.map((candle) => ({ x: candle.startsAtS * 1_000, y: Number(candle.volume) })),
    backgroundColor: candles.map((candle) => `${rose(candle) ? palette.rise : palette.fall}${VOLUME_OPACITY_HEX}`),
    barPercentage: 0.9,
    categoryPercentage: 0.9,
    // Candles and volume share each bar's place instead of standing side by side.
    grouped: false,
  };
  // With parsing off Chart.js takes points for bars too; its types only know plain numbers.
  return dataset as unknown as ChartDataset<'bar'>;
}

function rose(candle: CandleRow): boolean {
  return Number(candle.close) >= Number(candle.open);
}

function priceRange(candles: readonly CandleRow[]): readonly [number, number] {
  const low = Math.min(...candles.map((candle) => Number(candle.low)));
  const high = Math.max(...candles.map((candle) => Number(candle.high)));
  const margin = (high - low) * PRICE_MARGIN || high * PRICE_MARGIN;
  return [Math.max(0, low - margin), high + margin];
}
