// What a key does in the picture: walk, select, look closer or from further away, go earlier or later, open. Pure.
import type { TimeSpan } from '../../../../shared/domain/timeline';
import { markAt, type Mark, middleOf, stepTo } from '../../components/timeline/marks';
import type { MatrixRow } from './matrixRows';

export interface Place {
  readonly row: number;
  readonly atMs: number;
}

export interface MatrixState extends TimeSpan {
  readonly rows: readonly MatrixRow[];
  /** Where somebody points or walks; null for nowhere. */
  readonly place: Place | null;
  /** A stretch that is marked, from where it was begun to where it has come. */
  readonly selection: { readonly anchorMs: number; readonly untilMs: number } | null;
}

export type MatrixAction =
  | { readonly kind: 'go'; readonly place: Place }
  | { readonly kind: 'select'; readonly place: Place; readonly anchorMs: number }
  | { readonly kind: 'show'; readonly span: TimeSpan }
  | { readonly kind: 'open'; readonly place: Place }
  | { readonly kind: 'back' }
  | { readonly kind: 'clear' };

/** One step of a selection, or in a row where nothing stands. */
const STEPS = 48;
const PAGE_ROWS = 10;

/** Null for a key that means nothing here. */
export function onKey(key: string, isShifted: boolean, state: MatrixState): MatrixAction | null {
  const { rows, toMs, selection } = state;
  const place = state.place ?? { row: firstRow(rows), atMs: toMs - 1 };
  const centre = state.place?.atMs ?? middleOf(state);
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight': {
      if (isShifted) {
        const atMs = onceFurther(state, place.atMs, key);
        return { kind: 'select', place: { ...place, atMs }, anchorMs: selection?.anchorMs ?? place.atMs };
      }
      return { kind: 'go', place: walked(state, place, key) };
    }
    case 'ArrowUp':
      return { kind: 'go', place: toRow(rows, place, place.row - 1) };
    case 'ArrowDown':
      return { kind: 'go', place: toRow(rows, place, place.row + 1) };
    case 'PageUp':
      return { kind: 'go', place: toRow(rows, place, place.row - PAGE_ROWS) };
    case 'PageDown':
      return { kind: 'go', place: toRow(rows, place, place.row + PAGE_ROWS) };
    case 'Home':
    case 'End':
      return { kind: 'go', place: walked(state, place, key) };
    case 'Enter':
      if (selection !== null) return { kind: 'show', span: ordered(selection) };
      return { kind: 'open', place };
    case '+':
    case '=':
      return { kind: 'show', span: scaled(state, centre, 0.5) };
    case '-':
    case '−':
      return { kind: 'show', span: scaled(state, centre, 2) };
    case '[':
      return { kind: 'show', span: shifted(state, -0.5) };
    case ']':
      return { kind: 'show', span: shifted(state, 0.5) };
    case '0':
      return { kind: 'back' };
    case 'Escape':
      return state.place === null && selection === null ? null : { kind: 'clear' };
    default:
      return null;
  }
}

/** Ends in order, wherever it was begun. */
export function ordered({ anchorMs, untilMs }: NonNullable<MatrixState['selection']>): TimeSpan {
  return { fromMs: Math.min(anchorMs, untilMs), toMs: Math.max(anchorMs, untilMs) };
}

/** What lies at a place, or null. */
export function markOf(rows: readonly MatrixRow[], { row, atMs }: Place): Mark | null {
  return markAt(rows[row]?.marks ?? [], atMs);
}

type WalkKey = 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End';

/** To the next of the row; where nothing stands in it, a step further. */
function walked(state: MatrixState, place: Place, key: WalkKey): Place {
  const marks = state.rows[place.row]?.marks ?? [];
  const atMs = stepTo(key, marks, place.atMs);
  if (atMs !== null) return { ...place, atMs };
  if (marks.length > 0 || key === 'Home' || key === 'End') return place;
  return { ...place, atMs: onceFurther(state, place.atMs, key) };
}

function onceFurther(state: TimeSpan, atMs: number, key: 'ArrowLeft' | 'ArrowRight'): number {
  return within(state, atMs + ((key === 'ArrowLeft' ? -1 : 1) * (state.toMs - state.fromMs)) / STEPS);
}

function toRow(rows: readonly MatrixRow[], place: Place, row: number): Place {
  return { ...place, row: Math.min(rows.length - 1, Math.max(0, row)) };
}

/** The first collector: lanes are one step up. */
function firstRow(rows: readonly MatrixRow[]): number {
  return Math.max(
    0,
    rows.findIndex(({ kind }) => kind === 'collector'),
  );
}

function within({ fromMs, toMs }: TimeSpan, atMs: number): number {
  return Math.min(toMs - 1, Math.max(fromMs, atMs));
}

function scaled({ fromMs, toMs }: TimeSpan, centreMs: number, factor: number): TimeSpan {
  return { fromMs: centreMs - (centreMs - fromMs) * factor, toMs: centreMs + (toMs - centreMs) * factor };
}

function shifted({ fromMs, toMs }: TimeSpan, share: number): TimeSpan {
  const byMs = (toMs - fromMs) * share;
  return { fromMs: fromMs + byMs, toMs: toMs + byMs };
}
