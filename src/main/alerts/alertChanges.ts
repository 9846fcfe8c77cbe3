// What the alert engine hands to whoever keeps it, and what it goes on from after a start. Types only.
import type { IncidentListArgs } from '../../shared/contract/alerts';
import type { Incident, IncidentEvent, Notice, Silence, Transition } from '../../shared/domain/alerts';
import type { IncidentRecord } from './incidentRecord';
import type { Instance } from './instance';
import type { RuleChange } from './ruleBook';

export interface InboxNotice extends Notice {
  readonly seen: boolean;
}

/** Everything that one step changed: it belongs together and is stored together. */
export interface AlertChanges {
  /** When, wall and observed time. */
  readonly atMs: number;
  readonly observedMs: number;
  readonly instances: readonly Instance[];
  readonly transitions: readonly Transition[];
  readonly incidents: readonly IncidentRecord[];
  readonly events: readonly IncidentEvent[];
  readonly notices: readonly InboxNotice[];
  readonly silences: readonly Silence[];
  readonly rules: readonly RuleChange[];
}

export interface StoredInstance {
  readonly instance: Instance;
  /** Wall time at which it was stored last. */
  readonly savedAtMs: number;
}

export interface RestoredAlerts {
  /** Where observed time had come to. */
  readonly observedMs: number;
  readonly instances: readonly StoredInstance[];
  /** Open ones, and those that ended within the last hour. */
  readonly incidents: readonly IncidentRecord[];
  /** Those that still run. */
  readonly silences: readonly Silence[];
  /** Oldest first. */
  readonly rules: readonly RuleChange[];
  readonly unseen: readonly Notice[];
}

/** Before the record could be read. Observed time begins at wall time, which is later than any that earlier sessions had come to. */
export function nothingRestored(wallMs: number): RestoredAlerts {
  return { observedMs: wallMs, instances: [], incidents: [], silences: [], rules: [], unseen: [] };
}

export interface PastIncident {
  readonly record: IncidentRecord;
  /** Oldest first. */
  readonly timeline: readonly IncidentEvent[];
}

/** Where alerts are kept. Reads reject with a StorageError; `save` never fails and never makes anybody wait. */
export interface AlertRecord {
  save(changes: AlertChanges): void;
  incident(id: string): Promise<PastIncident | null>;
  incidents(args: IncidentListArgs): Promise<readonly Incident[]>;
  transitions(keys: readonly string[], fromMs: number, toMs: number): Promise<readonly Transition[]>;
  notices(beforeMs: number | null, limit: number): Promise<readonly InboxNotice[]>;
}
