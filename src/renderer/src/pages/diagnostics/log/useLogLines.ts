// The lines of the log that fit a filter: the newest first, older ones on request, and what is written meanwhile. Holds so many lines
// and no more; an answer to an earlier filter never mixes with those of a later one.
import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { AppError } from '../../../../../shared/contract/envelope';
import type { LogFilter, LogLine, LogPageArgs } from '../../../../../shared/domain/log';
import { query } from '../../../bridge/bridge';

const PAGE_LINES = 300;
const MAX_LINES = 6_000;
const LOOK_EVERY_MS = 1_000;

export interface LogLines {
  /** Oldest first; null until the first answer. */
  readonly lines: readonly LogLine[] | null;
  readonly error: AppError | null;
  /** True while there may be older lines and room for them. */
  readonly hasOlder: boolean;
  /** Older lines were left out because there are too many. */
  readonly isFull: boolean;
  readonly loadOlder: () => void;
}

interface Held {
  readonly key: string;
  lines: readonly LogLine[] | null;
  older: string | null;
  newer: string | null;
  error: AppError | null;
  asking: boolean;
}

export function useLogLines(filter: LogFilter, following: boolean): LogLines {
  const key = JSON.stringify(filter);
  const held = useRef<Held | null>(null);
  const [, render] = useReducer((count: number) => count + 1, 0);
  if (held.current?.key !== key)
    held.current = { key, lines: null, older: null, newer: null, error: null, asking: false };
  const state = held.current;

  const ask = useCallback(
    async (direction: LogPageArgs['direction'], from: string | null): Promise<void> => {
      if (state.asking) return;
      state.asking = true;
      const args = { filter: JSON.parse(state.key) as LogFilter, from, direction, limit: PAGE_LINES };
      const answer = await query('logs.page', args);
      state.asking = false;
      state.error = answer.ok ? null : answer.error;
      if (answer.ok) take(state, direction, answer.value);
      if (held.current === state) render();
    },
    [state],
  );

  const loadOlder = useCallback((): void => {
    if (state.older !== null && (state.lines?.length ?? 0) < MAX_LINES) void ask('older', state.older);
  }, [state, ask]);

  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState !== 'visible') return;
      if (state.newer === null) void ask('older', null);
      // What matches little is found in parts: the first screen fills by itself.
      else if ((state.lines?.length ?? 0) < PAGE_LINES && state.older !== null) loadOlder();
      else if (following) void ask('newer', state.newer);
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [state, ask, loadOlder, following]);

  const isFull = (state.lines?.length ?? 0) >= MAX_LINES;
  return { lines: state.lines, error: state.error, hasOlder: state.older !== null && !isFull, isFull, loadOlder };
}

function take(
  state: Held,
  direction: LogPageArgs['direction'],
  page: { readonly lines: readonly LogLine[]; readonly older: string | null; readonly newer: string },
): void {
  const before = state.lines ?? [];
  if (direction === 'newer') {
    // The oldest go when there is no more room, and with them the way to those before.
    const all = [...before, ...page.lines];
    state.lines = all.length === before.length ? before : all.slice(-MAX_LINES);
    state.newer = page.newer;
    return;
  }
  state.lines = [...page.lines, ...before];
  state.older = page.older;
  state.newer ??= page.newer;
}
