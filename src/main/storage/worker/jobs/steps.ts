// What every job is: a walk in steps. Between two steps it can tell how far it is and be called off; its `finally` then undoes
// what is half done. A step that runs inside SQLite cannot be interrupted.
import type { Progress, WorkUnit } from '../../../../shared/domain/operation';

export type JobSteps<Answer> = Generator<Progress, Answer, void>;

export function progress(step: string, done: number, total: number | null, unit: WorkUnit): Progress {
  return { step, done, total, unit };
}
