// Rules, their states, incidents and what people were told of them, as rows of monitor.db. What has a shape of its own is JSON.

export interface AlertRuleRow {
  readonly ruleId: string;
  readonly version: number;
  readonly kind: string;
  readonly atMs: number;
  /** The rule as JSON. */
  readonly body: string;
}

export interface AlertInstanceRow {
  readonly key: string;
  readonly atMs: number;
  /** How far observed time had come. */
  readonly observedMs: number;
  /** The state as JSON. */
  readonly body: string;
}

export interface AlertTransitionRow {
  readonly id: string;
  readonly key: string;
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly targetKind: string;
  readonly targetId: string;
  readonly fromState: string;
  readonly toState: string;
  readonly atMs: number;
  readonly seenAtMs: number;
  readonly value: number | null;
  readonly severity: string;
  readonly reason: string;
  readonly episode: number;
}

export interface IncidentRow {
  readonly id: string;
  readonly openedAtMs: number;
  /** 0 while it is open. */
  readonly resolvedAtMs: number;
  readonly severity: string;
  /** The incident that it turned out to be a part of, or empty. */
  readonly foldedInto: string;
  /** With what has been said about it, as JSON. */
  readonly body: string;
}

export interface IncidentEventRow {
  readonly id: string;
  readonly atMs: number;
  readonly incidentId: string;
  readonly kind: string;
  readonly text: string;
}

export interface SilenceRow {
  readonly id: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** As JSON. */
  readonly body: string;
}

export interface NoticeRow {
  readonly id: string;
  readonly atMs: number;
  readonly incidentId: string;
  readonly kind: string;
  readonly severity: string;
  /** Why nobody was told, or empty. */
  readonly suppressed: string;
  /** 1 once somebody has looked at it. */
  readonly seen: number;
  /** Title and body as JSON. */
  readonly body: string;
}

export interface DeliveryRow {
  readonly key: string;
  readonly channelId: string;
  readonly noticeId: string;
  readonly incidentId: string | null;
  readonly kind: string;
  readonly state: string;
  readonly offeredAtMs: number;
  /** Of the version that this is: an older one never replaces a newer one. */
  readonly observedAtMs: number;
  /** Everything else, as JSON. */
  readonly body: string;
}
