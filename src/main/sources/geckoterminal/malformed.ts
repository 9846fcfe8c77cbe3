// The error for an answer that is JSON, but not what was asked for.
import { SourceError } from '../http/sourceError';

/** `subject` is what the answer should have held, in the plural. */
export function malformed(subject: string, answer: unknown): SourceError {
  return new SourceError('malformed', `The source answered without the list of ${subject} that was asked for.`, {
    httpStatus: 200,
    excerpt: textOf(answer),
  });
}

/** What is nested deeper than the stack is, is told as such. */
function textOf(answer: unknown): string {
  try {
    return JSON.stringify(answer);
  } catch {
    return '(nested too deep to be shown)';
  }
}
