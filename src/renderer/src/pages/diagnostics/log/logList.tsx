// The lines of the log, newest last; only those on the screen exist. Stays at the end while it follows, and where the person is
// reading when older lines come in before.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import type { LogLevel, LogLine } from '../../../../../shared/domain/log';
import { formatDateTime, formatUtc } from '../../../../../shared/util/format';
import { StatusMark, type StatusMarkProps } from '../../../components/status/statusMark';
import { t } from '../../../texts/texts';
import classes from './log.module.css';

const ROW_HEIGHT = 26;
const OVERSCAN = 12;
/** Nearer to the end counts as at the end. */
const AT_END_PX = 2 * ROW_HEIGHT;
/** So many rows before the first one the older ones are asked for. */
const LOAD_AHEAD_ROWS = 30;

export const LEVEL_LOOKS: Readonly<Record<LogLevel, StatusMarkProps>> = {
  debug: { tone: 'none', word: 'debug' },
  info: { tone: 'info', word: 'info' },
  warn: { tone: 'degraded', word: 'warn' },
  error: { tone: 'down', word: 'error' },
};

interface LogListProps {
  readonly lines: readonly LogLine[];
  readonly chosenId: string | null;
  readonly following: boolean;
  readonly onChoose: (id: string) => void;
  readonly onScrolledUp: () => void;
  /** The person has come near to the first line. */
  readonly onStart: () => void;
}

export function LogList({ lines, chosenId, following, onChoose, onScrolledUp, onStart }: LogListProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  useStandStill(scroller, lines, following);
  const places = virtual.getVirtualItems();
  const first = places[0]?.index ?? 0;
  useEffect(() => {
    if (first < LOAD_AHEAD_ROWS && !following) onStart();
  }, [first, following, lines, onStart]);

  const onScroll = (): void => {
    const view = scroller.current;
    if (view === null) return;
    const isAtEnd = view.scrollHeight - view.clientHeight - view.scrollTop < AT_END_PX;
    if (view.scrollTop < lastTop.current && !isAtEnd) onScrolledUp();
    lastTop.current = view.scrollTop;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = lines.findIndex(({ id }) => id === chosenId);
    const target = at === -1 ? lines.length - 1 : Math.min(lines.length - 1, Math.max(0, at + step));
    const line = lines[target];
    if (line === undefined) return;
    onChoose(line.id);
    virtual.scrollToIndex(target);
  };

  return (
    <div
      className={classes.scroller}
      ref={scroller}
      role="listbox"
      aria-label={t('diagnostics.logLabel')}
      aria-activedescendant={chosenId === null ? undefined : optionId(chosenId)}
      tabIndex={0}
      data-testid="log-lines"
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {places.map(({ index, start }) => {
          const line = lines[index];
          return line === undefined ? null : (
            <LogRow
              key={line.id}
              line={line}
              place={index + 1}
              of={lines.length}
              start={start}
              chosen={line.id === chosenId}
              onChoose={onChoose}
            />
          );
        })}
      </div>
    </div>
  );
}

interface LogRowProps {
  readonly line: LogLine;
  readonly place: number;
  readonly of: number;
  readonly start: number;
  readonly chosen: boolean;
  readonly onChoose: (id: string) => void;
}

function LogRow({ line, place, of, start, chosen, onChoose }: LogRowProps): ReactNode {
  const { id, atMs, level, message, collectorId, details } = line;
  const look = LEVEL_LOOKS[level];
  return (
    <div
      id={optionId(id)}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      aria-setsize={of}
      aria-posinset={place}
      className={classes.row}
      data-level={level}
      data-testid="log-line"
      title={`${message} ${details}`.trimEnd()}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => onChoose(id)}
      onKeyDown={({ key }) => key === 'Enter' && onChoose(id)}
    >
      <span className={classes.time} title={formatUtc(atMs)}>
        {formatDateTime(atMs)}
      </span>
      <StatusMark tone={look.tone} word={look.word} size={10} />
      <span className={classes.who}>{collectorId}</span>
      <span className={classes.message}>
        {message} <span className={classes.details}>{inShort(details)}</span>
      </span>
    </div>
  );
}

/** Of no interest in a row: the same in nearly all of them, or too long. */
const NOT_IN_SHORT: ReadonlySet<string> = new Set(['mode', 'batchId', 'timings']);

/** `outcome ok, ms 247`; details that were cut are shown as they are. */
function inShort(details: string): string {
  if (details === '') return '';
  try {
    return Object.entries(JSON.parse(details) as object)
      .filter(([name]) => !NOT_IN_SHORT.has(name))
      .map(([name, value]: [string, unknown]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(', ');
  } catch {
    return details;
  }
}

/** Keeps the end in sight while it follows; else keeps what is read where it is when lines come in before it. */
function useStandStill(
  scroller: { readonly current: HTMLDivElement | null },
  lines: readonly LogLine[],
  following: boolean,
): void {
  const firstId = useRef<string | null>(null);
  useLayoutEffect(() => {
    const view = scroller.current;
    if (view === null) return;
    const before = firstId.current;
    firstId.current = lines[0]?.id ?? null;
    if (following) view.scrollTo({ top: view.scrollHeight });
    else if (before !== null && before !== firstId.current) {
      const added = lines.findIndex(({ id }) => id === before);
      if (added > 0) view.scrollBy({ top: added * ROW_HEIGHT });
    }
  }, [scroller, lines, following]);
}

function optionId(lineId: string): string {
  return `log-${lineId}`;
}
