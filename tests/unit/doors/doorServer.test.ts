// The door over real sockets: who gets in, who does not, and what a caller that misbehaves meets.
import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from '../../../src/main/doors/doorAnswers';
import { type DoorServer, MAX_DOOR_CONNECTIONS, openDoor } from '../../../src/main/doors/doorServer';
import { EXPOSITION_TYPE } from '../../../src/main/doors/exposition';
import { aSnapshot } from './support';

const TOKEN = 'the-right-token';
let door: DoorServer;
let port: number;
let isOnTime = true;
const errors: unknown[] = [];

beforeAll(async () => {
  const latest = {
    get isOnTime() {
      return isOnTime;
    },
    list: () => [
      { metric: 'app.rssBytes', target: { kind: 'app', id: 'main' }, value: 5, atMs: 0, detail: null } as const,
    ],
  };
  door = await openDoor({
    port: 0,
    token: TOKEN,
    answer(path) {
      if (path === '/broken') throw new Error('a secret of the inside');
      return answerOf(path, { snapshot: aSnapshot, latest });
    },
    onError: (error) => errors.push(error),
  });
  port = Number(new URL(door.address).port);
});
afterAll(() => door.close());

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const RIGHT = { authorization: `Bearer ${TOKEN}` };

function call(path: string, { method = 'GET', headers = RIGHT, body }: Call = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

describe('the door', () => {
  it('gives metrics to whoever has the token', async () => {
    const { status, headers, body } = await call('/metrics');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(EXPOSITION_TYPE);
    expect(body).toContain('\npoolwatch_app_rss_bytes{kind="app",id="main"} 5\n');
    expect(body).toContain('\npoolwatch_verdict{level="ok"} 1\n');
  });

  it('gives snapshot, incidents and collectors as JSON, whatever is asked behind the path', async () => {
    expect(JSON.parse((await call('/api/v1/snapshot')).body)).toEqual(aSnapshot());
    const { atMs, alerts } = aSnapshot();
    const { open, incidents, lately } = alerts;
    expect(JSON.parse((await call('/api/v1/incidents?x=1')).body)).toEqual({ atMs, open, incidents, lately });
    expect(JSON.parse((await call('/api/v1/collectors')).body)).toEqual({ atMs, collectors: [] });
  });

  it('says by the status of /healthz whether alerts are judged on time', async () => {
    expect((await call('/healthz')).status).toBe(200);
    isOnTime = false;
    const late = await call('/healthz');
    isOnTime = true;
    expect(late.status).toBe(503);
    expect(JSON.parse(late.body)).toMatchObject({ alertsJudgedOnTime: false, verdict: { level: 'ok' } });
  });

  it('answers HEAD with the headers alone', async () => {
    const [head, got] = [await call('/metrics', { method: 'HEAD' }), await call('/metrics')];
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(got.body)));
  });

  it.each(['/metrics', '/healthz', '/api/v1/snapshot', '/nowhere'])(
    'tells nothing of %s without the token',
    async (path) => {
      const strangers: readonly Readonly<Record<string, string>>[] = [{}, { authorization: 'Bearer wrong' }];
      for (const headers of strangers) {
        const { status, headers: said, body } = await call(path, { headers });
        expect(status).toBe(401);
        expect(said['www-authenticate']).toMatch(/^Bearer/);
        expect(body).not.toContain('poolwatch_');
      }
    },
  );

  it('refuses callers that name another host, with the token or without', async () => {
    for (const host of [
      'attacker.example',
      `attacker.example:${port}`,
      '127.0.0.1',
      `127.0.0.1.attacker.example:${port}`,
    ]) {
      expect((await call('/metrics', { headers: { ...RIGHT, host } })).status).toBe(403);
    }
    expect((await call('/metrics', { headers: { ...RIGHT, host: `LOCALHOST:${port}` } })).status).toBe(200);
  });

  it('only reads', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const { status, headers } = await call('/api/v1/snapshot', { method });
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
    }
    expect((await call('/metrics', { headers: { ...RIGHT, 'content-length': '2' }, body: 'hi' })).status).toBe(413);
  });

  it('lets no page of another origin read, whatever it asks', async () => {
    const preflight = { origin: 'http://attacker.example', 'access-control-request-method': 'GET' };
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await call('/metrics', { method, headers: { ...RIGHT, ...preflight } });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('says 404 for other paths, and keeps to itself what went wrong inside', async () => {
    expect((await call('/api/v1/pools')).status).toBe(404);
    const { status, body } = await call('/broken');
    expect(status).toBe(500);
    expect(body).not.toContain('secret');
    expect(errors.map(String)).toEqual(['Error: a secret of the inside']);
  });

  it('cuts off headers without end', async () => {
    expect((await call('/metrics', { headers: { ...RIGHT, 'x-long': 'x'.repeat(10_000) } })).status).toBe(431);
  });

  it('holds so many connections and no more, and takes callers again when they leave', async () => {
    const sockets: Socket[] = [];
    for (let count = 0; count < MAX_DOOR_CONNECTIONS; count += 1) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      sockets.push(socket);
    }
    await expect(call('/metrics')).rejects.toThrow();
    const closed = sockets.map((socket) => once(socket, 'close'));
    for (const socket of sockets) socket.end();
    await Promise.all(closed);
    expect((await call('/metrics')).status).toBe(200);
  });

  it('is not there for other computers', async () => {
    const own = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of own) {
      const socket = connect(port, address);
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
      expect(error.code).toBe('ECONNREFUSED');
    }
    expect(door.address).toBe(`http://127.0.0.1:${port}`);
  });

  it('says why it cannot open where another program listens', async () => {
    const second = openDoor({ port, token: TOKEN, answer: () => null, onError: () => undefined });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
