import { describe, expect, it } from 'vitest';
import type { HttpAnswer, HttpBody } from '../../../../src/main/sources/http/httpClient';
import { SourceError } from '../../../../src/main/sources/http/sourceError';
import { COINGECKO_DEMO } from '../../../../src/main/sources/coingecko/dialect';
import { KEYLESS, type Dialect } from '../../../../src/main/sources/geckoterminal/dialect';
import { readAnswer } from '../../../../src/main/sources/geckoterminal/readAnswer';

const WALL_MS = Date.UTC(2026, 0, 1);

const json = (value: unknown): HttpBody => ({ kind: 'json', value, excerpt: JSON.stringify(value) });
const apiError = (status: string, title: string): HttpBody => json({ errors: [{ status, title }] });
const statusError = (code: number, message: string): HttpBody =>
  json({ status: { error_code: code, error_message: message } });
const webPage: HttpBody = { kind: 'other', contentType: 'text/html', excerpt: '<!DOCTYPE html><html>' };
const broken: HttpBody = { kind: 'broken', excerpt: '{"data":[' };

function errorFor(answer: Partial<HttpAnswer>, dialect: Dialect = KEYLESS): SourceError {
  try {
    readAnswer(
      { status: 200, retryAfter: null, body: { kind: 'empty' }, ...answer },
      { host: 'api.example', dialect, wallMs: WALL_MS },
    );
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('the answer was taken for good');
}

describe('what an answer means', () => {
  it('is its data when all is well', () => {
    const body = json({ data: [] });
    expect(readAnswer({ status: 200, retryAfter: null, body }, { host: 'h', dialect: KEYLESS, wallMs: 0 })).toEqual({
      data: [],
    });
  });

  it.each([
    [{ status: 429, body: statusError(429, 'slow down') }, 'throttled'],
    [{ status: 429, body: webPage }, 'throttled'],
    [{ status: 429 }, 'throttled'],
    [{ status: 200, body: statusError(429, 'slow down') }, 'throttled'],
    [{ status: 401, body: apiError('401', 'exceeds the allowed max number for page (10)') }, 'page_limit'],
    [{ status: 401, body: apiError('401', 'only access data from the past 180 days') }, 'page_limit'],
    [{ status: 403, body: json({}) }, 'unauthorised'],
    [{ status: 403, body: webPage }, 'malformed'],
    [{ status: 404, body: apiError('404', 'pool not found') }, 'not_found'],
    [{ status: 404, body: webPage }, 'malformed'],
    [{ status: 400, body: apiError('400', 'Invalid aggregate') }, 'bad_request'],
    [{ status: 422, body: apiError('422', 'more than two tokens') }, 'bad_request'],
    [{ status: 408, body: json({}) }, 'timeout'],
    [{ status: 500, body: json({}) }, 'server'],
    [{ status: 503, body: webPage }, 'server'],
    [{ status: 522 }, 'server'],
    [{ status: 200, body: apiError('500', 'oops') }, 'server'],
    [{ status: 200, body: apiError('404', 'not here') }, 'not_found'],
    [{ status: 200, body: webPage }, 'malformed'],
    [{ status: 200, body: broken }, 'malformed'],
    [{ status: 200 }, 'malformed'],
    [{ status: 204 }, 'malformed'],
    [{ status: 302 }, 'malformed'],
  ] satisfies [Partial<HttpAnswer>, string][])('without a key, %j is %s', (answer, expected) => {
    expect(errorFor(answer)).toMatchObject({ class: expected, httpStatus: answer.status });
  });

  it.each([
    [{ status: 401, body: json({}) }, 'unauthorised'],
    [{ status: 403, body: json({}) }, 'unauthorised'],
    [{ status: 401, body: apiError('401', 'exceeds the allowed max number for page (10)') }, 'page_limit'],
    [{ status: 400, body: statusError(10_011, 'wrong root for a demo key') }, 'unauthorised'],
    [{ status: 400, body: statusError(10_010, 'wrong root for a pro key') }, 'unauthorised'],
    [{ status: 401, body: statusError(10_002, 'no key') }, 'unauthorised'],
    [{ status: 403, body: statusError(1020, 'access denied') }, 'unauthorised'],
    [{ status: 401, body: statusError(10_005, 'plan too low') }, 'page_limit'],
    [{ status: 200, body: statusError(10_005, 'plan too low') }, 'page_limit'],
    [{ status: 200, body: statusError(429, 'slow down') }, 'throttled'],
    [{ status: 429, body: statusError(10_005, 'slow down') }, 'throttled'],
    [{ status: 404, body: statusError(404, 'not found') }, 'not_found'],
    [{ status: 408, body: statusError(408, 'slow client') }, 'timeout'],
    [{ status: 503, body: statusError(503, 'away') }, 'server'],
    [{ status: 403, body: webPage }, 'malformed'],
  ] satisfies [Partial<HttpAnswer>, string][])('with a key, %j is %s', (answer, expected) => {
    expect(errorFor(answer, COINGECKO_DEMO).class).toBe(expected);
  });

  it('about the key says what to do about it', () => {
    expect(errorFor({ status: 400, body: statusError(10_010, 'x') }, COINGECKO_DEMO).message).toBe(
      'api.example does not accept the API key (HTTP 400). This is a Pro key; choose the Pro plan for it.',
    );
    expect(errorFor({ status: 401, body: json({}) }, COINGECKO_DEMO).message).toBe(
      'api.example does not accept the API key (HTTP 401).',
    );
  });

  it('is told in sentences', () => {
    expect(errorFor({ status: 403, body: webPage }).message).toBe(
      'api.example answered with a web page instead of data (HTTP 403).',
    );
    expect(errorFor({ status: 404, body: apiError('404', 'Specified\u202e pool\nnot found') }).message).toBe(
      'api.example does not know what was asked for (HTTP 404): Specified pool not found',
    );
    expect(errorFor({ body: broken }).message).toBe(
      'api.example answered with data that is cut off or garbled (HTTP 200).',
    );
    expect(errorFor({}).message).toBe('api.example answered with nothing (HTTP 200).');
    expect(errorFor({ status: 301 }).message).toContain('redirect, which is not followed; check the base URL');
    expect(errorFor({ body: { kind: 'other', contentType: 'text/plain', excerpt: 'hello' } }).message).toBe(
      'api.example answered with text/plain instead of JSON (HTTP 200).',
    );
  });

  it('carries how long a throttling host asks to wait', () => {
    expect(errorFor({ status: 429, retryAfter: '0' }).retryAfterMs).toBe(0);
    expect(errorFor({ status: 429, retryAfter: 'Thu, 01 Jan 2026 00:00:40 GMT' }).retryAfterMs).toBe(40_000);
    expect(errorFor({ status: 429, retryAfter: null }).retryAfterMs).toBeNull();
  });
});
