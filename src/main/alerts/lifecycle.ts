// One rule on one target as a pure machine: (state, event, moment) -> (state, transitions). What is told to whom changes nothing
// here. `for`, `keep for` and the reopen window count observed time, so that neither sleep nor a stepped clock makes an alert.
import type { AlertRule } from '../../shared/domain/alerts';
import { assertNever } from '../../shared/util/assertNever';
import { afterVerdict, STEADY } from './flapping';
import { DOWNTIME_TOLERANCE_MS, type Instance, isActive, type Moment, moved, type Step } from './instance';

/** A period that begins again within this observed time is the same one. */
export const REOPEN_WINDOW_MS = 15 * 60_000;
/** How many expected intervals may pass without a reading. */
const NO_DATA_INTERVALS = 3;
/** With each reopening it must be good for this much longer, up to the limit. */
const HOLD_GROWTH = 1.5;
const LONGEST_HOLD_MS = 60 * 60_000;
/** What was true longer ago is history, which never alerts. */
const LATE_MS = 60_000;

export type LifecycleEvent =
  | { readonly kind: 'reading'; readonly value: number | null; readonly atMs: number; readonly detail: string | null }
  | { readonly kind: 'tick' }
  /** The rule was changed: the last value is judged by the new one, which is the one given. */
  | { readonly kind: 'rule_changed' }
  /** The rule or its target is gone, or nobody expects anything of it. */
  | { readonly kind: 'retired'; readonly reason: string }
  /** After a start, before the first reading. */
  | { readonly kind: 'restarted'; readonly downtimeMs: number };

type Verdict = 'bad' | 'good' | 'between' | 'unknown';

export function step(rule: AlertRule, instance: Instance, event: LifecycleEvent, now: Moment): Step {
  switch (event.kind) {
    case 'reading':
      return afterReading(rule, instance, event, now);
    case 'tick':
      return afterTick(rule, instance, now);
    case 'rule_changed':
      return afterRuleChange(rule, { ...instance, ruleVersion: rule.version }, now);
    case 'retired':
      return ended(rule, instance, now, event.reason);
    case 'restarted':
      return afterRestart(rule, instance, event.downtimeMs, now);
    default:
      return assertNever(event);
  }
}

/** Neither null nor NaN is anything: they never satisfy a comparison. */
export function judgeValue(rule: AlertRule, value: number | null): Verdict {
  if (value === null || !Number.isFinite(value)) return 'unknown';
  const above = rule.comparison === 'above';
  if (above ? value >= rule.fire : value <= rule.fire) return 'bad';
  return (above ? value < rule.clear : value > rule.clear) ? 'good' : 'between';
}

function afterReading(
  rule: AlertRule,
  before: Instance,
  { value, atMs, detail }: Extract<LifecycleEvent, { kind: 'reading' }>,
  now: Moment,
): Step {
  const verdict = judgeValue(rule, value);
  const repeated = atMs === before.readAtMs;
  if (verdict === 'unknown') return stay(before);
  const { observedMs } = now;
  if (now.wallMs - atMs > LATE_MS) return stay({ ...before, readObservedMs: observedMs, noData: false });
  const at = momentOf(atMs, now);
  const flap =
    verdict === 'between' || repeated ? before.flap : afterVerdict(before.flap, verdict === 'bad', at.observedMs);
  const read: Instance = {
    ...before,
    readObservedMs: observedMs,
    noData: false,
    readAtMs: atMs,
    value,
    detail: detail ?? before.detail,
    fresh: true,
    flap,
  };
  switch (verdict) {
    case 'bad':
      return afterBad(rule, read, at, now, `${describe(value)} reaches the limit of ${describe(rule.fire)}`);
    case 'good':
      return afterGood(rule, read, at, now, repeated ? 0 : 1, goodAgain(value, detail));
    case 'between':
      return afterBetween(rule, read, at, now);
    default:
      return assertNever(verdict);
  }
}

