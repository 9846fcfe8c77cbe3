// The picture: lanes that stay in sight, collectors under them, one canvas a row. Only the rows in sight are drawn, so that hundreds
// of collectors cost as much as twenty.
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import type { TimeSpan } from '../../../../shared/domain/timeline';
import { assertNever } from '../../../../shared/util/assertNever';
import { type Mark, tell, tellInOne } from '../../components/timeline/marks';
import { TimeAxis } from '../../components/timeline/timeAxis';
import { navigateAlerts, openCollector } from '../../store/route';
import { resetRange, zoomTo } from '../../store/timeRange';
import { markOf, type MatrixAction, type MatrixState, onKey, ordered, type Place } from './matrixKeys';
import { MatrixRowView } from './matrixRow';
import type { MatrixRow } from './matrixRows';
import type { Stripe } from './stripes';
import { t } from '../../texts/texts';
import classes from './timeline.module.css';

const ROW_HEIGHT = 26;
const OVERSCAN = 6;
/** More rows than these scroll in a place of their own. */
const MOST_IN_PAGE = 40;
/** Until the window says how high it is. */
const USUAL_HEIGHT = 640;
/** Less is a click, not a drag. */
const DRAG_PX = 5;

interface MatrixProps extends TimeSpan {
  readonly rows: readonly MatrixRow[];
  readonly stripes: readonly Stripe[];
  readonly summary: string;
}

export function Matrix({ rows, stripes, summary, fromMs, toMs }: MatrixProps): ReactNode {
  const { ref: axis, width } = useElementSize();
  const scroller = useRef<HTMLDivElement>(null);
  const [topPx, setTopPx] = useState(0);
  const [place, setPlace] = useState<Place | null>(null);
  const [selection, setSelection] = useState<MatrixState['selection']>(null);
  const drag = useRef<{ readonly startPx: number; readonly place: Place } | null>(null);
  const lanes = rows.filter(({ kind }) => kind === 'lane').length;
  const collectors = rows.length - lanes;

  const heightPx = scroller.current?.clientHeight || USUAL_HEIGHT;
  const first = Math.max(0, Math.floor(topPx / ROW_HEIGHT) - OVERSCAN);
  const last =
    rows.length > MOST_IN_PAGE
      ? Math.min(collectors, Math.ceil((topPx + heightPx) / ROW_HEIGHT) + OVERSCAN)
      : collectors;

  const act = (action: MatrixAction): void => {
    switch (action.kind) {
      case 'go':
        setSelection(null);
        setPlace(action.place);
        bringIntoSight(scroller.current, action.place.row, lanes);
        return;
      case 'select':
        setPlace(action.place);
        setSelection({ anchorMs: action.anchorMs, untilMs: action.place.atMs });
        return;
      case 'show':
        setSelection(null);
        zoomTo(action.span, Date.now());
        return;
      case 'open':
        openPlace(rows, action.place);
        return;
      case 'back':
        setSelection(null);
        resetRange();
        return;
      case 'clear':
        setSelection(null);
        setPlace(null);
        return;
      default:
        assertNever(action);
    }
  };
  const key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = onKey(event.key, event.shiftKey, { rows, place, selection, fromMs, toMs });
    if (action === null) return;
    event.preventDefault();
    event.stopPropagation();
    act(action);
  };

  const placeAt = (event: PointerEvent): Place | null => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
    const box = scroller.current?.querySelector('[data-axis]')?.getBoundingClientRect();
    if (row === null || !box || event.clientX < box.left) return null;
    const share = Math.min(0.999_999, (event.clientX - box.left) / Math.max(1, box.width));
    return { row: Number(row.dataset['row']), atMs: fromMs + share * (toMs - fromMs) };
  };
  const press = (event: PointerEvent): void => {
    const pressed = event.button === 0 ? placeAt(event) : null;
    drag.current = pressed && { startPx: event.clientX, place: pressed };
  };
  const move = (event: PointerEvent): void => {
    const pointed = placeAt(event);
    const begun = drag.current;
    if (begun !== null && (event.buttons & 1) === 1 && Math.abs(event.clientX - begun.startPx) > DRAG_PX) {
      if (pointed) setSelection({ anchorMs: begun.place.atMs, untilMs: pointed.atMs });
      return;
    }
    setPlace(pointed);
  };
  const release = (): void => {
    const begun = drag.current;
    drag.current = null;
    if (begun === null) return;
    if (selection === null) openPlace(rows, begun.place);
    else act({ kind: 'show', span: ordered(selection) });
  };
  const leave = (): void => {
    drag.current = null;
    setPlace(null);
    setSelection(null);
  };

  const rowView = (row: MatrixRow, index: number): ReactNode => (
    <MatrixRowView
      key={row.key}
      row={row}
      index={index}
      fromMs={fromMs}
      toMs={toMs}
      width={width}
      height={ROW_HEIGHT}
      atMs={place?.row === index ? place.atMs : null}
    />
  );
  return (
    <div
      ref={scroller}
      className={classes.matrix}
      role="application"
      aria-label={t('timeline.matrixLabel', { summary })}
      tabIndex={0}
      data-many={rows.length > MOST_IN_PAGE || undefined}
      data-testid="timeline-matrix"
      onScroll={(event) => setTopPx(event.currentTarget.scrollTop)}
      onKeyDown={key}
      onBlur={() => setPlace(null)}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerLeave={leave}
    >
      <div className={classes.content}>
        <div className={classes.lanes}>
          <div className={classes.row}>
            <span className={classes.name} />
            <div ref={axis} className={classes.plot} data-axis onDoubleClick={resetRange}>
              <TimeAxis fromMs={fromMs} toMs={toMs} width={width} />
            </div>
          </div>
          {rows.slice(0, lanes).map(rowView)}
        </div>
        <div className={classes.rows} style={{ height: collectors * ROW_HEIGHT }}>
          <div className={classes.seen} style={{ top: first * ROW_HEIGHT }}>
            {rows.slice(lanes + first, lanes + last).map((row, index) => rowView(row, lanes + first + index))}
          </div>
        </div>
        <Overlay stripes={stripes} selection={selection} atMs={place?.atMs ?? null} fromMs={fromMs} toMs={toMs} />
      </div>
      <span className="pw-visually-hidden" aria-live="polite">
        {place !== null && toldAt(rows, place, markOf(rows, place))}
        {selection !== null && ` ${t('timeline.selected')}`}
      </span>
    </div>
  );
}

