// Long work that must not delay reads: runs in a thread of its own (the reader's program, started for the job). One at a time.
import { describeError } from '../../common/errorClass';
import type { Job, JobAnswers, ReaderEvent, ThreadStart } from '../../common/protocol';
import { nowMs } from '../../common/stopwatch';
import { openForReading } from '../open';
import { backUp, verifyCopy } from './backup';
import { checkTables } from './checkTables';
import { compactCopy, compactSwap } from './compact';
import { compareWithCopy } from './compare';
import { measure } from './measure';
import { probe } from './probe';
import { salvage, type SalvageSteps } from './salvage';
import type { JobSteps } from './steps';

const CANCELLED = { class: 'transient', code: 'CANCELLED', message: 'it was cancelled' } as const;

export class Jobs {
  readonly #start: ThreadStart;
  readonly #post: (event: ReaderEvent) => void;
  #salvage: SalvageSteps | null = null;
  #cancelled = false;

  constructor(start: ThreadStart, post: (event: ReaderEvent) => void) {
    this.#start = start;
    this.#post = post;
  }

  run(seq: number, job: Job): void {
    this.#cancelled = false;
    this.#goOn(seq, this.#stepsOf(job), nowMs());
  }

  /** Heard between two steps. */
  cancel(): void {
    this.#cancelled = true;
  }

  #goOn(seq: number, steps: JobSteps<JobAnswers[Job['type']]>, startedAtMs: number): void {
    try {
      if (this.#cancelled) {
        // Runs what stands in `finally`.
        steps.return(null);
        this.#post({ kind: 'failed', seq, problem: CANCELLED });
        return;
      }
      const { value, done } = steps.next();
      if (done) {
        this.#post({ kind: 'answer', seq, value, sqlMs: nowMs() - startedAtMs });
        return;
      }
      this.#post({ kind: 'progress', seq, progress: value });
      // Lets the thread hear that it was called off.
      setImmediate(() => this.#goOn(seq, steps, startedAtMs));
    } catch (error) {
      this.#post({ kind: 'failed', seq, problem: describeError(error) });
    }
  }

  #stepsOf(job: Job): JobSteps<JobAnswers[Job['type']]> {
    const { database, file } = this.#start;
    switch (job.type) {
      case 'backup':
        return backUp(database, file, job.target);
      case 'verify':
        return verifyCopy(database, job.file);
      case 'check':
        return check(file, job.thorough);
      case 'probe':
        return probe(database, file, job.rounds);
      case 'measure':
        return measure(file, job.scratch);
      case 'compare':
        return compareWithCopy(file, job.copy);
      case 'salvage':
        this.#salvage ??= salvage(database, job.file);
        return nextRows(this.#salvage);
      case 'compactCopy':
        return compactCopy(database, file, job.target);
      case 'compactSwap':
        return compactSwap(file, job.target);
    }
  }
}

function* check(file: string, thorough: boolean): JobSteps<readonly string[]> {
  const db = openForReading(file);
  try {
    return yield* checkTables(db, thorough);
  } finally {
    db.close();
  }
}

// oxlint-disable-next-line require-yield
function* nextRows(rows: SalvageSteps): JobSteps<JobAnswers['salvage']> {
  const { value, done } = rows.next();
  return done ? null : value;
}
