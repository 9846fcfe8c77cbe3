// Is there anybody at the other end? A name lookup and a connection that is closed at once: no request, so nothing of the quota is
// spent. It says up to where it came, because a server can take connections and answer nothing.
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';

export interface ProbeTarget {
  /** Name or address, and port. */
  readonly host: string;
  readonly port: number;
}

export interface ProbeResult {
  /** The step that failed; null when a connection came about. */
  readonly failedAt: 'lookup' | 'connect' | null;
  /** The system's code, for example ECONNREFUSED; PROBE_TIMEOUT when the time was up; null when a connection came about. */
  readonly code: string | null;
}

export type Probe = (target: ProbeTarget) => Promise<ProbeResult>;

const LIMIT_MS = 3_000;
const TIMEOUT = 'PROBE_TIMEOUT';

/** Takes at most three seconds; never rejects. */
export const probeByTcp: Probe = async ({ host, port }) => {
  const signal = AbortSignal.timeout(LIMIT_MS);
  let address: string;
  try {
    address = (await within(lookup(host), signal)).address;
  } catch (error) {
    return { failedAt: 'lookup', code: codeOf(error) };
  }
  try {
    await connectOnce(address, port, signal);
    return { failedAt: null, code: null };
  } catch (error) {
    return { failedAt: 'connect', code: codeOf(error) };
  }
};

function connectOnce(address: string, port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port });
    const end = (settle: () => void): void => {
      signal.removeEventListener('abort', late);
      socket.destroy();
      settle();
    };
    const late = (): void => end(() => reject(new TimeIsUp()));
    signal.addEventListener('abort', late, { once: true });
    socket.once('connect', () => end(resolve));
    socket.once('error', (error) => end(() => reject(error)));
  });
}

/** A lookup cannot be called off; nobody waits for it any longer then. */
function within<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new TimeIsUp()), { once: true });
    promise.then(resolve, reject);
  });
}

class TimeIsUp extends Error {
  readonly code = TIMEOUT;
}

function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code ?? 'UNKNOWN';
}
