// What is remembered of one rule on one target, and the moment at which it is judged.
import type { AlertRule, AlertState, Transition } from '../../shared/domain/alerts';
import { type MetricName, type Target, targetKey } from '../../shared/domain/metrics';
import { type FlapState, STEADY } from './flapping';

/** Three clocks in one: `observedMs` advances only while the program is awake and judging. */
export interface Moment {
  readonly wallMs: number;
  readonly observedMs: number;
  /** False for a while after a start or a sleep, when the network may not be up yet. */
  readonly settled: boolean;
}

/** Plain data: it is stored as JSON and goes on after a restart. */
export interface Instance {
  readonly key: string;
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly metric: MetricName;
  readonly target: Target;
  readonly state: AlertState;
  /** When this state became true. */
  readonly sinceMs: number;
  readonly sinceObservedMs: number;
  /** Grows by one with each firing period; a period that is reopened keeps its number. */
  readonly episode: number;
  /** Within the present `recovering`. */
  readonly goodReadings: number;
  /** How often the present period was reopened: each time it must be good for longer. */
  readonly reopens: number;
  /** Observed time at which the last period ended, while it can be reopened. */
  readonly endedObservedMs: number | null;
  readonly value: number | null;
  readonly detail: string | null;
  /** Of the newest reading with a value: observed time at which it came, and the wall time for which it was said. */
  readonly readObservedMs: number;
  readonly readAtMs: number;
  /** False from a start until the first reading after it: nothing begins to fire on what was read before. */
  readonly fresh: boolean;
  readonly noData: boolean;
  readonly flap: FlapState;
}

export interface Step {
  readonly instance: Instance;
  readonly transitions: readonly Transition[];
}

/** Downtime after which a timer that was running begins anew; Prometheus takes the same. */
export const DOWNTIME_TOLERANCE_MS = 60 * 60_000;

/** `<rule id>|<kind>/<target id>`: never the value, the words or the severity, so that silences and acknowledgements keep matching. */
export function instanceKey(ruleId: string, target: Target): string {
  return `${ruleId}|${targetKey(target)}`;
}

export function newInstance(rule: AlertRule, target: Target, moment: Moment): Instance {
  return {
    key: instanceKey(rule.id, target),
    ruleId: rule.id,
    ruleVersion: rule.version,
    metric: rule.metric,
    target,
    state: 'inactive',
    sinceMs: moment.wallMs,
    sinceObservedMs: moment.observedMs,
    episode: 0,
    goodReadings: 0,
    reopens: 0,
    endedObservedMs: null,
    value: null,
    detail: null,
    readObservedMs: moment.observedMs,
    readAtMs: 0,
    fresh: true,
    noData: false,
    flap: STEADY,
  };
}

export function isActive({ state }: Instance): boolean {
  return state === 'firing' || state === 'recovering';
}

/** Moves to `to` at `at`, and says so. */
export function moved(
  rule: AlertRule,
  instance: Instance,
  to: AlertState,
  at: { readonly wallMs: number; readonly observedMs: number },
  now: Moment,
  reason: string,
): Step {
  // Never before what it follows, unless the wall clock was set back since.
  const atMs = Math.round(Math.min(Math.max(at.wallMs, instance.sinceMs), now.wallMs));
  const next: Instance = { ...instance, state: to, sinceMs: atMs, sinceObservedMs: at.observedMs };
  const transition: Transition = {
    key: instance.key,
    ruleId: rule.id,
    ruleVersion: rule.version,
    target: instance.target,
    from: instance.state,
    to,
    atMs,
    seenAtMs: now.wallMs,
    value: instance.value,
    severity: rule.severity,
    reason,
    episode: next.episode,
  };
  return { instance: next, transitions: [transition] };
}
