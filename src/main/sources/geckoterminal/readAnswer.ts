// What an answer means: data, or which class of error. Both hosts complain in two shapes; what their refusals mean is the dialect's.
import { z } from 'zod';
import type { HttpAnswer, HttpBody } from '../http/httpClient';
import { parseRetryAfterMs } from '../http/retryAfter';
import { safeExcerpt, SourceError, type SourceErrorClass } from '../http/sourceError';
import type { Complaint, Dialect, Refusal } from './dialect';

export interface AnswerContext {
  readonly host: string;
  readonly dialect: Dialect;
  readonly wallMs: number;
}

/** {"errors":[{"status":"404","title":"..."}]} */
const apiErrors = z.looseObject({
  errors: z.array(z.looseObject({ status: z.coerce.number().catch(0), title: z.string().catch('') })).min(1),
});

/** {"status":{"error_code":429,"error_message":"..."}} */
const statusError = z.looseObject({
  status: z.looseObject({ error_code: z.coerce.number(), error_message: z.string().catch('') }),
});

const ASKS_TO_WAIT: readonly SourceErrorClass[] = ['throttled', 'server'];

/** Returns the JSON value of a good answer; throws a SourceError for every other. */
export function readAnswer(answer: HttpAnswer, context: AnswerContext): unknown {
  const { body, status } = answer;
  const complaint = complaintOf(body);
  if (status === 200 && body.kind === 'json' && complaint === null) return body.value;
  const refusal = refusalOf(answer, complaint, context.dialect);
  const errorClass = refusal?.class ?? classify(answer, complaint);
  throw new SourceError(errorClass, sentence(errorClass, answer, complaint, context, refusal?.advice ?? null), {
    httpStatus: status,
    excerpt: body.kind === 'empty' ? null : body.excerpt,
    retryAfterMs: ASKS_TO_WAIT.includes(errorClass) ? parseRetryAfterMs(answer.retryAfter, context.wallMs) : null,
  });
}

function complaintOf(body: HttpBody): Complaint | null {
  if (body.kind !== 'json') return null;
  const listed = apiErrors.safeParse(body.value);
  if (listed.success) {
    const [first] = listed.data.errors;
    return { code: first?.status ?? 0, text: first?.title ?? '' };
  }
  const single = statusError.safeParse(body.value);
  if (!single.success) return null;
  const { error_code: code, error_message: text } = single.data.status;
  return code === 0 ? null : { code, text };
}

/** Null for every answer that is not the host's own word on who may see what. */
function refusalOf({ status, body }: HttpAnswer, complaint: Complaint | null, dialect: Dialect): Refusal | null {
  const code = codeOf(status, complaint);
  if (body.kind !== 'json' || code === 429 || code < 400 || (code >= 500 && code < 600)) return null;
  return complaint?.code === 429 ? null : dialect.refusal(code, complaint);
}

/** Some hosts send an error under a 200; then the body's own code counts. */
function codeOf(status: number, complaint: Complaint | null): number {
  return status === 200 && complaint ? complaint.code : status;
}

function classify({ status, body }: HttpAnswer, complaint: Complaint | null): SourceErrorClass {
  if (status === 429 || complaint?.code === 429) return 'throttled';
  const code = codeOf(status, complaint);
  if (code >= 500 && code < 600) return 'server';
  if (code === 408) return 'timeout';
  // Before 404 and 403: a web page means that something other than the API answered, so the code says nothing about the question.
  if (body.kind !== 'json' || code < 400) return 'malformed';
  if (code === 401 || code === 403) return 'unauthorised';
  if (code === 404) return 'not_found';
  return 'bad_request';
}

function sentence(
  errorClass: SourceErrorClass,
  { status, body }: HttpAnswer,
  complaint: Complaint | null,
  { host, dialect }: AnswerContext,
  advice: string | null,
): string {
  const said = complaint?.text ? `: ${safeExcerpt(complaint.text)}` : '.';
  switch (errorClass) {
    case 'throttled':
      return `${host} asks for fewer calls (HTTP ${status}).`;
    case 'server':
      return `${host} answers with a server error (HTTP ${status})${said}`;
    case 'timeout':
      return `${host} gave up waiting for the call (HTTP ${status}).`;
    case 'page_limit':
      return `${host} goes no further than this without a higher plan (HTTP ${status})${said}`;
    case 'unauthorised':
      return `${host} ${dialect.refusedWords} (HTTP ${status})${advice === null ? said : `. ${advice}`}`;
    case 'not_found':
      return `${host} does not know what was asked for (HTTP ${status})${said}`;
    case 'malformed':
      return `${host} ${describeOddBody(status, body)} (HTTP ${status}).`;
    default:
      return `${host} did not accept the call (HTTP ${status})${said}`;
  }
}

function describeOddBody(status: number, body: HttpBody): string {
  if (status >= 300 && status < 400) return 'answered with a redirect, which is not followed; check the base URL';
  switch (body.kind) {
    case 'empty':
      return 'answered with nothing';
    case 'broken':
      return 'answered with data that is cut off or garbled';
    case 'other':
      if (body.contentType.includes('html') || /^\s*<(?:!doctype|html)/i.test(body.excerpt)) {
        return 'answered with a web page instead of data';
      }
      return `answered with ${body.contentType === '' ? 'unlabelled data' : safeExcerpt(body.contentType)} instead of JSON`;
    case 'json':
      return 'answered in an unexpected way';
  }
}
