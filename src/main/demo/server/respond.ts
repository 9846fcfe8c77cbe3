// Bytes on the wire: headers as the real service sends them, compression, and the broken ways to end an answer.
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { assertNever } from '../../../shared/util/assertNever';
import { RATE_LIMIT_BODY } from './answers';
import type { TransportFault } from './faults';
import type { JsonValue } from './resources';

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html; charset=UTF-8';
/** More than any sensible caller accepts; a normal answer has at most 125 kB. */
const OVERSIZE_BYTES = 3 * 1024 * 1024;
const RETRY_AFTER_S = 60;

export interface Payload {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export function jsonPayload(status: number, body: JsonValue, headers: Readonly<Record<string, string>> = {}): Payload {
  return { status, contentType: JSON_TYPE, bytes: Buffer.from(JSON.stringify(body)), headers };
}

/** Headers of a good answer. */
export function okPayload(bytes: Buffer, requestId: string, ageS: number | null): Payload {
  return {
    status: 200,
    contentType: JSON_TYPE,
    bytes,
    headers: {
      'cache-control': 'max-age=30, public, must-revalidate, s-maxage=60',
      etag: `W/"${createHash('md5').update(bytes).digest('hex')}"`,
      'cf-cache-status': ageS === null ? 'MISS' : 'HIT',
      ...(ageS === null ? {} : { age: String(ageS) }),
      'x-request-id': requestId,
    },
  };
}

export function htmlPayload(status: number, title: string): Payload {
  const page = `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { status, contentType: HTML_TYPE, bytes: Buffer.from(page), headers: {} };
}

export function throttlePayload(retryAfter: string | null): Payload {
  return jsonPayload(429, RATE_LIMIT_BODY, retryAfter === null ? {} : { 'retry-after': retryAfter });
}

/** Sends everything; resolves to true when the last byte was handed to the system, false when the caller hung up before. */
export function sendPayload(request: IncomingMessage, response: ServerResponse, payload: Payload): Promise<boolean> {
  const zipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) && payload.bytes.length > 512;
  const bytes = zipped ? gzipSync(payload.bytes) : payload.bytes;
  writeHead(response, payload, bytes.length, zipped);
  return new Promise((resolve) => {
    response.once('finish', () => resolve(true));
    response.once('close', () => resolve(false));
    response.end(bytes);
  });
}

/** Announces everything, sends half, hangs up after `waitMs`. */
export async function sendHalf(response: ServerResponse, payload: Payload, waitMs: number): Promise<void> {
  writeHead(response, payload, payload.bytes.length, false);
  await new Promise<void>((resolve) => {
    response.write(payload.bytes.subarray(0, Math.floor(payload.bytes.length / 2)), () => resolve());
    response.once('close', resolve);
  });
  await waitOrClosed(response, waitMs);
  response.destroy();
}

/** Resolves after `waitMs`, or as soon as the caller hung up. */
export function waitOrClosed(response: ServerResponse, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      response.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, waitMs);
    response.once('close', done);
    if (response.destroyed) done();
  });
}

function writeHead(response: ServerResponse, payload: Payload, length: number, zipped: boolean): void {
  response.writeHead(payload.status, {
    'content-type': payload.contentType,
    'content-length': String(length),
    ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    vary: 'Accept-Encoding,Accept,Origin',
    server: 'cloudflare',
    ...payload.headers,
  });
}

/** Faults that put another answer in place of the right one. The rest need the right one first. */
type ReplacingFault = Exclude<TransportFault, 'drop' | 'slow' | 'stall' | 'truncated'>;

export function faultPayload(kind: ReplacingFault, nowMs: number): Payload {
  switch (kind) {
    case '429':
      return throttlePayload('0');
    case '429-after-60':
      return throttlePayload(String(RETRY_AFTER_S));
    case '429-http-date':
      return throttlePayload(new Date(nowMs + RETRY_AFTER_S * 1000).toUTCString());
    case '429-no-header':
      return throttlePayload(null);
    case '200-with-429':
      return jsonPayload(200, RATE_LIMIT_BODY);
    case '401':
      return jsonPayload(401, { errors: [{ status: '401', title: 'Unauthorized' }] });
    case '403-html':
      return htmlPayload(403, 'Attention Required!');
    case 'not_found':
      return jsonPayload(404, { errors: [{ status: '404', title: 'Not Found' }] });
    case '500':
      return jsonPayload(500, { errors: [{ status: '500', title: 'Internal Server Error' }] });
    case '502-html':
      return htmlPayload(502, 'Bad gateway');
    case '503-html':
      return htmlPayload(503, 'Service Temporarily Unavailable');
    case '520-html':
      return htmlPayload(520, 'Web server is returning an unknown error');
    case 'html':
      return htmlPayload(200, 'Just a moment...');
    case 'empty':
      return { status: 200, contentType: JSON_TYPE, bytes: Buffer.alloc(0), headers: {} };
    case 'garbage':
      return { status: 200, contentType: JSON_TYPE, bytes: Buffer.from('\u0000{"data":[{]]', 'utf8'), headers: {} };
    case 'oversize':
      return { status: 200, contentType: JSON_TYPE, bytes: Buffer.alloc(OVERSIZE_BYTES, ' '), headers: {} };
    default:
      return assertNever(kind);
  }
}
