// The only file that touches `window.poolwatch`. Questions and orders always answer with a Result: a broken or missing
// bridge is an answer too, never an exception in a component.
import type { PoolwatchBridge } from '../../../shared/contract/bridge';
import type { CommandAnswer, CommandArgs, CommandName } from '../../../shared/contract/commands';
import { fail, type AppError, type Result } from '../../../shared/contract/envelope';
import type { QueryAnswer, QueryArgs, QueryName } from '../../../shared/contract/queries';
import type { ShownSnapshot } from '../../../shared/contract/shownSnapshot';
import { applyPatchText, parseSnapshot } from '../../../shared/contract/snapshotWire';
import { t } from '../texts/texts';

declare global {
  interface Window {
    readonly poolwatch?: PoolwatchBridge;
  }
}

/** How long to wait before a failed request for the full snapshot is made again. */
export const RETRY_SNAPSHOT_MS = 2_000;

export async function query<Q extends QueryName>(name: Q, args: QueryArgs<Q>): Promise<Result<QueryAnswer<Q>>> {
  return guarded((bridge) => bridge.query(name, args));
}

export async function command<C extends CommandName>(name: C, args: CommandArgs<C>): Promise<Result<CommandAnswer<C>>> {
  return guarded((bridge) => bridge.command(name, args));
}

async function guarded<T>(ask: (bridge: PoolwatchBridge) => Promise<Result<T>>): Promise<Result<T>> {
  const bridge = window.poolwatch;
  if (bridge === undefined) return fail('unavailable', t('shell.notConnected'));
  try {
    return await ask(bridge);
  } catch (error) {
    return fail(
      'unavailable',
      t('shell.noAnswer', { message: error instanceof Error ? error.message : String(error) }),
    );
  }
}

export interface SnapshotSink {
  /** A newer state; called for heartbeats too. */
  readonly onSnapshot: (snapshot: ShownSnapshot) => void;
  readonly onTrouble: (error: AppError) => void;
}

/**
 * Keeps the sink on the newest snapshot: a full one first, then patches; a gap, a fault or a window that was hidden ends
 * in a request for a full one. Patches that arrive while a full one is under way wait for it. Returns the function that ends it.
 */
export function followSnapshot(sink: SnapshotSink): () => void {
  let current: ShownSnapshot | null = null;
  let early: string[] = [];
  let fetching = false;
  let ended = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const accept = (patch: string): boolean => {
    if (current === null) return false;
    const next = applyPatchText(current, patch);
    if (next === null) return false;
    current = next;
    sink.onSnapshot(next);
    return true;
  };

  const fetchFull = async (): Promise<void> => {
    if (fetching || ended) return;
    fetching = true;
    clearTimeout(retry);
    const answer = await query('snapshot.text', null);
    fetching = false;
    if (ended) return;
    if (!answer.ok) {
      early = [];
      sink.onTrouble(answer.error);
      retry = setTimeout(() => void fetchFull(), RETRY_SNAPSHOT_MS);
      return;
    }
    current = parseSnapshot(answer.value);
    sink.onSnapshot(current);
    const waiting = early;
    early = [];
    for (const patch of waiting) accept(patch);
  };

  const onPatch = (patch: string): void => {
    if (fetching) early.push(patch);
    else if (!accept(patch)) void fetchFull();
  };

  const onVisible = (): void => {
    if (document.visibilityState === 'visible') void fetchFull();
  };

  const unsubscribe = window.poolwatch?.onPatch(onPatch);
  document.addEventListener('visibilitychange', onVisible);
  void fetchFull();
  return () => {
    ended = true;
    clearTimeout(retry);
    document.removeEventListener('visibilitychange', onVisible);
    unsubscribe?.();
  };
}
