// What an alert is: rules over readings, the state of each (rule, target), episodes, and incidents that fold episodes under one
// cause. Shapes only; the judging is in src/main/alerts.
import type { MetricName, Target, TargetKind } from './metrics';

export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const NO_DATA_POLICIES = ['keep', 'alert', 'ok'] as const;
/** What it means when no reading comes for three times the expected interval. `keep`: the state stays as it was. */
export type NoDataPolicy = (typeof NO_DATA_POLICIES)[number];

/** A rule as a person writes it. `fire` and `clear` differ, so that a value on the edge does not flap. */
export interface AlertRule {
  readonly id: string;
  /** Grows with every change; transitions name the version that judged. */
  readonly version: number;
  readonly enabled: boolean;
  /** Names the fault with `{target}` in it: "{target} keeps failing". */
  readonly title: string;
  readonly metric: MetricName;
  /** Only targets with one of these ids; null for every target of the metric. */
  readonly targets: readonly string[] | null;
  readonly comparison: 'above' | 'below';
  /** Fires when the value is at or beyond this level. */
  readonly fire: number;
  /** Clears when the value is strictly on the good side of this level. */
  readonly clear: number;
  /** Observed time for which the condition must hold. */
  readonly forMs: number;
  /** Observed time, and number of good readings, before it counts as over. */
  readonly keepForMs: number;
  readonly goodReadings: number;
  readonly severity: Severity;
  readonly noData: NoDataPolicy;
  /** Longest expected time between two readings, for `noData`. */
  readonly expectedEveryMs: number;
  /** True: does not begin to fire within the settle time after a sleep or a start, because the network may not be up yet. */
  readonly needsNetwork: boolean;
  /** What a person can do about it. */
  readonly advice: string;
}

export const ALERT_STATES = ['inactive', 'pending', 'firing', 'recovering', 'resolved'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** One line of the event log: everything that changes is one of these, and replaying them gives the same states. */
export interface Transition {
  /** `<rule id>|<kind>/<target id>`. */
  readonly key: string;
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly target: Target;
  readonly from: AlertState;
  readonly to: AlertState;
  /** When it became true, and when that was seen. Wall time. */
  readonly atMs: number;
  readonly seenAtMs: number;
  readonly value: number | null;
  readonly severity: Severity;
  /** Why, in plain words. */
  readonly reason: string;
  /** Grows by one with each firing period of this key. */
  readonly episode: number;
}

export interface IncidentMember {
  readonly key: string;
  readonly ruleId: string;
  readonly target: Target;
  readonly title: string;
  readonly severity: Severity;
  readonly state: AlertState;
  readonly sinceMs: number;
  readonly value: number | null;
  readonly detail: string | null;
  /** True when a fault further out explains it. */
  readonly explained: boolean;
}

export const INCIDENT_STATES = ['open', 'recovering', 'resolved'] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

/** One fault with everything that follows from it: one card, one notice. */
export interface Incident {
  readonly id: string;
  readonly state: IncidentState;
  readonly severity: Severity;
  /** "market.db is locked by python3 (process 4711)". */
  readonly title: string;
  /** Why, in plain words, with what it means; null when the title says all. */
  readonly cause: string | null;
  readonly advice: string;
  readonly root: Target;
  readonly rootRuleId: string;
  readonly openedAtMs: number;
  readonly seenAtMs: number;
  readonly resolvedAtMs: number | null;
  /** The root first. */
  readonly members: readonly IncidentMember[];
  /** Changes back and forth while it stayed open; "unstable" from some number on. */
  readonly flips: number;
  readonly flapping: boolean;
  readonly ack: { readonly atMs: number; readonly note: string } | null;
  /** Wall time until which reminders are held back; `until_change` until a member or the severity changes. */
  readonly snoozed: number | 'until_change' | null;
  /** The silence that holds its notices back, by id. */
  readonly silencedBy: string | null;
}

export const INCIDENT_EVENT_KINDS = [
  'opened',
  'joined',
  'left',
  'raised',
  'rooted',
  'flapping',
  'settled',
  'acknowledged',
  'ack_ended',
  'snoozed',
  'snooze_ended',
  'notified',
  'not_notified',
  'recovering',
  'reopened',
  'resolved',
] as const;

/** A line of the timeline of an incident. */
export interface IncidentEvent {
  readonly incidentId: string;
  readonly atMs: number;
  readonly kind: (typeof INCIDENT_EVENT_KINDS)[number];
  readonly text: string;
}

/** Holds back notices, never states. */
export interface Silence {
  readonly id: string;
  readonly kind: 'silence' | 'maintenance';
  /** Null matches every one. */
  readonly ruleId: string | null;
  readonly targetKind: TargetKind | null;
  readonly targetId: string | null;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly reason: string;
}

export const NOTICE_KINDS = ['fired', 'raised', 'reminder', 'unstable', 'settled', 'still_firing', 'resolved'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** A message that ought to reach a person, before channels are chosen. */
export interface Notice {
  /** `<incident id>|<kind>|<sequence>`: receivers may see it twice and can tell. */
  readonly id: string;
  readonly incidentId: string;
  readonly kind: NoticeKind;
  readonly severity: Severity;
  readonly title: string;
  readonly body: string;
  readonly atMs: number;
  /** Why nobody is told, or null: silenced, snoozed, acknowledged, explained, settling after sleep. */
  readonly suppressed: string | null;
}
