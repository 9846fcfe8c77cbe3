// Which rows of the list of collectors exist: all of a few, of very many those that can be seen and their neighbours.
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

/** So many rows are drawn in the time of a frame or two; beyond, a list is scrolled rather than read. */
const ALL_UP_TO = 60;
/** As in now.module.css; the high ones have a line more, and are measured once they are there. */
const ROW_HEIGHT = 36;
const HIGH_ROW_HEIGHT = 64;
const OVERSCAN = 4;
/** Of the list in the page, pixels, before it has been laid out: near enough for the first picture to have its rows. */
const USUAL_TOP = 280;

export interface SeenRows {
  /** Their places; null where all exist. */
  readonly seen: readonly number[] | null;
  /** Room of those that do not exist, pixels. */
  readonly aboveHeight: number;
  readonly belowHeight: number;
  /** To be given every row that exists, as rows differ in height; null where all exist. */
  readonly measure: ((row: Element | null) => void) | null;
}

interface RowsOfList {
  readonly count: number;
  /** The place that is brought into sight, or -1. */
  readonly chosen: number;
  /** Whether the row at a place is higher than most. */
  readonly isHigh: (place: number) => boolean;
}

export function useSeenRows(table: RefObject<HTMLTableElement | null>, rowsOf: RowsOfList): SeenRows {
  const { count, chosen, isHigh } = rowsOf;
  const isLong = count > ALL_UP_TO;
  const [top, setTop] = useState(USUAL_TOP);
  const virtual = useVirtualizer({
    count,
    enabled: isLong,
    // The whole page scrolls, and the list is a part of it.
    getScrollElement: () => document.getElementById('content'),
    estimateSize: (place) => (isHigh(place) ? HIGH_ROW_HEIGHT : ROW_HEIGHT),
    overscan: OVERSCAN,
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    scrollMargin: top,
    measureElement: heightOf,
  });
  // What stands above the list comes and goes.
  useLayoutEffect(() => {
    const page = document.getElementById('content');
    const [whole, head] = [page?.firstElementChild, table.current?.tHead];
    if (!isLong || !page || !whole || !head) return;
    const place = (): void =>
      setTop(Math.round(head.getBoundingClientRect().bottom - page.getBoundingClientRect().top + page.scrollTop));
    place();
    const observer = new ResizeObserver(place);
    observer.observe(whole);
    return () => observer.disconnect();
  }, [table, isLong]);
  useEffect(() => {
    if (isLong && chosen >= 0) virtual.scrollToIndex(chosen, { align: 'auto' });
  }, [virtual, isLong, chosen]);

  if (!isLong) return { seen: null, aboveHeight: 0, belowHeight: 0, measure: null };
  const rows = virtual.getVirtualItems();
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    seen: rows.map(({ index }) => index),
    aboveHeight: first ? first.start - top : 0,
    belowHeight: last ? Math.max(0, virtual.getTotalSize() - (last.end - top)) : 0,
    measure: virtual.measureElement,
  };
}

/**
 * What the browser has laid out anyway. Asked of a row that has just been made, it would lay out the whole page there and then; it is
 * told of the row before it paints.
 */
function heightOf(
  row: Element,
  laidOut: ResizeObserverEntry | undefined,
  virtual: Virtualizer<HTMLElement, Element>,
): number {
  const height = laidOut?.borderBoxSize[0]?.blockSize;
  if (height !== undefined) return Math.round(height);
  return virtual.measurementsCache[virtual.indexFromElement(row)]?.size ?? ROW_HEIGHT;
}
