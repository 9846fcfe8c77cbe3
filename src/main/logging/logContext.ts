// To which run a line of the log belongs: known by the asynchronous context it is written in, however deep in the program that is.
import { AsyncLocalStorage } from 'node:async_hooks';

export interface LogContext {
  readonly runId: string;
  readonly collectorId: string;
}

interface RunScope extends LogContext {
  isOver: boolean;
}

const storage = new AsyncLocalStorage<RunScope>();

/** Until `work` is over, every line that is written inside names the run. */
export async function inLogContext<T>({ runId, collectorId }: LogContext, work: () => Promise<T>): Promise<T> {
  const scope: RunScope = { runId, collectorId, isOver: false };
  try {
    return await storage.run(scope, work);
  } finally {
    // What a run has set going and goes on without it (the probe of a host, say) is not the run's any more.
    scope.isOver = true;
  }
}

/** A copy: whoever writes the line adds to it. */
export function logContext(): Partial<LogContext> {
  const scope = storage.getStore();
  return scope === undefined || scope.isOver ? {} : { runId: scope.runId, collectorId: scope.collectorId };
}
