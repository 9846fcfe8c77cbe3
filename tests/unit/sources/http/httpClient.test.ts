import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createHttpClient,
  type HttpClient,
  type HttpClientOptions,
} from '../../../../src/main/sources/http/httpClient';
import { SourceError } from '../../../../src/main/sources/http/sourceError';
import { MAX_IN_FLIGHT } from '../../../../src/main/sources/http/rateLimiter';
import { sendHtml, sendJson, startScriptedApi, type ScriptedApi } from '../../../support/scriptedApi';

const NEVER = new AbortController().signal;
const KEY = 'CG-secret-0123456789';

let api: ScriptedApi;
let clients: HttpClient[];

beforeEach(async () => {
  api = await startScriptedApi();
  clients = [];
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await api.close();
});

function clientWith(options: Partial<HttpClientOptions> = {}): HttpClient {
  const client = createHttpClient({
    userAgent: 'Poolwatch/0.0.0-test',
    accept: 'application/json;version=20230302',
    secretHeader: null,
    timeoutMs: 5_000,
    ...options,
  });
  clients.push(client);
  return client;
}

async function failureOf(promise: Promise<unknown>): Promise<SourceError> {
  const error = await promise.then(
    () => new Error('the call succeeded'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SourceError)) throw error;
  return error;
}

