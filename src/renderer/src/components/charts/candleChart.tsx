// Candlesticks above, volume below, one time axis. Numbers are for drawing only; text uses the decimal strings.
import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { type ReactNode, useMemo } from 'react';
import type { CandleRow } from '../../../../shared/domain/market';
import { parseDecimal } from '../../../../shared/util/decimal';
import { formatDateTime, formatPrice, formatUsd } from '../../../../shared/util/format';
import type { Palette } from '../../theme/palette';
import { usePalette } from '../../theme/useScheme';
import { ChartCanvas } from './chartCanvas';
import { chartFont, gridColour, STILL, timeAxis, tooltipStyle } from './chartStyle';

interface CandleChartProps {
  /** Oldest first, one length of bar. */
  readonly candles: readonly CandleRow[];
  readonly barMs: number;
  readonly summary: string;
}

/** Air above and below the price, as a share of its range. */
const PRICE_MARGIN = 0.06;
/** Hides the floating point tail of axis values. */
const AXIS_DIGITS = 6;
const VOLUME_OPACITY_HEX = '73';

export function CandleChart({ candles, barMs, summary }: CandleChartProps): ReactNode {
  const palette = usePalette();
  const config = useMemo(() => buildConfig(candles, barMs, palette), [candles, barMs, palette]);
  return <ChartCanvas config={config} summary={summary} height="fill" />;
}

function buildConfig(
  candles: readonly CandleRow[],
  barMs: number,
  palette: Palette,
): ChartConfiguration<'candlestick' | 'bar'> {
  const firstMs = (candles[0]?.startsAtS ?? 0) * 1_000;
  const lastMs = (candles.at(-1)?.startsAtS ?? 0) * 1_000;
  const [low, high] = priceRange(candles);
  return {
    type: 'candlestick',
    data: { datasets: [priceDataset(candles, palette), volumeDataset(candles, palette)] },
    options: {
      ...STILL,
      interaction: { mode: 'index', axis: 'x', intersect: false },
      scales: {
        x: { ...timeAxis(palette, firstMs - barMs, lastMs + barMs), offset: false },
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
            callback: (value) => formatPrice(parseDecimal(Number(value).toPrecision(AXIS_DIGITS))),
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
            // Below its line: above it the lowest price may stand.
            align: 'start',
            callback: (value) => (Number(value) === 0 ? '' : formatUsd(String(value))),
          },
        },
      },
      plugins: {
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
              if (item.datasetIndex === 1) return `Volume ${formatUsd(candle.volume)}`;
              return [
                `Open ${formatPrice(candle.open)}`,
                `High ${formatPrice(candle.high)}`,
                `Low ${formatPrice(candle.low)}`,
                `Close ${formatPrice(candle.close)}`,
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
    label: 'Price',
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
    label: 'Volume',
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
