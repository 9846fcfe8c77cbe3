// What an answer means: data, or which class of error. GeckoTerminal and its CoinGecko twin complain in two shapes, and the keyless
// API says 401 where it means "no further than this".
import { z } from 'zod';
import type { HttpAnswer, HttpBody } from '../http/httpClient';
import { parseRetryAfterMs } from '../http/retryAfter';
import { safeExcerpt, SourceError, type SourceErrorClass } from '../http/sourceError';

export interface AnswerContext {
  readonly host: string;
  /** Whether the call carried an API key: then 401 and 403 speak about the key. */
  readonly keyed: boolean;
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

/** What the keyless API says beyond its last page or its oldest bar, in place of a real refusal. */
const PLAN_LIMIT = /max number for page|past \d+ days/i;

const ASKS_TO_WAIT: readonly SourceErrorClass[] = ['throttled', 'server'];

interface Complaint {
  readonly code: number;
  readonly text: string;
}

/** Returns the JSON value of a good answer; throws a SourceError for every other. */
export function readAnswer(answer: HttpAnswer, context: AnswerContext): unknown {
  const { body, status } = answer;
  const complaint = complaintOf(body);
  if (status === 200 && body.kind === 'json' && complaint === null) return body.value;
  const errorClass = classify(answer, complaint, context.keyed);
  throw new SourceError(errorClass, sentence(errorClass, answer, complaint, context), {
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

function classify({ status, body }: HttpAnswer, complaint: Complaint | null, keyed: boolean): SourceErrorClass {
  if (status === 429 || complaint?.code === 429) return 'throttled';
  // Some hosts send an error under a 200; then the body's own code counts.
  const code = status === 200 && complaint ? complaint.code : status;
  if (code >= 500 && code < 600) return 'server';
  if (code === 408) return 'timeout';
  // Before 404 and 403: a web page means that something other than the API answered, so the code says nothing about the question.
  if (body.kind !== 'json' || code < 400) return 'malformed';
  // 10002 to 10011 are CoinGecko's own codes for a missing key, a plan too low and a key used at the wrong host.
  if (complaint && complaint.code >= 10_000 && complaint.code < 10_100) return 'unauthorised';
  if (code === 401 && (!keyed || PLAN_LIMIT.test(complaint?.text ?? ''))) return 'page_limit';
  if (code === 401 || code === 403) return 'unauthorised';
  if (code === 404) return 'not_found';
  return 'bad_request';
}

function sentence(
  errorClass: SourceErrorClass,
  { status, body }: HttpAnswer,
  complaint: Complaint | null,
  { host, keyed }: AnswerContext,
): string {
  const said = complaint?.text ? `: ${safeExcerpt(complaint.text)}` : '.';
  switch (errorClass) {
    case 'throttled':
      return `${host} asks for fewer calls (HTTP ${status}).`;
    case 'server':
      return `${host} has a fault of its own (HTTP ${status})${said}`;
    case 'timeout':
      return `${host} gave up waiting for the call (HTTP ${status}).`;
    case 'page_limit':
      return `${host} goes no further than this without a higher plan (HTTP ${status})${said}`;
    case 'unauthorised':
      return keyed
        ? `${host} does not accept the API key (HTTP ${status})${said}`
        : `${host} refused the call (HTTP ${status})${said}`;
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
