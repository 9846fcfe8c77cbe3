// Figures over time: a few lines on one axis, broken where samples are missing, with a band between two of them.
import type { ChartConfiguration } from 'chart.js';
import { type ReactNode, useMemo } from 'react';
import type { Palette } from '../../theme/palette';
import { usePalette } from '../../theme/useScheme';
import { ChartCanvas } from './chartCanvas';
import { chartFont, formatHoverTime, gridColour, STILL, timeAxis, tooltipStyle } from './chartStyle';
import classes from './charts.module.css';

export interface LineSeries {
  readonly label: string;
  readonly colour: keyof Palette;
  readonly dash: readonly number[];
  /** Fills the room down to the line after it. */
  readonly band?: boolean;
  /** Oldest first; NaN breaks the line. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface LineChartProps {
  readonly series: readonly LineSeries[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly summary: string;
  readonly height: number;
  /** How a figure is written, on the axis and where one points. */
  readonly format: (value: number) => string;
  /** The axis reaches at least as high: below, it would only show noise. */
  readonly lowestTop: number;
}

const LINE_WIDTH = 1.75;
const FEW_POINTS = 20;
const POINT_RADIUS = 2;

export function LineChart({ summary, height, ...plot }: LineChartProps): ReactNode {
  const { series, fromMs, toMs, format, lowestTop } = plot;
  const palette = usePalette();
  const config = useMemo(
    () => buildConfig({ series, fromMs, toMs, format, lowestTop }, palette),
    [series, fromMs, toMs, format, lowestTop, palette],
  );
  return (
    <>
      <SeriesKey series={series} palette={palette} />
      <ChartCanvas config={config} summary={summary} height={height} />
    </>
  );
}

function buildConfig(
  { series, fromMs, toMs, format, lowestTop }: Omit<LineChartProps, 'summary' | 'height'>,
  palette: Palette,
): ChartConfiguration<'line'> {
  return {
    type: 'line',
    data: {
      datasets: series.map(({ label, colour, dash, band, points }) => ({
        label,
        // Chart.js rearranges its data while decimating, so it gets its own copy.
        data: points.map(({ x, y }) => ({ x, y })),
        borderColor: palette[colour],
        backgroundColor: band ? palette.accentSoft : palette[colour],
        fill: band ? '+1' : false,
        borderWidth: LINE_WIDTH,
        borderDash: [...dash],
        // Few points make no line that could be seen; a level has none of its own.
        pointRadius: dash.length === 0 && points.length <= FEW_POINTS ? POINT_RADIUS : 0,
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
          suggestedMax: lowestTop,
          border: { display: false },
          grid: { color: gridColour(palette) },
          ticks: {
            color: palette.inkFaint,
            font: chartFont(),
            maxTicksLimit: 5,
            callback: (value) => format(Number(value)),
          },
        },
      },
      plugins: {
        decimation: { enabled: true, algorithm: 'min-max' },
        tooltip: {
          ...tooltipStyle(palette),
          callbacks: {
            title: ([item]) => (item === undefined ? '' : formatHoverTime(item.parsed.x ?? Number.NaN, toMs - fromMs)),
            label: (item) => ` ${item.dataset.label ?? ''}: ${format(item.parsed.y ?? Number.NaN)}`,
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
  readonly series: readonly LineSeries[];
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
