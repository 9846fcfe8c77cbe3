// Turns what happened to a database into lines of its operations log: one line for each incident, when it is over or has begun.
import type { LockHolder } from '../../shared/domain/database';
import type { BreakerState } from './breaker';
import type { WriterEvent } from './common/protocol';
import type { Keeper } from './recovery/keeper';

export class Diary {
  readonly #keeper: Keeper;
  #brokenSinceMs = 0;
  /** A lock gets one line of its own, when it is over: with the holder, and how long it was held. */
  #isLock = false;
  /** What opened the breaker last, in the words of SQLite or the system. */
  breakerDetail = '';

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  lockEnded(waitedMs: number, holder: LockHolder | null): void {
    const who = holder
      ? `${holder.program ?? 'A program'} (process ${holder.pid}, ${holder.command ?? 'command unknown'})`
      : 'An unknown program';
    this.#keeper.note('lock', 'ok', `${who} held the write lock.`, waitedMs);
  }

  breakerMoved(from: BreakerState, to: BreakerState, detail: string): void {
    if (from.state === 'closed') {
      this.#brokenSinceMs = to.sinceMs;
      this.#isLock = to.reason === 'lock';
    }
    if (to.state === 'open') {
      this.breakerDetail = detail;
      if (from.state === 'closed' && !this.#isLock)
        this.#keeper.note('breaker', 'failed', `Writes go to the spool: ${detail}.`, null);
    } else if (to.state === 'closed' && !this.#isLock) {
      const sentence = 'Writes go to the database again; the spool is empty.';
      this.#keeper.note('breaker', 'ok', sentence, to.sinceMs - this.#brokenSinceMs);
    }
  }

  threadLost(reason: string): void {
    this.#keeper.note('thread', 'failed', `The writer thread died: ${reason}.`, null);
  }

  rescued({ problem, report, durationMs }: Extract<WriterEvent, { kind: 'rescued' }>): void {
    const outcomes: Readonly<Record<typeof report.outcome, string>> = {
      restored: 'everything was saved and put back',
      kept: `our rows were saved to ${report.copy ?? 'a copy'}`,
      none: 'nothing of it could be saved',
    };
    const outcome = report.outcome === 'none' ? 'failed' : 'ok';
    this.#keeper.note('files', outcome, `${problem.message}; ${outcomes[report.outcome]}.`, durationMs);
  }
}
