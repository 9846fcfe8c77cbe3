// The dead man's switch: asks a receiver elsewhere every minute for as long as alerts are judged on time. Silence is the alarm, so
// it never asks when they are not. The address is a secret: no word that leaves here holds more of it than the host.
import type { DoorsStatus } from '../../shared/contract/doors';
import type { Reading } from '../../shared/domain/metrics';
import type { Clock, TimerHandle } from '../../shared/util/clock';
import type { Logger } from '../logging/logger';
import { LazyAgent } from '../sources/http/lazyAgent';
import { networkFault } from '../sources/http/networkFault';

export const PING_EVERY_MS = 60_000;
const ATTEMPT_LIMIT_MS = 10_000;
/** Minutes between attempts after the first failure, the second, and so on; the last one from then on. */
const BACKOFF_MINUTES = [1, 2, 5];

/** Under this id it is judged as the channels are. */
export const PING_ID = 'ping';
export const PING_TITLE = "the dead man's switch";

export interface PingOptions {
  readonly clock: Clock;
  readonly url: string;
  readonly userAgent: string;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** True while alerts are judged on time. */
  readonly isOnTime: () => boolean;
  readonly limitMs?: number;
}

export type PingFigures = Omit<DoorsStatus['ping'], 'enabled'>;

export class Ping {
  readonly #options: PingOptions;
  readonly #agent = new LazyAgent({ connections: 1, maxHeaderSize: 32 * 1024 });
  readonly #stopped = new AbortController();
  #timer: TimerHandle | null = null;
  #attempt: Promise<void> = Promise.resolve();
  /** Minutes that pass without an attempt. */
  #skip = 0;
  #isHeldBack = false;
  #failures = 0;
  #lastError: string | null = null;
  #lastTakenAtMs: number | null = null;

  constructor(options: PingOptions) {
    this.#options = options;
  }

  /** The first ping comes after a minute. */
  start(): void {
    this.#timer = this.#options.clock.after(PING_EVERY_MS, () => {
      this.start();
      this.#minute();
    });
  }

  figures(): PingFigures {
    return { failures: this.#failures, lastError: this.#lastError, lastTakenAtMs: this.#lastTakenAtMs };
  }

  /** Failures in a row, as a channel tells them. */
  reading(): Reading {
    return {
      metric: 'channel.failures',
      target: { kind: 'channel', id: PING_ID },
      value: this.#failures,
      atMs: this.#options.clock.wallMs(),
      detail: this.#lastError,
    };
  }

  /** What is under way is broken off. */
  async stop(): Promise<void> {
    this.#timer?.cancel();
    this.#stopped.abort();
    await this.#attempt;
    await this.#agent.destroy();
  }

  #minute(): void {
    const { isOnTime, logger } = this.#options;
    const isHeldBack = !isOnTime();
    if (isHeldBack !== this.#isHeldBack) {
      if (isHeldBack) logger.warn({}, 'alerts are not judged on time: no ping is sent until they are');
      else logger.info({}, 'alerts are judged on time again: pings go on');
    }
    this.#isHeldBack = isHeldBack;
    if (isHeldBack) return;
    if (this.#skip > 0) this.#skip -= 1;
    else this.#attempt = this.#send();
  }

  async #send(): Promise<void> {
    const error = await this.#ask();
    if (this.#stopped.signal.aborted) return;
    this.#lastError = error;
    if (error === null) {
      this.#failures = 0;
      this.#lastTakenAtMs = this.#options.clock.wallMs();
      return;
    }
    this.#skip = (BACKOFF_MINUTES[Math.min(this.#failures, BACKOFF_MINUTES.length - 1)] ?? 1) - 1;
    this.#failures += 1;
    this.#options.logger.warn({ failures: this.#failures, error }, 'a ping was not taken');
  }

  /** What went wrong, in a sentence without the address; null when it was taken. Never rejects. */
  async #ask(): Promise<string | null> {
    const { limitMs = ATTEMPT_LIMIT_MS, url, userAgent } = this.#options;
    const { host } = new URL(url);
    const limit = AbortSignal.timeout(limitMs);
    try {
      const response = await this.#agent.fetch(url, {
        headers: { 'user-agent': userAgent },
        redirect: 'manual',
        signal: AbortSignal.any([this.#stopped.signal, limit]),
      });
      // Nothing in it is needed, and a receiver could send without end.
      await response.body?.cancel();
      return response.ok ? null : `${host} answered with ${response.status}.`;
    } catch (error) {
      if (limit.aborted) return `${host} did not answer within ${limitMs / 1_000} s.`;
      return networkFault(host, error).message;
    }
  }
}
