// Lets a person look closer at a chart with a time axis: wheel, dragging, keys. Holds only what part is looked at.
import { Chart } from 'chart.js';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useShortcut } from '../shortcuts/useShortcut';
import { type ChartWindow, panWindow, within, zoomWindow } from './chartWindow';

const WHEEL_FACTOR = 1.2;
const KEY_FACTOR = 1.5;
/** Fewer bars say nothing. */
const LEAST_BARS = 8;

export interface ChartWindowControl {
  readonly window: ChartWindow;
  readonly isWhole: boolean;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly showAll: () => void;
}

/** @param frame the element round the canvas */
export function useChartWindow(
  frame: RefObject<HTMLElement | null>,
  full: ChartWindow,
  barMs: number,
): ChartWindowControl {
  const [chosen, setChosen] = useState<ChartWindow | null>(null);
  // Newer bars move the ends: what is looked at stays, as far as it is still there.
  const window = chosen === null ? full : within(chosen, full);
  const latest = useRef({ window, full, barMs });
  latest.current = { window, full, barMs };

  const show = (next: ChartWindow): void => {
    const { fromMs, toMs } = latest.current.full;
    setChosen(next.toMs - next.fromMs >= toMs - fromMs ? null : next);
  };
  const zoom = (factor: number, aboutMs?: number): void => {
    const { window: now, full: whole, barMs: bar } = latest.current;
    const about = aboutMs ?? (now.fromMs + now.toMs) / 2;
    show(zoomWindow(now, whole, { factor, aboutMs: about, leastMs: LEAST_BARS * bar }));
  };

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const timeAt = (clientX: number): number | null => {
      const canvas = element.querySelector('canvas');
      const axis = canvas === null ? undefined : Chart.getChart(canvas)?.scales['x'];
      if (canvas === null || axis === undefined) return null;
      return axis.getValueForPixel(clientX - canvas.getBoundingClientRect().left) ?? null;
    };
    // React listens passively, and then the page would scroll as well.
    const onWheel = (event: WheelEvent): void => {
      const aboutMs = timeAt(event.clientX);
      if (aboutMs === null || event.deltaY === 0 || event.ctrlKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1 / WHEEL_FACTOR : WHEEL_FACTOR, aboutMs);
    };
    const onPointerDown = (event: PointerEvent): void => {
      // The buttons over the chart are no handle of it.
      if (!(event.target instanceof HTMLCanvasElement)) return;
      const start = latest.current.window;
      const atMs = timeAt(event.clientX);
      const nextMs = timeAt(event.clientX + 1);
      if (event.button !== 0 || atMs === null || nextMs === null) return;
      const msPerPixel = nextMs - atMs;
      element.setPointerCapture(event.pointerId);
      const onMove = (moved: PointerEvent): void =>
        show(panWindow(start, latest.current.full, (event.clientX - moved.clientX) * msPerPixel));
      element.addEventListener('pointermove', onMove);
      element.addEventListener('lostpointercapture', () => element.removeEventListener('pointermove', onMove), {
        once: true,
      });
    };
    const onDoubleClick = (): void => setChosen(null);
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('pointerdown', onPointerDown);
    element.addEventListener('dblclick', onDoubleClick);
    return () => {
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('pointerdown', onPointerDown);
      element.removeEventListener('dblclick', onDoubleClick);
    };
  }, [frame]);

  const control = {
    window,
    isWhole: chosen === null,
    zoomIn: () => zoom(1 / KEY_FACTOR),
    zoomOut: () => zoom(KEY_FACTOR),
    showAll: () => setChosen(null),
  };
  useShortcut('zoomIn', control.zoomIn);
  useShortcut('zoomOut', control.zoomOut);
  useShortcut('zoomReset', control.showAll);
  return control;
}
