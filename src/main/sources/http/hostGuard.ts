// Carries the breaker of one API host out: turns callers away while the host is down, sends the probes, and says what happened.
import type { CollectorEvent, CollectorEventKind } from '../../../shared/domain/collectorEvent';
import type { ApiHostSlice } from '../../../shared/contract/snapshot';
import type { Clock, TimerHandle } from '../../../shared/util/clock';
import { formatDuration } from '../../../shared/util/format';
import { CLOSED, FIRST_PROBE_MS, nextHostState, type HostBreakerEvent, type HostBreakerState } from './hostBreaker';
import { SourceError } from './sourceError';

export interface HostGuardOptions {
  readonly host: string;
  readonly clock: Clock;
  /** One cheap call to the host; rejects with a SourceError. */
  readonly probe: (signal: AbortSignal) => Promise<unknown>;
  readonly onEvent: (event: CollectorEvent) => void;
}

export class HostGuard {
  readonly #options: HostGuardOptions;
  readonly #closing = new AbortController();
  #state: HostBreakerState = CLOSED;
  #sinceMs: number;
  #openedMs = 0;
  #lastFault = '';
  /** Aborts when the host goes down, so that nobody waits in line for it. */
  #line = new AbortController();
  #timer: TimerHandle | null = null;

  constructor(options: HostGuardOptions) {
    this.#options = options;
    this.#sinceMs = options.clock.wallMs();
  }

  status(): ApiHostSlice['breaker'] {
    const { clock } = this.#options;
    const { state, nextProbeMs } = this.#state;
    const nextProbeAtMs = nextProbeMs === null ? null : Math.round(clock.wallMs() + nextProbeMs - clock.monotonicMs());
    return { state, sinceMs: this.#sinceMs, nextProbeAtMs };
  }

  /** A signal for waiting in line; throws a SourceError `host_down` when there is nothing to wait for. */
  enter(signal: AbortSignal): AbortSignal {
    if (this.#state.state !== 'closed') throw this.downError();
    return AbortSignal.any([signal, this.#line.signal]);
  }

  downError(): SourceError {
    const since = formatDuration(this.#options.clock.monotonicMs() - this.#openedMs);
    return new SourceError('host_down', `${this.#options.host} has been down for ${since}: ${this.#lastFault}`);
  }

  /** What became of a call; null when it was answered as asked. */
  learn(error: SourceError | null, endpoint: string): void {
    const event = this.#meaning(error, endpoint);
    if (event === null) return;
    if (error !== null && event.kind === 'failed') this.#lastFault = error.message;
    this.#apply(event);
  }

  /** Asks at once instead of at the next probe; only an answer closes it. False when there is nothing to ask: it is closed, or asked already. */
  probeNow(): boolean {
    if (this.#state.state !== 'open') return false;
    this.#timer?.cancel();
    // What comes after this probe, should it fail, begins anew as well.
    this.#state = { ...this.#state, waitMs: FIRST_PROBE_MS };
    void this.#probe();
    return true;
  }

  close(): void {
    this.#timer?.cancel();
    this.#closing.abort();
  }

  #meaning(error: SourceError | null, endpoint: string): HostBreakerEvent | null {
    switch (error?.class) {
      case 'cancelled':
      case 'host_down':
        return null;
      case 'network':
        return { kind: 'failed', unreachable: true, endpoint };
      case 'server':
      case 'timeout':
        return { kind: 'failed', unreachable: false, endpoint };
      default:
        return { kind: 'answered' };
    }
  }

  #apply(event: HostBreakerEvent): void {
    const before = this.#state;
    this.#state = nextHostState(before, event, this.#options.clock.monotonicMs());
    if (before.state !== this.#state.state) this.#changed(before);
  }

  #changed(before: HostBreakerState): void {
    const { clock, host } = this.#options;
    this.#sinceMs = clock.wallMs();
    switch (this.#state.state) {
      case 'open': {
        if (before.state === 'closed') this.#openedMs = clock.monotonicMs();
        const waitMs = (this.#state.nextProbeMs ?? 0) - clock.monotonicMs();
        const why = before.state === 'closed' ? 'is down' : 'is still down';
        this.#tell('breaker_open', `${host} ${why}; next probe in ${formatDuration(waitMs)}. ${this.#lastFault}`);
        this.#line.abort();
        this.#timer = clock.after(waitMs, () => void this.#probe());
        return;
      }
      case 'half_open':
        this.#tell('breaker_half_open', `One probe asks whether ${host} is back.`);
        return;
      case 'closed':
        this.#timer?.cancel();
        this.#line = new AbortController();
        this.#tell(
          'breaker_closed',
          `${host} answers again after ${formatDuration(clock.monotonicMs() - this.#openedMs)}.`,
        );
    }
  }

  async #probe(): Promise<void> {
    this.#apply({ kind: 'probe_started' });
    const error = await this.#options.probe(this.#closing.signal).then(
      () => null,
      (thrown: unknown) => (thrown instanceof SourceError ? thrown : new SourceError('network', String(thrown))),
    );
    if (this.#closing.signal.aborted) return;
    const event = this.#meaning(error, 'probe');
    if (event?.kind === 'answered') this.#apply(event);
    else {
      if (error) this.#lastFault = error.message;
      this.#apply({ kind: 'probe_failed' });
    }
  }

  #tell(kind: CollectorEventKind, cause: string): void {
    this.#options.onEvent({
      atMs: this.#options.clock.wallMs(),
      kind,
      collectorId: null,
      host: this.#options.host,
      cause: cause.trim(),
    });
  }
}