function toldAt(rows: readonly MatrixRow[], place: Place, mark: Mark | null): string {
  return tellInOne(rows[place.row]?.title ?? '', tell(mark, place.atMs));
}

/** An incident opens in the inbox, a collector beside the picture. */
function openPlace(rows: readonly MatrixRow[], place: Place): void {
  const row = rows[place.row];
  const incidentId = markOf(rows, place)?.incidentId ?? null;
  if (incidentId !== null) navigateAlerts('inbox', incidentId);
  else if (row?.kind === 'collector') openCollector(row.key);
}

/** Lanes always are. */
function bringIntoSight(scroller: HTMLElement | null, row: number, lanes: number): void {
  if (scroller === null || row < lanes) return;
  const headPx = (lanes + 1) * ROW_HEIGHT;
  const topPx = (row - lanes) * ROW_HEIGHT;
  const roomPx = scroller.clientHeight - headPx;
  if (topPx < scroller.scrollTop) scroller.scrollTop = topPx;
  else if (topPx + ROW_HEIGHT > scroller.scrollTop + roomPx) scroller.scrollTop = topPx + ROW_HEIGHT - roomPx;
}

interface OverlayProps extends TimeSpan {
  readonly stripes: readonly Stripe[];
  readonly selection: MatrixState['selection'];
  readonly atMs: number | null;
}

/** What lies across all rows: common causes, the moment one points at, what is selected. */
function Overlay({ stripes, selection, atMs, fromMs, toMs }: OverlayProps): ReactNode {
  const share = (ms: number): number => ((ms - fromMs) / (toMs - fromMs)) * 100;
  const place = (span: TimeSpan): { readonly left: string; readonly width: string } => ({
    left: `${share(span.fromMs)}%`,
    width: `${share(span.toMs) - share(span.fromMs)}%`,
  });
  return (
    <div className={classes.overlay} aria-hidden="true">
      {stripes.map((stripe) => (
        <span
          key={`${stripe.tone} ${stripe.fromMs} ${stripe.toMs}`}
          className={classes.stripe}
          data-tone={stripe.tone}
          style={place(stripe)}
        />
      ))}
      {atMs !== null && <span className={classes.moment} style={{ left: `${share(atMs)}%` }} />}
      {selection !== null && <span className={classes.selection} style={place(ordered(selection))} />}
    </div>
  );
}
