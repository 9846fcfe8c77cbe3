// One incident as it is remembered: what a person sees of it, where its cause lies, and what they have been told. Plain data with
// the functions that derive title, severity and state from its members. Pure.
import type {
  AlertRule,
  Incident,
  IncidentEvent,
  IncidentMember,
  IncidentState,
  Severity,
} from '../../shared/domain/alerts';
import type { MetricName, Target } from '../../shared/domain/metrics';
import type { Instance } from './instance';
import { type AlertFacts, looksBack, nodeOf } from './rootCause';
import { rank, worse } from './severity';

/** What has been said about an incident since it opened. */
export interface Told {
  readonly fired: boolean;
  /** Something that says it is there was not held back, so its end is said, too. */
  readonly delivered: boolean;
  readonly severity: Severity | null;
  readonly unstable: boolean;
  /** Why the last notice was held back; null when it was not. */
  readonly heldBack: string | null;
  readonly reminders: number;
  /** Observed time of the newest notice. */
  readonly atObservedMs: number;
  readonly resolved: boolean;
}

export const NOTHING_TOLD: Told = {
  fired: false,
  delivered: false,
  severity: null,
  unstable: false,
  heldBack: null,
  reminders: 0,
  atObservedMs: 0,
  resolved: false,
};

/** What the evidence says instead of what the incident says. */
export interface Doubt {
  /** The other cause, without its numbers; null while the evidence agrees. */
  readonly other: string | null;
  readonly sinceObservedMs: number;
  /** How often the incident has changed its words while its cause lasted. */
  readonly changes: number;
}

export const NO_DOUBT: Doubt = { other: null, sinceObservedMs: 0, changes: 0 };

export interface IncidentRecord {
  readonly incident: Incident;
  /** Of the root in the tree of causes. */
  readonly node: string;
  readonly storm: boolean;
  readonly openedObservedMs: number;
  /** Observed time since which nothing is wrong with the root while others still fire; null otherwise. */
  readonly rootGoneObservedMs: number | null;
  readonly told: Told;
  /** Severity at the time of the acknowledgement, and what the incident consisted of when it was snoozed until a change. */
  readonly ackSeverity: Severity | null;
  readonly snoozeMark: string | null;
  /** Notices so far: the end of their ids. */
  readonly notices: number;
  /** The incident that this one turned out to be a part of, or null. */
  readonly foldedInto: string | null;
  /** Absent from records of before there was such a thing. */
  readonly doubt?: Doubt;
}

/** An instance with the rule that judges it. */
export interface JudgedFault {
  readonly instance: Instance;
  readonly rule: AlertRule;
}

export function event(incidentId: string, atMs: number, kind: IncidentEvent['kind'], text: string): IncidentEvent {
  return { incidentId, atMs, kind, text };
}

/** "New pools keeps failing". */
export function ruleTitle(rule: AlertRule, target: Target, facts: AlertFacts): string {
  return rule.title.replaceAll('{target}', facts.titleOf(target) ?? target.id);
}

export function memberOf({ instance, rule }: JudgedFault, node: string, facts: AlertFacts): IncidentMember {
  return {
    key: instance.key,
    ruleId: rule.id,
    target: instance.target,
    title: ruleTitle(rule, instance.target, facts),
    severity: rule.severity,
    state: instance.state,
    sinceMs: instance.sinceMs,
    value: instance.value,
    detail: instance.detail,
    explained: nodeOf({ metric: rule.metric, target: instance.target }) !== node,
  };
}

export function isActiveMember({ state }: IncidentMember): boolean {
  return state === 'firing' || state === 'recovering';
}

/** Their readings say how much it is now, which is something else with the next look: no name for a fault. */
const MEASURED: ReadonlySet<MetricName> = new Set([
  'host.throttledFor',
  'database.walBytes',
  'database.diskFree',
  'database.diskDaysLeft',
  'database.spoolAge',
]);

interface Face {
  readonly title: string;
  readonly cause: string | null;
  readonly advice: string;
}

/**
 * What the card says. A collector is named by what it does and explained by the error of its run, an amount by what it means;
 * elsewhere the reading says best what happened ("market.db is locked by python3 (process 4711)").
 */
export function faceOf(rule: AlertRule, target: Target, detail: string | null, facts: AlertFacts): Face {
  const title = ruleTitle(rule, target, facts);
  const said = detail === null || detail.trim() === '' ? null : detail.trim();
  if (said === null) return { title, cause: null, advice: rule.advice };
  const isNamed = target.kind === 'collector' || target.kind === 'channel' || MEASURED.has(rule.metric);
  if (isNamed) return { title, cause: said, advice: rule.advice };
  return { title: said.replace(/\.$/, ''), cause: title === said ? null : `${title}.`, advice: rule.advice };
}

/**
 * A member that keeps the incident open: what only looks back does so as long as there is nothing else, and a last run that something
 * else made fail says nothing more once that is good again.
 */
export function holders(
  members: readonly IncidentMember[],
  rules: (ruleId: string) => AlertRule | null,
): readonly IncidentMember[] {
  const isRooted = members.some(({ explained }) => !explained);
  const present = members.filter(({ ruleId, explained }) => {
    const metric = rules(ruleId)?.metric;
    const isPast = isRooted && explained && metric === 'collector.lastRunFault';
    return metric === undefined || !(isPast || looksBack(metric));
  });
  return present.length > 0 ? present : members;
}

/** @param proves whether a member that is good again has to stay so for a while, before it is over */
export function stateOf(
  holding: readonly IncidentMember[],
  proves: (member: IncidentMember) => boolean,
): IncidentState {
  if (holding.some(({ state }) => state === 'firing')) return 'open';
  return holding.some((member) => member.state === 'recovering' && proves(member)) ? 'recovering' : 'resolved';
}

/** Never sinks while the incident is open: a fault that was critical is not made harmless by getting better for a moment. */
export function severityOf(before: Severity, members: readonly IncidentMember[], storm: boolean): Severity {
  return members
    .filter((member) => isActiveMember(member) && (storm || !member.explained))
    .reduce((worst, { severity }) => worse(worst, severity), before);
}

/** The root first, then the worst, then the oldest. */
export function inOrder(members: readonly IncidentMember[]): readonly IncidentMember[] {
  return [...members].sort(
    (a, b) =>
      Number(a.explained) - Number(b.explained) ||
      Number(isActiveMember(b)) - Number(isActiveMember(a)) ||
      rank(b.severity) - rank(a.severity) ||
      a.sinceMs - b.sinceMs,
  );
}
