// What one row of the fault matrix says: the fault, how it is made, and what the store must do about it.
import type { ErrorClass } from '../../../../src/main/storage/common/errorClass';

/**
 * What is seen of the store's answer. `none`: nothing, it goes on. `warns`: writes go on, the status says what is wrong.
 * `spools`: rows are kept in the spool until the fault is over. `volatile`: rows are only in memory, and that is said.
 * `rescues`: the files were changed under us; what the connection still reached is put back. `replaces`: the file is replaced
 * by a backup and what can be read of it. `read_only`, `refuses`: the file is not written, not even opened.
 * `restarts`: the process or thread is gone; the next one finds everything.
 */
export type Action =
  'none' | 'warns' | 'spools' | 'volatile' | 'rescues' | 'replaces' | 'read_only' | 'refuses' | 'restarts';

export type Heals = 'by itself' | 'at the next start' | 'by a person';

export type Proof =
  /** A drill of the matrix: the key is its injector's. */
  | { readonly by: 'drill' }
  /** A test elsewhere under tests/, by its file and a part of its title. */
  | { readonly by: 'test'; readonly file: string; readonly title: string }
  /** It cannot happen to this design, or cannot be made here. */
  | { readonly by: 'nothing'; readonly because: string };

export interface Fault {
  /** Its number in the list of faults that the design answers; rows that were split carry a word more. */
  readonly row: string;
  readonly fault: string;
  readonly made: string;
  /** What SQLite or the guard says, any of these; empty when nobody reports anything. */
  readonly codes: readonly string[];
  readonly class: ErrorClass | null;
  readonly action: Action;
  /** One sentence for people: what Poolwatch does. */
  readonly answer: string;
  /** Acknowledged rows that are not in the database in the end, as they were given. */
  readonly lost: 'nothing' | 'one value' | 'what only the log held';
  readonly heals: Heals;
  readonly proof: Proof;
}

export const DRILL: Proof = { by: 'drill' };
