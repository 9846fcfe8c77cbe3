// What the preload script puts on `window.poolwatch`, and the channel names behind it.
import type { CommandAnswer, CommandArgs, CommandName } from './commands';
import type { Result } from './envelope';
import type { QueryAnswer, QueryArgs, QueryName } from './queries';
import type { SnapshotPatch } from './snapshot';

export const CHANNELS = { query: 'poolwatch:query', command: 'poolwatch:command', patch: 'poolwatch:patch' } as const;

/** An invocation as it crosses the border; main trusts none of it. */
export interface Envelope {
  readonly name: string;
  readonly args: unknown;
}

export interface PoolwatchBridge {
  query<Q extends QueryName>(name: Q, args: QueryArgs<Q>): Promise<Result<QueryAnswer<Q>>>;
  command<C extends CommandName>(name: C, args: CommandArgs<C>): Promise<Result<CommandAnswer<C>>>;
  /** Returns the function that ends the subscription. */
  onPatch(listener: (patch: SnapshotPatch) => void): () => void;
}
