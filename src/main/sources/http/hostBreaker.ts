// Is an API host alive at all? Opens when call after call fails in ways that speak of the host, then lets one probe through at a
// time until one is answered. Being throttled is an answer: it never opens anything. Pure: events in, state out.

/** Failures in a row, without any answer between them, that open it. */
export const OPENS_AFTER = 3;
export const FIRST_PROBE_MS = 2_000;
/** Probes come at most this far apart, so that a recovery is noticed soon. */
export const LONGEST_PROBE_MS = 15_000;

export interface HostBreakerState {
  readonly state: 'closed' | 'open' | 'half_open';
  /** Failures in a row while closed, whether all of them were without a connection, and the endpoints they were met at. */
  readonly failures: number;
  readonly unreachable: boolean;
  readonly endpoints: readonly string[];
  /** Monotonic; when the next probe is due while open, else null. */
  readonly nextProbeMs: number | null;
  /** Wait before the probe after the next failed one. */
  readonly waitMs: number;
}

export const CLOSED: HostBreakerState = {
  state: 'closed',
  failures: 0,
  unreachable: true,
  endpoints: [],
  nextProbeMs: null,
  waitMs: FIRST_PROBE_MS,
};

export type HostBreakerEvent =
  /** The host answered, if only with a refusal. */
  | { readonly kind: 'answered' }
  /** `unreachable`: no connection. Otherwise it answered with a fault of its own, or not in time. */
  | { readonly kind: 'failed'; readonly unreachable: boolean; readonly endpoint: string }
  | { readonly kind: 'probe_started' }
  | { readonly kind: 'probe_failed' };

/** `nowMs` is monotonic. */
export function nextHostState(state: HostBreakerState, event: HostBreakerEvent, nowMs: number): HostBreakerState {
  switch (event.kind) {
    case 'answered':
      return CLOSED;
    case 'failed':
      return afterFailure(state, event, nowMs);
    case 'probe_started':
      return state.state === 'open' ? { ...state, state: 'half_open', nextProbeMs: null } : state;
    case 'probe_failed':
      return state.state === 'closed' ? state : open(state, nowMs);
  }
}

function afterFailure(
  state: HostBreakerState,
  event: Extract<HostBreakerEvent, { kind: 'failed' }>,
  nowMs: number,
): HostBreakerState {
  // Calls that were under way when it opened say nothing new.
  if (state.state !== 'closed') return state;
  const failures = state.failures + 1;
  const unreachable = state.unreachable && event.unreachable;
  const endpoints = [...new Set([...state.endpoints, event.endpoint])];
  // One endpoint can be broken for days while the others work.
  const isHost = unreachable || endpoints.length > 1;
  if (failures >= OPENS_AFTER && isHost) return open({ ...CLOSED, failures, unreachable, endpoints }, nowMs);
  return { ...state, failures, unreachable, endpoints };
}

function open(state: HostBreakerState, nowMs: number): HostBreakerState {
  return {
    ...state,
    state: 'open',
    nextProbeMs: nowMs + state.waitMs,
    waitMs: Math.min(LONGEST_PROBE_MS, state.waitMs * 2),
  };
}
