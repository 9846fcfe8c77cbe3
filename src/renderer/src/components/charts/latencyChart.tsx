// Latencies over time: a few lines in milliseconds on one axis, broken where samples are missing.
import type { ChartConfiguration } from 'chart.js';
import { type ReactNode, useMemo } from 'react';
import { formatDuration } from '../../../../shared/util/format';
import type { Palette } from '../../theme/palette';
import { usePalette } from '../../theme/useScheme';
import { ChartCanvas } from './chartCanvas';
import { chartFont, formatHoverTime, gridColour, STILL, timeAxis, tooltipStyle } from './chartStyle';
import classes from './charts.module.css';

export interface LatencySeries {
  readonly label: string;
  readonly colour: keyof Palette;
  readonly dash: readonly number[];
  /** Oldest first; NaN breaks the line. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

interface LatencyChartProps {
  readonly series: readonly LatencySeries[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly summary: string;
  readonly height: number;
}

/** Below this the axis would only show noise. */
const LOWEST_TOP_MS = 5;
const LINE_WIDTH = 1.75;

export function LatencyChart({ series, fromMs, toMs, summary, height }: LatencyChartProps): ReactNode {
  const palette = usePalette();
  const config = useMemo(() => buildConfig(series, fromMs, toMs, palette), [series, fromMs, toMs, palette]);
  return (
    <>
      <SeriesKey series={series} palette={palette} />
      <ChartCanvas config={config} summary={summary} height={height} />
    </>
  );
}

function buildConfig(
  series: readonly LatencySeries[],
  fromMs: number,
  toMs: number,
  palette: Palette,
): ChartConfiguration<'line'> {
  return {
    type: 'line',
    data: {
      datasets: series.map(({ label, colour, dash, points }) => ({
        label,
        // Chart.js rearranges its data while decimating, so it gets its own copy.
        data: points.map(({ x, y }) => ({ x, y })),
        borderColor: palette[colour],
        backgroundColor: palette[colour],
        borderWidth: LINE_WIDTH,
        borderDash: [...dash],
        pointRadius: 0,
        pointHoverRadius: 3,
        spanGaps: false,
      })),
    },
    options: {
      ...STILL,
      interaction: { mode: 'index', axis: 'x', intersect: false },
      scales: {
        x: timeAxis(palette, fromMs, toMs),
        y: {
          min: 0,
          suggestedMax: LOWEST_TOP_MS,
          border: { display: false },
          grid: { color: gridColour(palette) },
          ticks: {
            color: palette.inkFaint,
            font: chartFont(),
            maxTicksLimit: 5,
            callback: (value) => formatDuration(Number(value)),
          },
        },
      },
      plugins: {
        decimation: { enabled: true, algorithm: 'min-max' },
        tooltip: {
          ...tooltipStyle(palette),
          callbacks: {
            title: ([item]) => (item === undefined ? '' : formatHoverTime(item.parsed.x ?? Number.NaN, toMs - fromMs)),
            label: (item) => ` ${item.dataset.label ?? ''}: ${formatDuration(item.parsed.y ?? Number.NaN)}`,
          },
        },
      },
    },
  };
}

/** The key is markup, not canvas: it scales, it can be read aloud, and lines differ in dash as well as in colour. */
function SeriesKey({
  series,
  palette,
}: {
  readonly series: readonly LatencySeries[];
  readonly palette: Palette;
}): ReactNode {
  return (
    <ul className={classes.key}>
      {series.map(({ label, colour, dash }) => (
        <li key={label}>
          <svg width="18" height="8" aria-hidden="true">
            <line
              x1="0"
              x2="18"
              y1="4"
              y2="4"
              stroke={palette[colour]}
              strokeWidth="2"
              strokeDasharray={dash.join(' ')}
            />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
