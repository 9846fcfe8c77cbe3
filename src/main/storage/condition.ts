// The state of a store and the one sentence that explains it, from what its parts know. Pure.
import type { LockHolder, StoreState } from '../../shared/domain/database';
import type { BreakerState } from './breaker';

export interface StoreFacts {
  readonly phase: 'starting' | 'open' | 'recovering' | 'read_only' | 'failed' | 'closed';
  /** Why the phase is what it is, when that needs saying. */
  readonly phaseCause: string | null;
  readonly breaker: BreakerState;
  /** What opened the breaker, in the words of SQLite or the system. */
  readonly breakerDetail: string;
  readonly holder: LockHolder | null;
  readonly spoolProblem: string | null;
  readonly volatileBatches: number;
  /** Smaller troubles while writes go on, worst first. */
  readonly concerns: readonly string[];
}

export interface Condition {
  readonly state: StoreState;
  readonly cause: string | null;
}

export function conditionOf(facts: StoreFacts): Condition {
  const { phase, phaseCause, breaker, concerns } = facts;
  if (phase !== 'open' && phase !== 'starting') return { state: phase, cause: phaseCause };
  if (facts.volatileBatches > 0) {
    const why = facts.spoolProblem ?? 'it has no room';
    return { state: 'degraded', cause: `Rows are only in memory: the spool does not take them either (${why}).` };
  }
  if (breaker.state === 'open' && breaker.reason) return { state: 'spooling', cause: causeOf(facts) };
  if (breaker.state === 'half_open')
    return { state: 'spooling', cause: 'Rows kept in the spool are being brought into the database.' };
  if (phase === 'starting') return { state: 'starting', cause: phaseCause };
  const [worst] = concerns;
  return worst === undefined ? { state: 'ok', cause: null } : { state: 'degraded', cause: worst };
}

function causeOf({ breaker, breakerDetail, holder }: StoreFacts): string {
  const safe = 'rows are kept safely in the spool until then';
  switch (breaker.reason) {
    case 'lock': {
      const who = holder ? `${holder.program ?? 'A program'} (process ${holder.pid})` : 'Another program';
      return `${who} holds the write lock; ${safe}.`;
    }
    case 'isolated':
      return 'The database was taken out of service by hand; rows are kept safely in the spool.';
    case 'maintenance':
      return `The file is being replaced; ${safe}.`;
    case 'thread':
      return `The writer thread is being started; ${safe}.`;
    case 'stalled':
      return `The disk does not answer; ${safe}.`;
    case 'corrupt':
      return `The database file is damaged (${breakerDetail}); rows are kept safely in the spool.`;
    case 'environment':
    case null:
      return `The database does not take writes (${breakerDetail}); ${safe}.`;
  }
}