function afterBad(rule: AlertRule, instance: Instance, at: Place, now: Moment, reason: string): Step {
  switch (instance.state) {
    case 'inactive':
    case 'resolved': {
      const begun = moved(rule, { ...instance, goodReadings: 0 }, 'pending', at, now, reason);
      return then(begun, (pending) => fireWhenDue(rule, pending, now, reason));
    }
    case 'pending':
      return fireWhenDue(rule, instance, now, reason);
    case 'firing':
      return stay(instance);
    case 'recovering':
      return moved(rule, { ...instance, goodReadings: 0 }, 'firing', at, now, reason);
    default:
      return assertNever(instance.state);
  }
}

function afterGood(
  rule: AlertRule,
  instance: Instance,
  at: Place,
  now: Moment,
  readings: number,
  reason: string,
): Step {
  switch (instance.state) {
    case 'inactive':
    case 'resolved':
      return stay(instance);
    case 'pending':
      return calledOff(rule, instance, at, now, reason);
    case 'firing': {
      const begun = moved(rule, { ...instance, goodReadings: readings }, 'recovering', at, now, reason);
      return then(begun, (recovering) => resolveWhenDue(rule, recovering, now));
    }
    case 'recovering':
      return resolveWhenDue(rule, { ...instance, goodReadings: instance.goodReadings + readings }, now);
    default:
      return assertNever(instance.state);
  }
}

/** Not bad enough to begin, not good enough to end. */
function afterBetween(rule: AlertRule, instance: Instance, at: Place, now: Moment): Step {
  if (instance.state === 'pending') return calledOff(rule, instance, at, now, 'it fell below the limit');
  if (instance.state !== 'recovering') return stay(instance);
  return stay({ ...instance, goodReadings: 0, sinceObservedMs: at.observedMs });
}

function afterTick(rule: AlertRule, before: Instance, now: Moment): Step {
  const silentSince = before.readObservedMs + NO_DATA_INTERVALS * rule.expectedEveryMs;
  if (now.observedMs > silentSince) {
    const instance: Instance = before.noData ? before : { ...before, noData: true };
    if (rule.noData !== 'keep') return afterNoData(rule, instance, observedAgo(silentSince, now), now);
    return then(stay(instance), (kept) =>
      kept.state === 'recovering' ? resolveWhenDue(rule, kept, now) : aged(rule, kept, now),
    );
  }
  if (before.state === 'pending') return fireWhenDue(rule, before, now, 'it has lasted');
  if (before.state === 'recovering') return resolveWhenDue(rule, before, now);
  return aged(rule, before, now);
}

function afterNoData(rule: AlertRule, instance: Instance, at: Place, now: Moment): Step {
  const reason = 'no reading has come for too long';
  if (rule.noData === 'ok') {
    if (instance.state === 'resolved') return aged(rule, instance, now);
    // Without readings nothing goes back and forth any more, and nothing could ever show that it has settled.
    return afterGood(rule, { ...instance, flap: STEADY }, at, now, rule.goodReadings, reason);
  }
  return afterBad(rule, instance.fresh ? instance : { ...instance, fresh: true }, at, now, reason);
}

function fireWhenDue(rule: AlertRule, instance: Instance, now: Moment, reason: string): Step {
  const dueMs = instance.sinceObservedMs + rule.forMs;
  if (instance.state !== 'pending' || now.observedMs < dueMs || !instance.fresh) return stay(instance);
  if (instance.noData && rule.noData === 'keep') return stay(instance);
  if (rule.needsNetwork && !now.settled) return stay(instance);
  const { endedObservedMs } = instance;
  const reopened = endedObservedMs !== null && instance.sinceObservedMs - endedObservedMs <= REOPEN_WINDOW_MS;
  const next: Instance = {
    ...instance,
    episode: reopened ? instance.episode : instance.episode + 1,
    reopens: reopened ? instance.reopens + 1 : 0,
    endedObservedMs: null,
  };
  // Held back after a sleep it became true long before it could be said; a period never begins before the one before has ended.
  return moved(rule, next, 'firing', observedAgo(dueMs, now), now, reason);
}

