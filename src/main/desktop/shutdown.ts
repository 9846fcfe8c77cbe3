// The one way out: named phases in order, under one cap. What is stuck is named in the log, and the program ends anyway:
// every acknowledged row is durable before it is acknowledged, so waiting longer would save nothing.
import type { Clock } from '../../shared/util/clock';
import type { Logger } from '../logging/logger';

export const SHUTDOWN_CAP_MS = 10_000;

export interface ShutdownPhase {
  readonly name: string;
  run(): void | Promise<void>;
}

export interface ShutdownOptions {
  readonly phases: readonly ShutdownPhase[];
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'error'>;
  /** Ends the process; called exactly once, with 0 when every phase ended well, else 1. */
  exit(code: number): void;
}

/** Returns the function that starts the way out; later calls join the first. A phase that fails does not stop the next. */
export function createShutdown(options: ShutdownOptions): (reason: string) => Promise<void> {
  let leaving: Promise<void> | null = null;
  // Begun in a later turn: a phase may itself cause the next call (closing the window does), which must find `leaving` set.
  return (reason) => (leaving ??= Promise.resolve().then(() => leave(options, reason)));
}

async function leave({ phases, clock, log, exit }: ShutdownOptions, reason: string): Promise<void> {
  log.info({ reason }, 'shutting down');
  let current = '';
  let failed = false;
  let capReached = (): void => undefined;
  const cap = new Promise<'stuck'>((resolve) => (capReached = () => resolve('stuck')));
  const timer = clock.after(SHUTDOWN_CAP_MS, capReached);

  const work = async (): Promise<'done'> => {
    for (const phase of phases) {
      current = phase.name;
      const startedMs = clock.monotonicMs();
      try {
        await phase.run();
        log.info({ phase: phase.name, tookMs: Math.round(clock.monotonicMs() - startedMs) }, 'shutdown phase ended');
      } catch (error) {
        failed = true;
        log.error({ phase: phase.name, err: error }, 'shutdown phase failed');
      }
    }
    return 'done';
  };

  const outcome = await Promise.race([work(), cap]);
  timer.cancel();
  if (outcome === 'stuck') log.error({ phase: current, capMs: SHUTDOWN_CAP_MS }, 'shutdown phase is stuck; leaving');
  exit(outcome === 'stuck' || failed ? 1 : 0);
}
