// The tick bar: one canvas per row, drawn by hand on device pixels. Pointer and arrow keys walk the ticks.
import { Tooltip } from '@mantine/core';
import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Tick } from '../../../shared/contract/snapshot';
import { type TickLine, ticksOf } from '../../../shared/contract/tickLine';
import type { Palette } from '../theme/palette';
import { drawTick, prepareCanvas } from './tickDrawing';
import { describeTick, NO_TICK_LOOK, placeTicks, summariseTicks, TICK_LOOKS } from './tickGrammar';
import classes from './tickBar.module.css';

const TICK_WIDTH = 3;
const TICK_STEP = 5;
const BAR_HEIGHT = 20;

interface TickBarProps {
  readonly line: TickLine;
  readonly label: string;
  readonly places: number;
  /** Given rather than asked for: there is one bar a row. */
  readonly palette: Palette;
}

export const TickBar = memo(function TickBar({ line, label, places, palette }: TickBarProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [active, setActive] = useState<number | null>(null);
  const width = places * TICK_STEP;
  const ticks = useMemo(() => ticksOf(line), [line]);

  useEffect(() => {
    if (canvas.current !== null) drawTicks(canvas.current, placeTicks(ticks, places), palette, width);
  }, [ticks, places, palette, width]);

  const point = (event: PointerEvent): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setActive(Math.min(places - 1, Math.max(0, Math.floor(x / TICK_STEP))));
  };
  const walk = (event: KeyboardEvent): void => {
    const next = stepTo(event.key, active ?? places - 1, places);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
  };

  return (
    <div
      className={classes.bar}
      role="img"
      aria-label={`${label}. ${summariseTicks(ticks)}`}
      tabIndex={0}
      onPointerMove={point}
      onPointerLeave={() => setActive(null)}
      onKeyDown={walk}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && setActive(places - 1)}
      onBlur={() => setActive(null)}
    >
      <canvas ref={canvas} className={classes.canvas} width={width} height={BAR_HEIGHT} aria-hidden="true" />
      {active !== null && <ActiveTick tick={placeTicks(ticks, places)[active] ?? null} place={active} />}
    </div>
  );
});

interface ActiveTickProps {
  readonly tick: Tick | null;
  readonly place: number;
}

function ActiveTick({ tick, place }: ActiveTickProps): ReactNode {
  const text = describeTick(tick);
  return (
    <>
      <Tooltip opened label={text} position="top">
        <span className={classes.anchor} style={{ left: place * TICK_STEP - 1 }} />
      </Tooltip>
      <span className="pw-visually-hidden" aria-live="polite">
        {text}
      </span>
    </>
  );
}

function stepTo(key: string, from: number, places: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1);
    case 'ArrowRight':
      return Math.min(places - 1, from + 1);
    case 'Home':
      return 0;
    case 'End':
      return places - 1;
    default:
      return null;
  }
}

function drawTicks(canvas: HTMLCanvasElement, placed: readonly (Tick | null)[], palette: Palette, width: number): void {
  const prepared = prepareCanvas(canvas, width, BAR_HEIGHT);
  if (prepared === null) return;
  const { context, ratio } = prepared;
  placed.forEach((tick, index) => {
    const look = tick === null ? NO_TICK_LOOK : TICK_LOOKS[tick.outcome];
    const height = Math.max(2, Math.round(BAR_HEIGHT * look.height)) * ratio;
    const left = Math.round((index * TICK_STEP + 1) * ratio);
    const top = Math.round((canvas.height - height) / 2);
    const box = { left, top, width: Math.round(TICK_WIDTH * ratio), height: Math.round(height) };
    drawTick(context, look, palette[look.colour], box, ratio);
  });
}
