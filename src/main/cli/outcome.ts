// How a command ends: what the exit codes mean, and the errors that choose one.
import type { AppError, Result } from '../../shared/contract/envelope';
import { assertNever } from '../../shared/util/assertNever';

export const EXIT = {
  ok: 0,
  /** It was tried, and did not work out. */
  failed: 1,
  /** Nothing was tried: wrong usage, or Poolwatch refused. */
  refused: 2,
  /** The person pressed Ctrl-C; what was under way has been called off. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with one sentence and the given code. */
export class CommandError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

/** The answer, or a CommandError that says why there is none. */
export function answerOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new CommandError(exitCodeFor(result.error.code), result.error.message);
}

function exitCodeFor(code: AppError['code']): ExitCode {
  switch (code) {
    case 'bad_request':
    case 'forbidden':
    case 'not_found':
    case 'conflict':
    case 'too_large':
      return EXIT.refused;
    case 'unavailable':
    case 'internal':
      return EXIT.failed;
    case 'cancelled':
      return EXIT.interrupted;
    default:
      return assertNever(code);
  }
}
