// Faults of the API and of the way to it. The stand-in misbehaves, or another server answers in its place; names are looked up by the
// lab itself, so that they can fail.
import dns from 'node:dns';
import dnsPromises from 'node:dns/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { FaultBench } from '../faultBench';
import { wait } from '../measure';
import { everyCall, type Fault } from './fault';

const HOST = '127.0.0.1';
const DRIP_EVERY_MS = 500;
/** Name → how looking it up fails; null while it does not. */
const names = new Map<string, string | null>();

/** From now on `name` is this machine, until told otherwise. */
export function serveByName(name: string): void {
  if (names.size === 0) answerLookups();
  names.set(name, null);
}

function answerLookups(): void {
  const { lookup } = dns;
  const { lookup: lookupLater } = dnsPromises;
  const failed = (name: string, code: string): Error =>
    Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code, syscall: 'getaddrinfo', hostname: name });
  type Answer = (error: Error | null, address?: unknown, family?: number) => void;
  dns.lookup = ((name: string, options: { readonly all?: boolean } | Answer, callback?: Answer) => {
    const code = names.get(name);
    const answer = typeof options === 'function' ? options : callback;
    if (code === undefined) return (lookup as (...args: readonly unknown[]) => void)(name, options, callback);
    const isAll = typeof options !== 'function' && options.all === true;
    setImmediate(() => {
      if (code !== null) answer?.(failed(name, code));
      else if (isAll) answer?.(null, [{ address: HOST, family: 4 }]);
      else answer?.(null, HOST, 4);
    });
  }) as typeof dns.lookup;
  dnsPromises.lookup = ((name: string, options?: object) => {
    const code = names.get(name);
    if (code === undefined) return lookupLater(name, options ?? {});
    return code === null ? Promise.resolve({ address: HOST, family: 4 }) : Promise.reject(failed(name, code));
  }) as typeof dnsPromises.lookup;
  syncBuiltinESMExports();
}

const failing =
  (code: string): Fault['make'] =>
  async (bench) => {
    const name = bench.hostName ?? '';
    names.set(name, code);
    // A connection that is open already needs no name.
    await bench.market.stop();
    await bench.serveAgain();
    return () => void names.set(name, null);
  };

const misbehaving =
  (kind: Parameters<typeof everyCall>[0]): Fault['make'] =>
  async ({ market }) => {
    const { calls } = market.ledger();
    market.inject(everyCall(kind));
    // There is no fault before somebody meets it.
    while (market.ledger().calls === calls) await wait(5);
    return () => market.clearFaults();
  };

/** Somebody else answers in its place: byte by byte, without end. */
async function drip(bench: FaultBench): Promise<() => Promise<void>> {
  await bench.market.stop();
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.write('{"data":[');
    const timer = setInterval(() => response.write(' '), DRIP_EVERY_MS);
    response.on('close', () => clearInterval(timer));
  });
  server.listen(bench.port, HOST);
  await once(server, 'request');
  return async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    await bench.serveAgain();
  };
}

export const API_FAULTS: readonly Fault[] = [
  {
    id: 'api-error',
    area: 'api',
    title: 'every call is answered with 500',
    expects: 'incident',
    names: /500|fault of its own|server error/i,
    make: misbehaving('500'),
  },
  {
    id: 'api-hang',
    area: 'api',
    title: 'calls are taken and never answered',
    expects: 'incident',
    names: /did not answer|within \d+ s|no answer/i,
    make: misbehaving('slow'),
  },
  {
    id: 'api-429',
    area: 'api',
    title: 'a storm of 429',
    expects: 'shown',
    names: /throttles|fewer calls/i,
    shows: (bench) => (bench.host()?.throttledUntilMs ?? null) !== null,
    make: misbehaving('429'),
  },
  {
    id: 'api-drip',
    area: 'api',
    title: 'answers drip, a byte every half second',
    expects: 'incident',
    names: /did not answer completely|within \d+ s/i,
    make: drip,
  },
  {
    id: 'api-garbage',
    area: 'api',
    title: 'answers are no JSON',
    expects: 'incident',
    names: /JSON|not understood|malformed|garbage|cannot be read/i,
    make: misbehaving('garbage'),
  },
  {
    id: 'api-refused',
    area: 'api',
    title: 'connections are refused',
    expects: 'incident',
    names: /refused the connection|refuses connections|dropped the connection/i,
    async make(bench) {
      await bench.market.stop();
      return () => bench.serveAgain();
    },
  },
  {
    id: 'api-dns',
    area: 'api',
    title: 'no name server knows the name of the API',
    expects: 'incident',
    names: /could not be found|no name server knows/i,
    byName: true,
    make: failing('ENOTFOUND'),
  },
  {
    id: 'own-network',
    area: 'api',
    title: 'own network: no name server answers',
    expects: 'incident',
    names: /has no network/i,
    byName: true,
    make: failing('EAI_AGAIN'),
  },
];
