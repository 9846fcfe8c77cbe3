// The one error that a source throws: a class from the closed list, and a sentence for people. It never carries a key, a header
// or more than a short excerpt of what the other side said.
import type { RunErrorClass } from '../../../shared/domain/collector';

export type SourceErrorClass = Exclude<RunErrorClass, 'storage' | 'shortfall' | 'internal'>;

const MAX_EXCERPT_CHARS = 200;

export interface SourceErrorDetails {
  readonly httpStatus?: number | null;
  /** What the other side answered; cut and cleaned here. */
  readonly excerpt?: string | null;
  /** How long the other side asked to wait. */
  readonly retryAfterMs?: number | null;
}

export class SourceError extends Error {
  readonly class: SourceErrorClass;
  readonly httpStatus: number | null;
  readonly excerpt: string | null;
  readonly retryAfterMs: number | null;

  constructor(errorClass: SourceErrorClass, message: string, details: SourceErrorDetails = {}) {
    super(message);
    this.name = 'SourceError';
    this.class = errorClass;
    this.httpStatus = details.httpStatus ?? null;
    this.excerpt = details.excerpt ? safeExcerpt(details.excerpt) : null;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}

export function cancelledError(): SourceError {
  return new SourceError('cancelled', 'The call was cancelled.');
}

/** At most 200 characters on one line, without control, direction-changing or broken characters. */
export function safeExcerpt(text: string): string {
  const clean = text
    .slice(0, MAX_EXCERPT_CHARS * 4)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .trim();
  const characters = Array.from(clean);
  if (characters.length <= MAX_EXCERPT_CHARS) return clean;
  return `${characters.slice(0, MAX_EXCERPT_CHARS - 1).join('')}…`;
}
