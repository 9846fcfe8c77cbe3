// The program as a command sees it: an instance that runs on the profile, or one of our own; the same calls, the same answers.
import type { CommandAnswer, CommandArgs, CommandName } from '../../../shared/contract/commands';
import type { Result } from '../../../shared/contract/envelope';
import type { QueryAnswer, QueryArgs, QueryName } from '../../../shared/contract/queries';
import type { AppSnapshot } from '../../../shared/contract/snapshot';
import { CommandError, EXIT } from '../outcome';

export interface Link {
  /** The process of the instance that answers; null when the program runs in this process, for this command only. */
  readonly instance: { readonly pid: number } | null;
  query<Q extends QueryName>(name: Q, args: QueryArgs<Q>): Promise<Result<QueryAnswer<Q>>>;
  command<C extends CommandName>(name: C, args: CommandArgs<C>): Promise<Result<CommandAnswer<C>>>;
  /** `listener` hears the present state first, then every change; `onEnd` once, when there will be no more. */
  watch(listener: (snapshot: AppSnapshot) => void, onEnd: () => void): () => void;
  close(): Promise<void>;
}

/**
 * The first thing that `pick` finds in the state as it changes; `pick` returns null to go on waiting.
 * Rejects with a CommandError when the instance goes away, or with the signal's reason when it aborts.
 */
export function until<T>(link: Link, pick: (snapshot: AppSnapshot) => T | null, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    let unwatch = (): void => undefined;
    let settled = false;
    const settle = (act: () => void): void => {
      if (settled) return;
      settled = true;
      signal?.removeEventListener('abort', onAbort);
      // The first state may arrive before `watch` has returned.
      queueMicrotask(() => unwatch());
      act();
    };
    const onAbort = (): void => settle(() => reject(signal?.reason as Error));
    signal?.addEventListener('abort', onAbort, { once: true });
    unwatch = link.watch(
      (snapshot) => {
        const found = pick(snapshot);
        if (found !== null) settle(() => resolve(found));
      },
      () => settle(() => reject(new CommandError(EXIT.failed, 'The running Poolwatch went away.'))),
    );
    if (signal?.aborted) onAbort();
  });
}
