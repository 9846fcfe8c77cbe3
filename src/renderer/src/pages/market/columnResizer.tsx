// The edge of a column that can be dragged: by pointer, or with the arrow keys while it is in focus. A double click or Enter gives
// the column back to the layout.
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { setPoolColumnWidth, useUiStore } from '../../store/uiStore';
import { t } from '../../texts/texts';
import classes from './market.module.css';

const NARROWEST_PX = 56;
const WIDEST_PX = 640;
const KEY_STEP_PX = 16;
const KEY_STEPS: Readonly<Record<string, number>> = { ArrowLeft: -KEY_STEP_PX, ArrowRight: KEY_STEP_PX };

interface ColumnResizerProps {
  readonly id: string;
  readonly title: string;
}

export function ColumnResizer({ id, title }: ColumnResizerProps): ReactNode {
  const width = useUiStore((state) => state.poolColumnWidths[id]);
  const [dragging, setDragging] = useState(false);
  const change = (byPx: number, fromPx: number): void =>
    setPoolColumnWidth(id, Math.round(Math.min(WIDEST_PX, Math.max(NARROWEST_PX, fromPx + byPx))));

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const edge = event.currentTarget;
    const startX = event.clientX;
    const startPx = drawnWidth(edge);
    edge.setPointerCapture(event.pointerId);
    setDragging(true);
    const onMove = (moved: globalThis.PointerEvent): void => change(moved.clientX - startX, startPx);
    const onEnd = (): void => {
      edge.removeEventListener('pointermove', onMove);
      setDragging(false);
    };
    edge.addEventListener('pointermove', onMove);
    edge.addEventListener('lostpointercapture', onEnd, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const byPx = KEY_STEPS[event.key];
    if (byPx === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (byPx === undefined) setPoolColumnWidth(id, null);
    else change(byPx, drawnWidth(event.currentTarget));
  };

  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('market.widthOf', { title })}
      aria-valuenow={width ?? NARROWEST_PX}
      aria-valuemin={NARROWEST_PX}
      aria-valuemax={WIDEST_PX}
      aria-valuetext={width === undefined ? t('market.asRoomAllows') : t('market.pixels', { width })}
      tabIndex={0}
      className={classes.resizer}
      data-testid={`resize-${id}`}
      data-dragging={dragging || undefined}
      onPointerDown={onPointerDown}
      onDoubleClick={() => setPoolColumnWidth(id, null)}
      onKeyDown={onKeyDown}
    />
  );
}

/** As it is on the screen now, whoever gave it that width. */
function drawnWidth(edge: Element): number {
  return edge.parentElement?.getBoundingClientRect().width ?? NARROWEST_PX;
}
