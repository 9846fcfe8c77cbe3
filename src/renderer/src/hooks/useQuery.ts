// One question to the program, asked again when its arguments change, at an interval, or when something tells it to.
// Never asks while nobody can see the window; an older answer never replaces a newer one.
import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { AppError } from '../../../shared/contract/envelope';
import type { QueryAnswer, QueryArgs, QueryName } from '../../../shared/contract/queries';
import { query } from '../bridge/bridge';

export interface QueryState<T> {
  /** The newest answer to exactly these arguments; null before the first. */
  readonly data: T | null;
  /** Why the newest attempt failed, or null. `data` may still hold the answer before it. */
  readonly error: AppError | null;
  /** Wall time at which `data` arrived. */
  readonly asOfMs: number | null;
  readonly refresh: () => void;
}

interface QueryOptions {
  readonly everyMs?: number;
  /** A change asks again, for example the id of the run that brought new rows. */
  readonly trigger?: string | number | null;
  /** What makes two questions the same one, where the arguments move with time. Without it: the arguments. */
  readonly identity?: string;
}

interface Held<T> {
  readonly key: string;
  readonly data: T | null;
  readonly error: AppError | null;
  readonly asOfMs: number | null;
}

export function useQuery<Q extends QueryName>(
  name: Q,
  args: QueryArgs<Q>,
  options: QueryOptions = {},
): QueryState<QueryAnswer<Q>> {
  const { everyMs, trigger = null, identity = JSON.stringify(args) } = options;
  const key = `${name} ${identity}`;
  const held = useRef<Held<QueryAnswer<Q>> | null>(null);
  const asked = useRef(0);
  const latestArgs = useRef(args);
  latestArgs.current = args;
  const [, render] = useReducer((count: number) => count + 1, 0);

  const refresh = useCallback(() => {
    asked.current += 1;
    const mine = asked.current;
    void query(name, latestArgs.current).then((answer) => {
      if (mine !== asked.current) return;
      const before = held.current?.key === key ? held.current : null;
      held.current = answer.ok
        ? { key, data: answer.value, error: null, asOfMs: Date.now() }
        : { key, data: before?.data ?? null, error: answer.error, asOfMs: before?.asOfMs ?? null };
      render();
    });
  }, [name, key]);

  useEffect(() => {
    const whenSeen = (): void => {
      if (document.visibilityState === 'visible') refresh();
    };
    whenSeen();
    document.addEventListener('visibilitychange', whenSeen);
    const timer = everyMs === undefined ? undefined : setInterval(whenSeen, everyMs);
    return () => {
      document.removeEventListener('visibilitychange', whenSeen);
      clearInterval(timer);
      // Answers that are still under way belong to arguments nobody looks at any more.
      asked.current += 1;
    };
  }, [refresh, everyMs, trigger]);

  const current = held.current?.key === key ? held.current : null;
  return { data: current?.data ?? null, error: current?.error ?? null, asOfMs: current?.asOfMs ?? null, refresh };
}
