// Turns an app:// request into an answer from the built page's folder, and nothing outside it. Pure apart from reading files;
// the Electron side is in protocol.ts.
import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import { randomBytes } from 'node:crypto';
import { APP_HOST, APP_SCHEME } from './pageOrigin';

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Plain segments only: no encoding left, no backslash, drive letter, empty, hidden or parent segment can pass. */
const PLAIN_PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/;

const NONCE_PLACEHOLDER = '__CSP_NONCE__';
const NONCE_BYTES = 16;

export interface AppFileRequest {
  readonly method: string;
  readonly url: string;
}

export interface AppFileAnswer {
  readonly status: 200 | 400 | 404 | 405 | 500;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | string | null;
}

/** The absolute file a request address names below `root`, or null when it names nothing we would ever serve. */
export function resolveAppFile(root: string, url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host, pathname, username, password } = new URL(url);
  if (protocol !== `${APP_SCHEME}:` || host !== APP_HOST || username !== '' || password !== '') return null;
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (path === '/' || path === '') path = '/index.html';
  if (!PLAIN_PATH.test(path) || !(extname(path) in MIME_TYPES)) return null;
  const file = join(root, ...path.split('/'));
  // The pattern already rules this out; the file system's own opinion is the last word.
  const below = relative(root, file);
  return below === '' || isAbsolute(below) || below.split(sep)[0] === '..' ? null : file;
}

/** Answers GET and HEAD with the file, its MIME type and the security headers; never throws. */
export async function answerAppFile(root: string, request: AppFileRequest): Promise<AppFileAnswer> {
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  const headers = securityHeaders(nonce);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, headers: { ...headers, Allow: 'GET, HEAD' }, body: null };
  }
  const file = resolveAppFile(root, request.url);
  if (file === null) return { status: 404, headers, body: null };
  try {
    const content = await readFile(file);
    const type = extname(file);
    const body =
      type === '.html' ? content.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce) : new Uint8Array(content);
    return {
      status: 200,
      headers: { ...headers, 'Content-Type': MIME_TYPES[type] ?? 'application/octet-stream' },
      body: request.method === 'HEAD' ? null : body,
    };
  } catch (error) {
    return { status: isAbsent(error) ? 404 : 500, headers, body: null };
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR');
}

function securityHeaders(nonce: string): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "worker-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  };
}
