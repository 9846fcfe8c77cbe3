// The door itself: an HTTP server on the loopback address of this machine that only reads, only with the token, and only for callers
// that name this machine. It gives up on whoever dawdles, and never on the program.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DoorAnswer, jsonAnswer } from './doorAnswers';
import { isAuthorised } from './doorToken';

const LOOPBACK = '127.0.0.1';
export const MAX_DOOR_CONNECTIONS = 16;
const MAX_HEADER_BYTES = 8 * 1024;
/** For headers, for a whole request, and between two requests or two pieces of an answer. */
const LIMIT_MS = 5_000;
const CHECK_EVERY_MS = 1_000;
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
} as const;

export interface DoorServerOptions {
  /** 0 takes any free one. */
  readonly port: number;
  readonly token: string;
  /** Null for a path that there is not. What it throws is told to `onError`, not to the caller. */
  readonly answer: (path: string) => DoorAnswer | null;
  readonly onError: (error: unknown) => void;
}

export interface DoorServer {
  readonly address: string;
  /** Cuts every caller off. */
  close(): Promise<void>;
}

/** Rejects with what the system says when the port cannot be had. */
export async function openDoor(options: DoorServerOptions): Promise<DoorServer> {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: LIMIT_MS,
    requestTimeout: LIMIT_MS,
    keepAliveTimeout: LIMIT_MS,
    connectionsCheckingInterval: CHECK_EVERY_MS,
  });
  server.maxConnections = MAX_DOOR_CONNECTIONS;
  server.timeout = LIMIT_MS;
  const port = await listen(server, options.port);
  const hosts = new Set([`${LOOPBACK}:${port}`, `localhost:${port}`]);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    let answer: Refusable;
    try {
      answer = decide(request, hosts, options);
    } catch (error) {
      options.onError(error);
      answer = jsonAnswer(500, { error: 'Poolwatch could not answer this.' });
    }
    send(request, response, answer);
  });
  return {
    address: `http://${LOOPBACK}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Refusable = DoorAnswer & { readonly headers?: Readonly<Record<string, string>> };

function decide(request: IncomingMessage, hosts: ReadonlySet<string>, options: DoorServerOptions): Refusable {
  const { headers, method, url = '' } = request;
  // A page in a browser can make its own name point here; it cannot make the browser say another name.
  if (!hosts.has((headers.host ?? '').toLowerCase())) return jsonAnswer(403, { error: 'This is not that host.' });
  if (!isAuthorised(headers.authorization, options.token)) {
    return {
      ...jsonAnswer(401, { error: 'A token is needed: Authorization: Bearer …' }),
      headers: { 'www-authenticate': 'Bearer realm="poolwatch"' },
    };
  }
  if (method !== 'GET' && method !== 'HEAD') {
    return { ...jsonAnswer(405, { error: 'This door is for reading only.' }), headers: { allow: 'GET, HEAD' } };
  }
  if (hasBody(request)) return jsonAnswer(413, { error: 'A request to read has no body.' });
  const [path = ''] = url.split('?', 1);
  return options.answer(path) ?? jsonAnswer(404, { error: 'There is nothing at this path.' });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, body, headers }: Refusable): void {
  response.writeHead(status, {
    ...HEADERS,
    ...headers,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    // What else such a caller sends is not waited for.
    ...((status >= 400 || hasBody(request)) && { connection: 'close' }),
  });
  response.end(body);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