describe('HTTP client', () => {
  it('says who it is and what it wants, and nothing more when there is no key', async () => {
    api.respond((response) => sendJson(response, { data: [] }));
    await clientWith().get(`${api.baseUrl}/networks`, NEVER);
    expect(api.requests[0]?.headers).toMatchObject({
      'user-agent': 'Poolwatch/0.0.0-test',
      accept: 'application/json;version=20230302',
    });
    expect(Object.keys(api.requests[0]?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([]);
  });

  it('sends the key as a header, and takes it out of what a server echoes', async () => {
    api.respond((response, request) =>
      sendJson(response, {
        errors: [{ status: '401', title: `bad key ${String(request.headers['x-cg-demo-api-key'])}` }],
      }),
    );
    const client = clientWith({ secretHeader: { name: 'x-cg-demo-api-key', value: KEY } });
    const answer = await client.get(`${api.baseUrl}/networks`, NEVER);
    expect(api.requests[0]?.headers['x-cg-demo-api-key']).toBe(KEY);
    expect(JSON.stringify(answer)).not.toContain(KEY);
    expect(JSON.stringify(answer)).toContain('bad key ***');
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('unpacks %s', async (encoding, pack) => {
    api.respond((response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding })
        .end(pack(JSON.stringify({ data: ['ü'] }))),
    );
    const { body } = await clientWith().get(`${api.baseUrl}/x`, NEVER);
    expect(body).toMatchObject({ kind: 'json', value: { data: ['ü'] } });
  });

  it('calls a body that cannot be unpacked malformed', async () => {
    api.respond((response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end('this is not gzip at all, not in the least'),
    );
    expect(await failureOf(clientWith().get(`${api.baseUrl}/x`, NEVER))).toMatchObject({ class: 'malformed' });
  });

  it('stops reading a body that grows beyond 2 MB, also when a small one unpacks to that', async () => {
    api.respond((response, _request, index) => {
      if (index === 0) {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('"');
        const feed = setInterval(() => response.write('x'.repeat(256 * 1024)), 1);
        response.on('close', () => clearInterval(feed));
        return;
      }
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(50 * 1024 * 1024, 32)));
    });
    const client = clientWith();
    const endless = await failureOf(client.get(`${api.baseUrl}/x`, NEVER));
    expect(endless).toMatchObject({ class: 'too_large', httpStatus: 200 });
    expect(endless.message).toBe(`${api.host} answered with more than 2 MB.`);
    expect(await failureOf(client.get(`${api.baseUrl}/x`, NEVER))).toMatchObject({ class: 'too_large' });
  });

  it('accepts a body just below the limit', async () => {
    const text = 'x'.repeat(2 * 1024 * 1024 - 2);
    api.respond((response) => sendJson(response, text));
    const { body } = await clientWith().get(`${api.baseUrl}/x`, NEVER);
    expect(body.kind === 'json' && body.value === text).toBe(true);
  });

  it.each([
    { when: 'no answer comes', start: false },
    { when: 'the body dribbles', start: true },
  ])('gives up after the time limit when $when', async ({ start }) => {
    api.respond((response) => {
      if (!start) return;
      response.writeHead(200, { 'content-type': 'application/json' });
      const feed = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(feed));
    });
    const error = await failureOf(clientWith({ timeoutMs: 200 }).get(`${api.baseUrl}/x`, NEVER));
    expect(error).toMatchObject({ class: 'timeout', message: `${api.host} did not answer completely within 0.2 s.` });
  });

  it('ends at once when the caller aborts, and says that it was cancelled', async () => {
    const caller = new AbortController();
    api.respond(() => caller.abort());
    expect(await failureOf(clientWith().get(`${api.baseUrl}/x`, caller.signal))).toMatchObject({ class: 'cancelled' });
    expect(await failureOf(clientWith().get(`${api.baseUrl}/x`, caller.signal))).toMatchObject({ class: 'cancelled' });
    expect(api.requests).toHaveLength(1);
  });

  it.each([
    { when: 'before the answer', headers: false },
    { when: 'in the middle of the body', headers: true },
  ])('tells a connection dropped $when', async ({ headers }) => {
    api.respond((response) => {
      if (headers) {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"data":[', () => response.destroy());
      } else response.destroy();
    });
    const error = await failureOf(clientWith().get(`${api.baseUrl}/x`, NEVER));
    expect(error).toMatchObject({ class: 'network', message: `${api.host} dropped the connection.` });
  });

  it('tells a refused connection', async () => {
    await api.close();
    const error = await failureOf(clientWith().get(`${api.baseUrl}/x`, NEVER));
    expect(error).toMatchObject({ class: 'network', message: `${api.host} refused the connection.` });
  });

  it('tells garbage that is no HTTP at all from an answer', async () => {
    api.respond((response) => {
      response.socket?.end('??? not http\r\n\r\n');
    });
    expect(await failureOf(clientWith().get(`${api.baseUrl}/x`, NEVER))).toMatchObject({ class: 'network' });
  });

  it('follows no redirect', async () => {
    api.respond((response) => response.writeHead(302, { location: `${api.baseUrl}/elsewhere` }).end());
    const answer = await clientWith().get(`${api.baseUrl}/x`, NEVER);
    expect(answer).toMatchObject({ status: 302, body: { kind: 'empty' } });
    expect(api.requests).toHaveLength(1);
  });

  it('tells JSON, cut-off JSON, a web page, an unlabelled body and nothing apart', async () => {
    const client = clientWith();
    const kindOf = async (): Promise<string> => (await client.get(`${api.baseUrl}/x`, NEVER)).body.kind;
    api.respond((response) =>
      response.writeHead(200, { 'content-type': 'application/vnd.api+json' }).end('{"data":[]}'),
    );
    expect(await kindOf()).toBe('json');
    api.respond((response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[{"id"'));
    expect(await kindOf()).toBe('broken');
    api.respond((response) => sendHtml(response, 503));
    expect(await kindOf()).toBe('other');
    api.respond((response) => response.writeHead(200).end('{"data":[]}'));
    expect(await kindOf()).toBe('other');
    api.respond((response) => response.writeHead(200, { 'content-type': 'application/json' }).end());
    expect(await kindOf()).toBe('empty');
  });

  it('keeps its connections for the calls that follow, and no more than may be under way at once', async () => {
    const ports = new Set<number | undefined>();
    api.respond((response) => {
      ports.add(response.socket?.remotePort);
      sendJson(response, {});
    });
    const client = clientWith();
    for (let index = 0; index < 12; index += 1) await client.get(`${api.baseUrl}/x`, NEVER);
    expect(ports.size).toBeLessThanOrEqual(MAX_IN_FLIGHT);
  });
});
