// Steps up the ladder to the source: its name, a connection, its certificate, an answer, its clock, the calls left. Only the
// source's own host is contacted; one cheap call in all.
import { lookup } from 'node:dns/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { DiagnosticFinding } from '../../../shared/domain/diagnostics';
import { formatDuration, formatQuantity } from '../../../shared/util/format';
import { type DiagnosticStep, type DiagnosticSubject, found } from '../step';

const STEP_CAP_MS = 3_000;
const DAY_MS = 24 * 60 * 60_000;
const CERTIFICATE_SOON_DAYS = 7;
/** The `Date` header has whole seconds. */
const CLOCK_TOLERANCE_MS = 5_000;
const NETWORK_ADVICE = 'Look whether this machine is online, and whether a firewall or proxy stands between.';

const dns: DiagnosticStep = {
  id: 'dns',
  capMs: STEP_CAP_MS,
  async look(subject, _signal, ladder) {
    const { hostname } = new URL(subject.baseUrl);
    try {
      const addresses = await lookup(hostname, { all: true });
      ladder.addresses = addresses.map(({ address }) => address);
      const facts = { host: hostname, addresses: ladder.addresses.length };
      return found('ok', `${hostname} is known (${formatQuantity(facts.addresses, 'address', 'addresses')}).`, facts);
    } catch (error) {
      return found('problem', `${hostname} cannot be found: ${codeOf(error)}.`, { host: hostname }, NETWORK_ADVICE);
    }
  },
};

const tcp: DiagnosticStep = {
  id: 'tcp',
  capMs: STEP_CAP_MS,
  async look(subject, signal, ladder) {
    if (ladder.addresses.length === 0) return notReached('its name is not known');
    const { host, port } = placeOf(subject);
    const beganMs = subject.monotonicMs();
    try {
      const socket = await whenReady(connectTcp({ host, port }), 'connect', signal);
      socket.destroy();
    } catch (error) {
      return found('problem', `No connection to ${host}: ${codeOf(error)}.`, { host, port }, NETWORK_ADVICE);
    }
    ladder.reached = true;
    const connectMs = Math.round(subject.monotonicMs() - beganMs);
    return found('ok', `Connected within ${formatDuration(connectMs)}.`, { host, port, connectMs });
  },
};

const tls: DiagnosticStep = {
  id: 'tls',
  capMs: STEP_CAP_MS,
  async look(subject, signal, ladder) {
    if (new URL(subject.baseUrl).protocol !== 'https:')
      return found('skipped', 'This source answers on this machine without encryption.');
    if (!ladder.reached) return notReached('there is no connection');
    const { host, port } = placeOf(subject);
    let socket: TLSSocket;
    try {
      socket = await whenReady(connectTls({ host, port, servername: host }), 'secureConnect', signal);
    } catch (error) {
      const advice = 'Somebody may be reading along, or the clock of this machine is wrong.';
      return found('problem', `Its certificate is not accepted: ${codeOf(error)}.`, { host }, advice);
    }
    const daysLeft = Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - subject.wallMs()) / DAY_MS);
    const facts = { protocol: socket.getProtocol(), certificateDaysLeft: daysLeft };
    socket.destroy();
    const words = `Its certificate is valid for ${formatQuantity(daysLeft, 'more day', 'more days')}.`;
    return found(daysLeft < CERTIFICATE_SOON_DAYS ? 'notice' : 'ok', words, facts);
  },
};

const http: DiagnosticStep = {
  id: 'http',
  capMs: 2 * STEP_CAP_MS,
  async look(subject, signal, ladder) {
    if (!ladder.reached) return notReached('there is no connection');
    const beganMs = subject.monotonicMs();
    const { request } = await import('undici');
    const { statusCode, headers, body } = await request(`${subject.baseUrl}/networks?page=1`, {
      headers: { accept: 'application/json', 'user-agent': subject.userAgent },
      signal,
    });
    await body.dump();
    const roundTripMs = Math.round(subject.monotonicMs() - beganMs);
    const theirsMs = Date.parse(String(headers['date']));
    if (Number.isFinite(theirsMs))
      ladder.sourceTime = { theirsMs, oursMs: subject.wallMs() - roundTripMs / 2, roundTripMs };
    return ofStatus(statusCode, roundTripMs, subject.isKeyed);
  },
};

function ofStatus(statusCode: number, roundTripMs: number, isKeyed: boolean): DiagnosticFinding {
  const facts = { statusCode, roundTripMs };
  if (statusCode === 429)
    return found('notice', 'It answers, and asks to be called less often.', facts, 'Poolwatch slows down by itself.');
  if (isKeyed && (statusCode === 401 || statusCode === 403))
    return found(
      'ok',
      `It answers within ${formatDuration(roundTripMs)}, and wants the key, which is not sent here.`,
      facts,
    );
  if (statusCode >= 400)
    return found('problem', `It answers with status ${statusCode}.`, facts, 'Look at the status page of the source.');
  return found('ok', `It answers within ${formatDuration(roundTripMs)}.`, facts);
}

const clock: DiagnosticStep = {
  id: 'clock',
  capMs: 1_000,
  look(_subject, _signal, { sourceTime }) {
    if (!sourceTime) return Promise.resolve(notReached('the source told no time'));
    const offByMs = Math.round(sourceTime.oursMs - sourceTime.theirsMs);
    const facts = { offByMs, roundTripMs: sourceTime.roundTripMs };
    if (Math.abs(offByMs) <= CLOCK_TOLERANCE_MS)
      return Promise.resolve(found('ok', 'It agrees with that of the source to a few seconds.', facts));
    const words = `It is ${formatDuration(Math.abs(offByMs))} ${offByMs > 0 ? 'ahead of' : 'behind'} that of the source.`;
    return Promise.resolve(found('problem', words, facts, 'Let the system set its clock by the network.'));
  },
};

const quota: DiagnosticStep = {
  id: 'quota',
  capMs: 1_000,
  look(subject) {
    const [host] = subject.hosts();
    if (!host) return Promise.resolve(found('skipped', 'No source is in use.'));
    const { callsInWindow, callsPerMinute, waiting, throttledUntilMs, breaker } = host;
    const facts = { callsInWindow, callsPerMinute, waiting, breaker: breaker.state };
    if (breaker.state !== 'closed')
      return Promise.resolve(
        found('problem', `${host.host} is down; one probe at a time looks when it is back.`, facts),
      );
    if (throttledUntilMs !== null)
      return Promise.resolve(found('notice', `${host.host} asked for a pause; Poolwatch waits.`, facts));
    const words = `${callsInWindow} of ${callsPerMinute} calls were made in the last minute.`;
    return Promise.resolve(found('ok', words, facts));
  },
};

export const NETWORK_STEPS: readonly DiagnosticStep[] = [dns, tcp, tls, http, clock, quota];

function notReached(why: string): DiagnosticFinding {
  return found('skipped', `Not looked at: ${why}.`);
}

function placeOf({ baseUrl }: DiagnosticSubject): { readonly host: string; readonly port: number } {
  const { hostname, port, protocol } = new URL(baseUrl);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
  };
}

/** The socket once it is ready; rejects when it fails before, and leaves no socket behind. */
function whenReady<S extends Socket>(socket: S, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<S> {
  return new Promise((resolve, reject) => {
    const give = (): void => {
      socket.destroy();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', give, { once: true });
    socket.once(event, () => {
      signal.removeEventListener('abort', give);
      resolve(socket);
    });
    socket.once('error', (error) => {
      signal.removeEventListener('abort', give);
      reject(error);
    });
  });
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
