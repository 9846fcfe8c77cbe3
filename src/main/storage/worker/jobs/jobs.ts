// Long work that must not delay reads: runs in a thread of its own (the reader's program, started for the job).
import type { Job, JobAnswers, ThreadStart } from '../../common/protocol';
import { openForReading } from '../open';
import { backUp, verifyCopy } from './backup';
import { salvage } from './salvage';
import type { TableRows } from '../../../../shared/contract/storage';

const REPORTED_PROBLEMS = 20;

export class Jobs {
  readonly #start: ThreadStart;
  #salvage: Generator<readonly TableRows[]> | null = null;

  constructor(start: ThreadStart) {
    this.#start = start;
  }

  run(job: Job): JobAnswers[Job['type']] {
    switch (job.type) {
      case 'backup':
        return backUp(this.#start.database, this.#start.file, job.target);
      case 'verify':
        return verifyCopy(this.#start.database, job.file);
      case 'check':
        return this.#check(job.thorough);
      case 'salvage': {
        this.#salvage ??= salvage(this.#start.database, job.file);
        const { value, done } = this.#salvage.next();
        return done ? null : (value as readonly TableRows[]);
      }
    }
  }

  /** On a fresh connection: the page cache of a live one hides damage on disk. */
  #check(thorough: boolean): readonly string[] {
    const db = openForReading(this.#start.file);
    try {
      const check = `${thorough ? 'integrity_check' : 'quick_check'}(${REPORTED_PROBLEMS})`;
      const lines = db.prepare<[], string>(`PRAGMA ${check}`).pluck().all();
      return lines.length === 1 && lines[0] === 'ok' ? [] : lines;
    } finally {
      db.close();
    }
  }
}
