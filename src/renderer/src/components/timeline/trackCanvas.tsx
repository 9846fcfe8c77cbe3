// One line of time: marks from left to right on a canvas. It only draws; what can be pointed at or walked through is around it.
import { memo, type ReactNode, useEffect, useRef } from 'react';
import type { TimeSpan } from '../../../../shared/domain/timeline';
import type { Palette } from '../../theme/palette';
import { usePalette } from '../../theme/useScheme';
import { drawTick, prepareCanvas } from '../tickDrawing';
import { NO_TICK_LOOK, TICK_LOOKS } from '../tickGrammar';
import type { Mark } from './marks';
import classes from './track.module.css';

/** Marks that are wider than this stand apart. */
const APART_PX = 3;
const THINNEST_PX = 1.5;
/** However small the share, it is seen. */
const LEAST_SHARE = 0.35;

interface TrackCanvasProps extends TimeSpan {
  readonly marks: readonly Mark[];
  readonly width: number;
  readonly height: number;
}

export const TrackCanvas = memo(function TrackCanvas(props: TrackCanvasProps): ReactNode {
  const { marks, fromMs, toMs, width, height } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  useEffect(() => {
    if (canvas.current !== null) drawTrack(canvas.current, { marks, fromMs, toMs, width, height }, palette);
  }, [marks, fromMs, toMs, width, height, palette]);
  return <canvas ref={canvas} className={classes.canvas} aria-hidden="true" />;
});

function drawTrack(canvas: HTMLCanvasElement, track: TrackCanvasProps, palette: Palette): void {
  const { marks, fromMs, toMs, width, height } = track;
  const prepared = prepareCanvas(canvas, width, height);
  if (prepared === null) return;
  const { context, ratio } = prepared;
  const xOf = (atMs: number): number => ((atMs - fromMs) / (toMs - fromMs)) * width;
  // Where nothing stands there is a line: no data is not the same as fine.
  context.fillStyle = palette[NO_TICK_LOOK.colour];
  context.fillRect(0, Math.round((height / 2) * ratio), canvas.width, Math.max(1, Math.floor(ratio)));
  for (const { look, share, ...span } of marks) {
    const left = xOf(span.fromMs);
    const whole = xOf(span.toMs) - left;
    const wide = Math.max(THINNEST_PX, whole > APART_PX ? whole - 1 : whole);
    const place = { left: Math.round(left * ratio), width: Math.max(1, Math.round(wide * ratio)) };
    context.clearRect(place.left, 0, place.width, canvas.height);
    const boxOf = (share_: number, part: number): { top: number; height: number } => {
      const full = Math.max(2, Math.round(height * share_)) * ratio;
      return { top: Math.round((canvas.height - full) / 2), height: Math.max(1, Math.round(full * part)) };
    };
    if (share >= 1) {
      drawTick(context, look, palette[look.colour], { ...place, ...boxOf(look.height, 1) }, ratio);
      continue;
    }
    // The good ones below, the others above them, as many as they are.
    const fine = boxOf(TICK_LOOKS.ok.height, 1);
    const bad = boxOf(look.height, Math.max(LEAST_SHARE, share));
    const top = Math.max(fine.top, bad.top + bad.height);
    drawTick(context, look, palette[look.colour], { ...place, ...bad }, ratio);
    const below = fine.top + fine.height - top;
    if (below > 0) {
      drawTick(context, TICK_LOOKS.ok, palette[TICK_LOOKS.ok.colour], { ...place, top, height: below }, ratio);
    }
  }
}
