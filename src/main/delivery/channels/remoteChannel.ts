// Posts messages to a receiver elsewhere. One attempt per call, with a limit; what the receiver says is only looked at for its
// status. Goes straight to the host: proxies of the surroundings are not used. No word of its errors holds an address.
import type { ChannelAddress } from '../../../shared/contract/delivery';
import type { Message, RemoteChannel, SendOutcome } from '../../../shared/domain/delivery';
import type { Clock } from '../../../shared/util/clock';
import { LazyAgent } from '../../sources/http/lazyAgent';
import { networkFault } from '../../sources/http/networkFault';
import { parseRetryAfterMs } from '../../sources/http/retryAfter';
import { type Channel, DeliveryError, type RateLimit } from '../channel';
import { postRequest } from './requests';

export const ATTEMPT_LIMIT_MS = 10_000;
const POSTS: RateLimit = { burst: 5, everyMs: 1_000 };
const KEEP_ALIVE_MS = 10_000;
/** "Later", "too many", and what another server in between may say for a while. */
const PASSING = new Set([408, 425, 429]);

export interface Poster {
  /** Resolves when the receiver has accepted; rejects with a DeliveryError. */
  post(kind: RemoteChannel['kind'], address: ChannelAddress, message: Message, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface PosterOptions {
  readonly userAgent: string;
  readonly clock: Pick<Clock, 'wallMs'>;
  readonly limitMs?: number;
}

export function createPoster({ userAgent, clock, limitMs = ATTEMPT_LIMIT_MS }: PosterOptions): Poster {
  const agent = new LazyAgent({ keepAliveTimeout: KEEP_ALIVE_MS, connections: 2, maxHeaderSize: 32 * 1024 });
  return {
    async post(kind, address, message, signal) {
      const { url, headers, body } = postRequest(kind, address, message);
      const { host } = new URL(url);
      const limit = AbortSignal.timeout(limitMs);
      try {
        const response = await agent.fetch(url, {
          method: 'POST',
          headers: { ...headers, 'user-agent': userAgent },
          body,
          redirect: 'manual',
          signal: AbortSignal.any([signal, limit]),
        });
        // Nothing in it is needed, and a receiver could send without end.
        await response.body?.cancel();
        requireAccepted(host, response.status, parseRetryAfterMs(response.headers.get('retry-after'), clock.wallMs()));
      } catch (error) {
        if (error instanceof DeliveryError) throw error;
        if (signal.aborted) throw new DeliveryError('The attempt was broken off.');
        if (limit.aborted) throw new DeliveryError(`${host} did not answer within ${limitMs / 1_000} s.`);
        throw new DeliveryError(networkFault(host, error).message);
      }
    },
    close: () => agent.destroy(),
  };
}

/** @param address looked up at each attempt; null when it is not known any more */
export function remoteChannel(
  { id, kind }: RemoteChannel,
  address: () => Promise<ChannelAddress | null>,
  poster: Poster,
): Channel {
  return {
    id,
    limit: POSTS,
    async send(message, signal): Promise<SendOutcome> {
      const known = await address();
      if (known === null) {
        throw new DeliveryError(
          'Its address is not known any more, as there is no keychain to keep it; enter it again.',
          {
            final: true,
          },
        );
      }
      await poster.post(kind, known, message, signal);
      return { kind: 'sent' };
    },
  };
}

function requireAccepted(host: string, status: number, retryAfterMs: number | null): void {
  if (status >= 200 && status < 300) return;
  if (status >= 500 || PASSING.has(status)) {
    throw new DeliveryError(`${host} answered with ${status}.`, { retryAfterMs: retryAfterMs ?? 0 });
  }
  const hint = status < 400 ? 'it points elsewhere; enter the final address' : 'its address or token is wrong';
  throw new DeliveryError(`${host} refused the message (${status}): probably ${hint}.`, { final: true });
}