/** How long it must stay good, observed time. */
export function holdMs({ keepForMs }: AlertRule, { reopens }: Pick<Instance, 'reopens'>): number {
  return Math.max(keepForMs, Math.min(LONGEST_HOLD_MS, keepForMs * HOLD_GROWTH ** reopens));
}

function resolveWhenDue(rule: AlertRule, instance: Instance, now: Moment): Step {
  const dueMs = instance.sinceObservedMs + holdMs(rule, instance);
  if (now.observedMs < dueMs || instance.goodReadings < rule.goodReadings || instance.flap.flapping)
    return stay(instance);
  return ended(rule, instance, now, 'it has stayed good');
}

/** A period ends now: that it has lasted long enough is only known now. */
function ended(rule: AlertRule, instance: Instance, now: Moment, reason: string): Step {
  if (instance.state === 'pending') return calledOff(rule, instance, now, now, reason);
  if (!isActive(instance)) return stay(instance);
  return moved(rule, { ...instance, endedObservedMs: now.observedMs, goodReadings: 0 }, 'resolved', now, now, reason);
}

/** What never fired is over without a word. */
function calledOff(rule: AlertRule, instance: Instance, at: Place, now: Moment, reason: string): Step {
  const back = canReopen(instance, now) ? 'resolved' : 'inactive';
  return moved(rule, instance, back, at, now, reason);
}

function aged(rule: AlertRule, instance: Instance, now: Moment): Step {
  if (instance.state !== 'resolved' || canReopen(instance, now)) return stay(instance);
  const old: Instance = { ...instance, endedObservedMs: null, reopens: 0 };
  return moved(rule, old, 'inactive', now, now, 'it can no longer be reopened');
}

function canReopen({ endedObservedMs }: Instance, now: Moment): boolean {
  return endedObservedMs !== null && now.observedMs - endedObservedMs <= REOPEN_WINDOW_MS;
}

function afterRuleChange(rule: AlertRule, instance: Instance, now: Moment): Step {
  const verdict = judgeValue(rule, instance.value);
  if (verdict === 'unknown' || instance.noData) return stay(instance);
  // A level that was moved ends what it no longer means; whatever it means now needs a reading.
  if (isActive(instance))
    return verdict === 'good' ? ended(rule, instance, now, 'the rule was changed') : stay(instance);
  if (instance.state === 'pending' && verdict !== 'bad')
    return calledOff(rule, instance, now, now, 'the rule was changed');
  return stay(instance);
}

function afterRestart(rule: AlertRule, before: Instance, downtimeMs: number, now: Moment): Step {
  const instance: Instance = { ...before, fresh: false, readObservedMs: now.observedMs };
  if (downtimeMs <= DOWNTIME_TOLERANCE_MS) return stay(instance);
  if (instance.state === 'pending') return calledOff(rule, instance, now, now, 'nobody watched for too long');
  if (instance.state !== 'recovering') return stay(instance);
  return stay({ ...instance, goodReadings: 0, sinceObservedMs: now.observedMs });
}

/** A point in time on both clocks. */
type Place = Pick<Moment, 'wallMs' | 'observedMs'>;

function momentOf(atMs: number, now: Moment): Place {
  const agoMs = Math.max(0, now.wallMs - atMs);
  return { wallMs: now.wallMs - agoMs, observedMs: now.observedMs - agoMs };
}

function observedAgo(observedMs: number, now: Moment): Place {
  const agoMs = Math.max(0, now.observedMs - observedMs);
  return { wallMs: now.wallMs - agoMs, observedMs: now.observedMs - agoMs };
}

function stay(instance: Instance): Step {
  return { instance, transitions: [] };
}

function then(first: Step, next: (instance: Instance) => Step): Step {
  const second = next(first.instance);
  return { instance: second.instance, transitions: [...first.transitions, ...second.transitions] };
}

function goodAgain(value: number | null, detail: string | null): string {
  return `${describe(value)} is good again${detail === null ? '' : `: ${detail}`}`;
}

function describe(value: number | null): string {
  return value === null ? 'no value' : String(Math.round(value * 1_000) / 1_000);
}
