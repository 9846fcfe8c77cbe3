// The only place that creates and destroys Chart.js charts. A chart is a picture: its text summary and its table are
// the caller's duty, so both are asked for here.
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartType,
  Decimation,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  TimeScale,
  Tooltip,
} from 'chart.js';
import 'chartjs-adapter-date-fns';
import { CandlestickController, CandlestickElement } from 'chartjs-chart-financial';
import { type ReactNode, useEffect, useRef } from 'react';
import { gapBands } from './gapBands';
import classes from './charts.module.css';

Chart.register(
  LineController,
  LineElement,
  PointElement,
  BarController,
  BarElement,
  LinearScale,
  CategoryScale,
  TimeScale,
  Tooltip,
  Decimation,
  gapBands,
  Filler,
  CandlestickController,
  // The package types its element as a DOM element; at run time it is a Chart.js one.
  CandlestickElement as unknown as typeof BarElement,
);

interface ChartCanvasProps<T extends ChartType> {
  /** Must keep its identity while nothing changed: every new one redraws. */
  readonly config: ChartConfiguration<T>;
  /** The picture in words. */
  readonly summary: string;
  readonly height: number | 'fill';
}

export function ChartCanvas<T extends ChartType>({ config, summary, height }: ChartCanvasProps<T>): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart<T> | null>(null);

  useEffect(() => {
    // Without a context to draw on there are still the summary and the table.
    if (canvas.current === null || canvas.current.getContext('2d') === null) return;
    if (chart.current === null) {
      chart.current = new Chart(canvas.current, config);
      return;
    }
    chart.current.data = config.data;
    if (config.options !== undefined) chart.current.options = config.options;
    chart.current.update('none');
  }, [config]);

  useEffect(
    () => () => {
      chart.current?.destroy();
      chart.current = null;
    },
    [],
  );

  return (
    <div
      className={classes.frame}
      style={height === 'fill' ? undefined : { height }}
      data-fill={height === 'fill' || undefined}
    >
      <canvas ref={canvas} role="img" aria-label={summary} />
    </div>
  );
}
