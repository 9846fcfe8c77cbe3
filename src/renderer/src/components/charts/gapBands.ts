// Marks on a chart where bars are missing: hatched, as a place without data is everywhere in the window.
import type { Chart, ChartType, Plugin } from 'chart.js';

declare module 'chart.js' {
  // The name of the parameter is given by the library.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface PluginOptionsByType<TType extends ChartType> {
    gapBands?: GapBandOptions;
  }
}

interface GapBandOptions {
  /** Start and end of each gap one after the other, milliseconds. */
  readonly edgesMs: readonly number[];
  readonly colour: string;
}

const STRIPE_PX = 6;

/** Start and end of each stretch without bars, one after the other. */
export function gapEdges(startsMs: readonly number[], barMs: number): readonly number[] {
  return startsMs.flatMap((startMs, index) => {
    const beforeMs = startsMs[index - 1];
    if (beforeMs === undefined || startMs - beforeMs < 1.5 * barMs) return [];
    return [beforeMs + barMs / 2, startMs - barMs / 2];
  });
}

export const gapBands: Plugin = {
  id: 'gapBands',
  beforeDatasetsDraw(chart: Chart) {
    const { edgesMs, colour } = chart.options.plugins?.gapBands ?? {};
    const axis = chart.scales['x'];
    if (edgesMs === undefined || colour === undefined || axis === undefined) return;
    const { ctx, chartArea } = chart;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1;
    for (let index = 0; index + 1 < edgesMs.length; index += 2) {
      const left = Math.max(chartArea.left, axis.getPixelForValue(edgesMs[index] ?? 0));
      const right = Math.min(chartArea.right, axis.getPixelForValue(edgesMs[index + 1] ?? 0));
      if (right > left) hatch(ctx, left, right, chartArea.top, chartArea.bottom);
    }
    ctx.restore();
  },
};

function hatch(ctx: CanvasRenderingContext2D, left: number, right: number, top: number, bottom: number): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, right - left, bottom - top);
  ctx.clip();
  ctx.beginPath();
  const height = bottom - top;
  // On one grid for the whole chart, so that neighbouring stretches fit together.
  const first = Math.floor((left - height) / STRIPE_PX) * STRIPE_PX;
  for (let x = first; x < right; x += STRIPE_PX) {
    ctx.moveTo(x, bottom);
    ctx.lineTo(x + height, top);
  }
  ctx.stroke();
  ctx.restore();
}
