// A receiver of notices over real HTTP that does as a test says: accepts, refuses, hangs, trickles or talks garbage.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createRawServer, type AddressInfo, type Socket } from 'node:net';

export interface Post {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export type Behaviour =
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'hang' }
  /** Accepts, then sends its answer without end, bit by bit. */
  | { readonly kind: 'trickle' };

export interface NoticeReceiver {
  readonly url: string;
  readonly posts: readonly Post[];
  behave(behaviour: Behaviour): void;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<NoticeReceiver> {
  const posts: Post[] = [];
  let behaviour: Behaviour = { kind: 'answer', status: 200 };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      posts.push({ path: request.url ?? '', headers: request.headers, body: text === '' ? null : (JSON.parse(text) as unknown) });
      if (behaviour.kind === 'hang') return;
      if (behaviour.kind === 'answer') {
        response.writeHead(behaviour.status, behaviour.headers).end('ok');
        return;
      }
      response.writeHead(200);
      const drip = setInterval(() => response.write('.'), 10);
      response.on('close', () => clearInterval(drip));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    behave: (next) => void (behaviour = next),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Speaks no HTTP at all. */
export async function startGarbage(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('\u0000\u0001 what? \r\n\r\n'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
