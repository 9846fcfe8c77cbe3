// What the window and the command line ask of the alerts, and what the snapshot says of them.
import type { AlertRule, Incident, IncidentEvent, Severity, Silence, Transition } from '../domain/alerts';
import type { Target, TargetKind } from '../domain/metrics';

/** The part of the snapshot: what is open now, worst first. At most `MAX_OPEN_SHOWN`; `open` counts all. */
export interface AlertsSlice {
  readonly incidents: readonly Incident[];
  readonly open: Readonly<Record<Severity, number>>;
  /** Resolved in the last hour, newest first, at most 10. */
  readonly lately: readonly Incident[];
  readonly silences: readonly Silence[];
  /** Notices for the inbox that nobody has looked at. */
  readonly unseen: number;
  /** Until when nothing of the network is judged, after a start or a sleep; null when it is. */
  readonly settlingUntilMs: number | null;
}
export const MAX_OPEN_SHOWN = 50;

export const NO_ALERTS: AlertsSlice = {
  incidents: [],
  open: { info: 0, warning: 0, critical: 0 },
  lately: [],
  silences: [],
  unseen: 0,
  settlingUntilMs: null,
};

export interface IncidentListArgs {
  readonly state: 'open' | 'resolved' | 'all';
  readonly beforeMs: number | null;
  readonly limit: number;
}

export interface IncidentDetails {
  readonly incident: Incident;
  /** Oldest first. */
  readonly timeline: readonly IncidentEvent[];
  readonly transitions: readonly Transition[];
}

export interface RuleEntry {
  readonly rule: AlertRule;
  /** The rule as shipped; null for one that a person added. */
  readonly shipped: AlertRule | null;
  readonly changed: boolean;
}

/** What a rule would have done over stored history. */
export interface BackTest {
  readonly fromMs: number;
  readonly toMs: number;
  /** Share of that time for which there are readings. */
  readonly coverage: number;
  readonly firings: readonly {
    readonly target: Target;
    readonly fromMs: number;
    /** Null while it would still fire. */
    readonly untilMs: number | null;
    readonly peak: number;
  }[];
  /** A level that would have fired about once a week or less, and the one that only the worst value reached; null without history. */
  readonly suggested: { readonly quiet: number; readonly strict: number } | null;
}

export interface SilenceArgs {
  readonly kind: Silence['kind'];
  readonly ruleId: string | null;
  readonly targetKind: TargetKind | null;
  readonly targetId: string | null;
  readonly untilMs: number;
  readonly reason: string;
}
