// A real HTTP server on the loopback address that answers exactly what a test says, faults included, and keeps what it was asked.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

export type Responder = (response: ServerResponse, request: ReceivedRequest, index: number) => void;

export interface ScriptedApi {
  readonly baseUrl: string;
  readonly host: string;
  readonly requests: readonly ReceivedRequest[];
  respond(responder: Responder): void;
  close(): Promise<void>;
}

export async function startScriptedApi(): Promise<ScriptedApi> {
  const requests: ReceivedRequest[] = [];
  let current: Responder = (response) => response.writeHead(500).end();
  const server = createServer((request, response) => {
    const received = { url: request.url ?? '', headers: request.headers };
    requests.push(received);
    current(response, received, requests.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: `http://${host}/api/v2`,
    host,
    requests,
    respond(responder) {
      current = responder;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export function sendJson(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(JSON.stringify(value));
}

export function sendHtml(response: ServerResponse, status: number): void {
  response
    .writeHead(status, { 'content-type': 'text/html; charset=UTF-8' })
    .end('<!DOCTYPE html><html><body>Checking your browser</body></html>');
}
