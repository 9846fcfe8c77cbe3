// Turns what happened to a database into lines of its operations log: one line for each incident, when it is over or has begun.
import type { LockHolder } from '../../shared/domain/database';
import type { BreakerState } from './breaker';
import type { Problem } from './common/errorClass';
import type { WriterEvent } from './common/protocol';
import type { Keeper } from './recovery/keeper';

export class Diary {
  readonly #keeper: Keeper;
  #brokenSinceMs = 0;
  /** What happens now gets a line of its own: a lock when it is over, with its holder; work that opened the breaker itself. */
  #hasOwnLine = false;
  /** What opened the breaker last, in the words of SQLite or the system. */
  breakerDetail = '';
  /** Why what an open connection still reaches could not be put back, as it was noted last. */
  #unsaved = '';

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  lockEnded(waitedMs: number, holder: LockHolder | null): void {
    this.#keeper.note('lock', 'ok', `${nameOf(holder)} held the write lock.`, waitedMs, { holder });
  }

  /** A read that kept the log from being emptied is over. */
  readerEnded(pinnedMs: number, holder: LockHolder | null): void {
    const sentence = `${nameOf(holder)} kept the write-ahead log from being emptied by a long read.`;
    this.#keeper.note('reader', 'ok', sentence, pinnedMs, { holder });
  }

  breakerMoved(from: BreakerState, to: BreakerState, detail: string): void {
    if (from.state === 'closed') {
      this.#brokenSinceMs = to.sinceMs;
      this.#hasOwnLine = to.reason === 'lock' || to.reason === 'maintenance';
    }
    if (to.state === 'open') {
      this.breakerDetail = detail;
      const outcome = to.reason === 'isolated' ? 'ok' : 'failed';
      if (from.state === 'closed' && !this.#hasOwnLine) {
        this.#keeper.note('breaker', outcome, `Writes go to the spool: ${detail}.`, null);
      }
    } else if (to.state === 'closed' && !this.#hasOwnLine) {
      const sentence = 'Writes go to the database again; the spool is empty.';
      this.#keeper.note('breaker', 'ok', sentence, to.sinceMs - this.#brokenSinceMs);
    }
  }

  threadLost(reason: string): void {
    this.#keeper.note('thread', 'failed', `The writer thread died: ${reason}.`, null);
  }

  /** Once for each reason, however often it is tried. */
  rescueFailed({ message }: Problem): void {
    this.breakerDetail = message;
    if (message === this.#unsaved) return;
    this.#unsaved = message;
    this.#keeper.note('files', 'failed', `${message}.`, null);
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

function nameOf(holder: LockHolder | null): string {
  if (holder) {
    const who = `${holder.program ?? 'A program'} (process ${holder.pid}, ${holder.command ?? 'command unknown'})`;
    return holder.certainty === 'exact' ? who : `Somebody, perhaps ${who}, which has the file open,`;
  }
  return process.platform === 'linux' ? 'An unknown program' : 'A program that this system does not name';
}
