// The shape of a collector: it asks a source, validates, and yields rows page by page. It knows nothing of SQLite, Electron or
// the screen, and holds no state between runs, so a run can be repeated, cut off or moved without surprise.
import type { TableRows } from '../../shared/contract/tables';
import type { ReadAnswer, ReadArgs, ReadName } from '../../shared/contract/reads';
import type { CallPriority, CollectorId, RejectedRows } from '../../shared/domain/collector';
import type { Settings } from '../../shared/domain/settings';
import type { Clock } from '../../shared/util/clock';
import type { MarketSource } from '../sources/marketSource';

/** What one answer of the source became. The scheduler stores `parts` as one batch before it asks for the next. */
export interface CollectedPage {
  readonly parts: readonly TableRows[];
  /** Rows the source sent, and how many of them were valid. */
  readonly fetched: number;
  readonly valid: number;
  /** How many things were asked for by name, because they were due; absent where the source decides how many there are. */
  readonly asked?: number;
  readonly rejected: readonly RejectedRows[];
  /** A part of the run that could not be had (one DEX of several, one pool of many) while the rest goes on; null when all went well. */
  readonly shortfall: string | null;
}

export interface CollectContext {
  readonly client: MarketSource;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly signal: AbortSignal;
  /** What is stored already, to know what to ask for. Rows of this run's earlier pages are among it, unless storage is held up. */
  readonly read: <R extends ReadName>(name: R, args: ReadArgs<R>) => Promise<ReadAnswer<R>>;
  /** Heartbeat with a word for the window, for example "solana / raydium, page 2". */
  progress(step: string): void;
}

export interface Collector {
  readonly id: CollectorId;
  readonly title: string;
  readonly description: string;
  /** `normal` unless told. */
  readonly priority?: CallPriority;
  /** How far back one run fetches, milliseconds: slots missed within that are made good by the next good run. 0 unless told. */
  reachesBackMs?(settings: Settings): number;
  collect(context: CollectContext): AsyncIterable<CollectedPage>;
}
