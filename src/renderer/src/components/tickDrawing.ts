// How a look is drawn on a canvas, on device pixels: solid, hollow or hatched, so that no two outcomes differ by colour alone.
import type { TickLook } from './tickGrammar';

const HATCH_STEP = 2;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Everything in device pixels; `ratio` is how many of them make one pixel of the page. */
export function drawTick(
  context: CanvasRenderingContext2D,
  { fill }: Pick<TickLook, 'fill'>,
  colour: string,
  box: Box,
  ratio: number,
): void {
  context.fillStyle = colour;
  context.strokeStyle = colour;
  switch (fill) {
    case 'solid':
      context.fillRect(box.left, box.top, box.width, box.height);
      break;
    case 'hollow': {
      const line = Math.max(1, Math.floor(ratio));
      context.lineWidth = line;
      context.strokeRect(box.left + line / 2, box.top + line / 2, box.width - line, box.height - line);
      break;
    }
    case 'hatched': {
      const step = Math.max(1, Math.round(HATCH_STEP * ratio));
      for (let y = box.top; y < box.top + box.height; y += step * 2) {
        context.fillRect(box.left, y, box.width, Math.min(step, box.top + box.height - y));
      }
      break;
    }
  }
}

/** Gives a canvas the size of its place in device pixels and clears it; null where nothing can be drawn. */
export function prepareCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): { readonly context: CanvasRenderingContext2D; readonly ratio: number } | null {
  const ratio = window.devicePixelRatio;
  const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Writing a size, even the same one, gives the canvas new memory and the page a style to work out.
  if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
  if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.clearRect(0, 0, canvas.width, canvas.height);
  return { context, ratio };
}
