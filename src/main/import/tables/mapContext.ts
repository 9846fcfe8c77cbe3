// What every table's reading leans on besides its own row.
import type { Evidence, TokenPair } from '../evidence';

export interface MapContext {
  readonly evidence: Evidence;
  /** Tokens of the pools that are stored already, by pool id. */
  readonly storedPairs: ReadonlyMap<string, TokenPair>;
  readonly nowMs: number;
}
