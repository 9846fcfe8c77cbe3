// Turns what the network stack throws into a class and a sentence. Unknown codes are shown as they are: they help a search.
import { SourceError } from './sourceError';

const SENTENCES: ReadonlyMap<string, (host: string) => string> = new Map([
  ['ENOTFOUND', (host) => `The name ${host} could not be found; this machine may be offline.`],
  ['EAI_AGAIN', (host) => `The name ${host} could not be looked up; this machine may be offline.`],
  ['ECONNREFUSED', (host) => `${host} refused the connection.`],
  ['ECONNRESET', (host) => `${host} dropped the connection.`],
  ['EPIPE', (host) => `${host} dropped the connection.`],
  ['UND_ERR_SOCKET', (host) => `${host} dropped the connection.`],
  ['UND_ERR_CONNECT_TIMEOUT', (host) => `No connection to ${host} came about in time.`],
  ['ETIMEDOUT', (host) => `No connection to ${host} came about in time.`],
  ['ENETUNREACH', (host) => `There is no network route to ${host}; this machine may be offline.`],
  ['EHOSTUNREACH', (host) => `There is no network route to ${host}; this machine may be offline.`],
  ['CERT_HAS_EXPIRED', (host) => `The certificate of ${host} has expired, or the clock of this machine is wrong.`],
]);

/** Codes of a body that arrived but could not be unpacked. */
const UNPACKING = /^(?:Z_|ERR__ERROR_|ERR_BROTLI|ERR_PADDING|ERR_.*DECOD)/;

/** `error` is what fetch or reading the body threw; the code sits in a chain of causes. */
export function networkFault(host: string, error: unknown): SourceError {
  const code = findCode(error);
  if (code !== null && UNPACKING.test(code)) {
    return new SourceError('malformed', `${host} answered with data that cannot be unpacked (${code}).`);
  }
  const known = code === null ? undefined : SENTENCES.get(code);
  if (known) return new SourceError('network', known(host));
  return new SourceError('network', `The connection to ${host} failed${code === null ? '' : ` (${code})`}.`);
}

function findCode(error: unknown): string | null {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    const { code } = current as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
    // Several addresses of one name were tried: the first failure speaks for all.
    current = current.cause ?? (current instanceof AggregateError ? (current.errors[0] as unknown) : undefined);
  }
  return null;
}
