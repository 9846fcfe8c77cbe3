// To which run a line of the log belongs: known by the asynchronous context it is written in, however deep in the program that is.
import { AsyncLocalStorage } from 'node:async_hooks';

export interface LogContext {
  readonly runId: string;
  readonly collectorId: string;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs `work`; every line that is written inside names the run. */
export function inLogContext<T>(context: LogContext, work: () => T): T {
  return storage.run(context, work);
}

/** A copy: whoever writes the line adds to it. */
export function logContext(): Partial<LogContext> {
  return { ...storage.getStore() };
}
