// Which field of a form a refusal belongs to, and how it reads there.
import type { AppError } from '../../../shared/contract/envelope';

/** What to say at `field`; null when the refusal is about something else. */
export function errorAt(refusal: AppError | null, field: string): string | null {
  if (refusal?.field !== field) return null;
  const { message } = refusal;
  const said = message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.!?]$/.test(said) ? '' : '.'}`;
}

/** What to say beside the whole form: a refusal that belongs to none of its `fields`. */
export function errorBeside(refusal: AppError | null, fields: readonly string[]): string | null {
  return refusal === null || (refusal.field !== undefined && fields.includes(refusal.field)) ? null : refusal.message;
}
