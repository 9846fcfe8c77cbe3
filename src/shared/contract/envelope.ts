// Every answer that crosses a process border is a Result: errors are data with a code from a closed list, never exceptions.

export const ERROR_CODES = [
  'bad_request',
  'forbidden',
  'not_found',
  'conflict',
  'unavailable',
  'cancelled',
  'too_large',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface AppError {
  readonly code: ErrorCode;
  /** One sentence a person can read: what happened and, where known, what to do. */
  readonly message: string;
  /** Which argument it is about, as a path with dots; absent when it is about the whole. */
  readonly field?: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(
  code: ErrorCode,
  message: string,
  field?: string,
): { readonly ok: false; readonly error: AppError } {
  return { ok: false, error: { code, message, ...(field !== undefined && { field }) } };
}
