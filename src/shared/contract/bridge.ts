// What the preload script puts on `window.poolwatch`, and the channel names behind it.
import type { CommandAnswer, CommandArgs, CommandName } from './commands';
import type { Result } from './envelope';
import type { QueryAnswer, QueryArgs, QueryName } from './queries';

export const CHANNELS = {
  query: 'poolwatch:query',
  command: 'poolwatch:command',
  patch: 'poolwatch:patch',
  /** From the page: the patch has been taken, the next one may come. */
  taken: 'poolwatch:taken',
} as const;

/** An invocation as it crosses the border; main trusts none of it. */
export interface Envelope {
  readonly name: string;
  readonly args: unknown;
}

export interface PoolwatchBridge {
  query<Q extends QueryName>(name: Q, args: QueryArgs<Q>): Promise<Result<QueryAnswer<Q>>>;
  command<C extends CommandName>(name: C, args: CommandArgs<C>): Promise<Result<CommandAnswer<C>>>;
  /** Tells patches as texts for `applyPatchText`. Returns the function that ends the subscription. */
  onPatch(listener: (text: string) => void): () => void;
}
