// What every handler can reach, and the two ways to answer from an engine that may be away for a moment.
import { fail, ok, type Result } from '../../../shared/contract/envelope';
import type { Settings, SourceMode } from '../../../shared/domain/settings';
import type { Clock } from '../../../shared/util/clock';
import { StorageError } from '../../storage/store';
import type { ApplicationPorts } from '../application';
import type { Engine } from '../engine';
import type { OperationBoard } from '../operationBoard';

/** Absolute paths of the built threads that read and write files for a person. */
export interface PortThreads {
  readonly exporter: string;
  readonly importer: string;
}

export interface HandlerContext {
  readonly clock: Clock;
  readonly ports: ApplicationPorts;
  /** Where long work is started, so that it is shown and can be called off. */
  readonly operations: OperationBoard;
  readonly threads: PortThreads;
  /** The engine at work, or null while the source is being switched. */
  engine(): Engine | null;
  /** Of that engine, or of the one that is being started. */
  mode(): SourceMode;
  /** What is in effect now. */
  settings(): Settings;
}

const SWITCHING = fail('unavailable', 'The source is being switched; try again in a moment.');

/** Answers a query from the engine; a database that cannot be read now is an answer, too. */
export async function reading<T>({ engine }: HandlerContext, read: (engine: Engine) => Promise<T>): Promise<Result<T>> {
  const present = engine();
  if (!present) return SWITCHING;
  try {
    return ok(await read(present));
  } catch (error) {
    if (error instanceof StorageError) return fail('unavailable', error.message);
    throw error;
  }
}

/** Hands an order to the engine. */
export async function ordering<T>(
  { engine }: HandlerContext,
  act: (engine: Engine) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const present = engine();
  return present ? await act(present) : SWITCHING;
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
