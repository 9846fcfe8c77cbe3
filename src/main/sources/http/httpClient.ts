// One GET at a time over undici: time limit, size limit, content type, no redirects. It knows HTTP and nothing of any API.
import type { Response } from 'undici';
import { LazyAgent } from './lazyAgent';
import { cancelledError, SourceError } from './sourceError';
import { networkFault } from './networkFault';
import { MAX_IN_FLIGHT } from './rateLimiter';

/** Largest body read, after decompression. The largest normal answer is about 125 kB. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** Shorter than the 60 s and more that servers keep idle connections, so that a call rarely meets a closing one. */
const KEEP_ALIVE_MS = 30_000;

/** Raw material for an error's excerpt, which is cut further. */
const EXCERPT_CHARS = 1_000;

const JSON_TYPE = /^(?:application|text)\/(?:[\w.-]+\+)?json$/;

export interface SecretHeader {
  readonly name: string;
  readonly value: string;
}

export interface HttpClientOptions {
  readonly userAgent: string;
  readonly accept: string;
  /** Sent with every call; its value never appears in an error. */
  readonly secretHeader: SecretHeader | null;
  /** Limit for one call from its start to the last byte of the body. */
  readonly timeoutMs: number;
}

/** What came back, whatever the status. */
export interface HttpAnswer {
  readonly status: number;
  /** The raw header. */
  readonly retryAfter: string | null;
  readonly body: HttpBody;
}

export type HttpBody =
  | { readonly kind: 'json'; readonly value: unknown; readonly excerpt: string }
  /** Labelled JSON, but not parseable: cut off or garbage. */
  | { readonly kind: 'broken'; readonly excerpt: string }
  | { readonly kind: 'other'; readonly contentType: string; readonly excerpt: string }
  | { readonly kind: 'empty' };

export interface HttpClient {
  /** Rejects with a SourceError: cancelled, timeout, network, too_large, malformed (an undecodable body). */
  get(url: string, signal: AbortSignal): Promise<HttpAnswer>;
  /** Closes idle connections and cuts open calls. */
  close(): Promise<void>;
}

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const agent = new LazyAgent({
    keepAliveTimeout: KEEP_ALIVE_MS,
    connections: MAX_IN_FLIGHT,
    maxHeaderSize: 32 * 1024,
  });
  const headers: Record<string, string> = { accept: options.accept, 'user-agent': options.userAgent };
  if (options.secretHeader) headers[options.secretHeader.name] = options.secretHeader.value;

  return {
    async get(url, signal) {
      if (signal.aborted) throw cancelledError();
      const timeout = AbortSignal.timeout(options.timeoutMs);
      const { host } = new URL(url);
      try {
        const response = await agent.fetch(url, {
          headers,
          redirect: 'manual',
          signal: AbortSignal.any([signal, timeout]),
        });
        const bytes = await readLimited(response, host);
        return describe(response, bytes, options.secretHeader);
      } catch (error) {
        if (error instanceof SourceError) throw error;
        if (signal.aborted) throw cancelledError();
        if (timeout.aborted) {
          throw new SourceError('timeout', `${host} did not answer completely within ${options.timeoutMs / 1000} s.`);
        }
        throw networkFault(host, error);
      }
    },
    close: () => agent.destroy(),
  };
}

async function readLimited(response: Response, host: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body === null) return Buffer.alloc(0);
  // Leaving the loop by an exception cancels the stream and frees its connection.
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) {
      throw new SourceError('too_large', `${host} answered with more than ${MAX_BODY_BYTES / 1024 / 1024} MB.`, {
        httpStatus: response.status,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function describe(response: Response, bytes: Buffer, secret: SecretHeader | null): HttpAnswer {
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: readBody(response.headers.get('content-type'), bytes, secret),
  };
}

function readBody(contentTypeHeader: string | null, bytes: Buffer, secret: SecretHeader | null): HttpBody {
  const received = bytes.toString('utf8');
  // A server may echo what it was sent, and what it says may be shown.
  const text = secret ? received.replaceAll(secret.value, '***') : received;
  if (text.trim() === '') return { kind: 'empty' };
  const excerpt = text.slice(0, EXCERPT_CHARS);
  const contentType = (contentTypeHeader?.split(';')[0] ?? '').trim().toLowerCase();
  if (!JSON_TYPE.test(contentType)) return { kind: 'other', contentType, excerpt };
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown, excerpt };
  } catch {
    return { kind: 'broken', excerpt };
  }
}
