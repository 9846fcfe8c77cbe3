// Alerts as rows of monitor.db and back. Rows that an older or a damaged program left behind and that cannot be read are left out.
import type {
  AlertInstanceRow,
  AlertRuleRow,
  AlertTransitionRow,
  IncidentEventRow,
  IncidentRow,
  NoticeRow,
  SilenceRow,
} from '../../shared/contract/rows/alertRows';
import type {
  AlertRule,
  AlertState,
  IncidentEvent,
  NoticeKind,
  Severity,
  Silence,
  Transition,
} from '../../shared/domain/alerts';
import type { TargetKind } from '../../shared/domain/metrics';
import type { AlertChanges, InboxNotice, StoredInstance } from './alertChanges';
import type { IncidentRecord } from './incidentRecord';
import type { Instance } from './instance';
import type { RuleChange } from './ruleBook';

/** What was written by `JSON.stringify` of the same type; null when it is not JSON. */
function parse<T>(body: string): T | null {
  try {
    return JSON.parse(body) as T;
  } catch {
    return null;
  }
}

export function ruleRow({ kind, atMs, rule }: RuleChange): AlertRuleRow {
  return { ruleId: rule.id, version: rule.version, kind, atMs, body: JSON.stringify(rule) };
}

export function toRuleChange({ kind, atMs, body }: AlertRuleRow): readonly RuleChange[] {
  const rule = parse<AlertRule>(body);
  return rule ? [{ kind: kind as RuleChange['kind'], atMs, rule }] : [];
}

export function instanceRow(instance: Instance, { atMs, observedMs }: AlertChanges): AlertInstanceRow {
  return { key: instance.key, atMs, observedMs, body: JSON.stringify(instance) };
}

export function toInstance({ atMs, body }: AlertInstanceRow): readonly StoredInstance[] {
  const instance = parse<Instance>(body);
  return instance ? [{ instance, savedAtMs: atMs }] : [];
}

export function transitionRow(id: string, { from, to, target, ...same }: Transition): AlertTransitionRow {
  return { id, ...same, targetKind: target.kind, targetId: target.id, fromState: from, toState: to };
}

export function toTransition(row: AlertTransitionRow): Transition {
  const { id: _id, targetKind, targetId, fromState, toState, severity, ...same } = row;
  return {
    ...same,
    target: { kind: targetKind as TargetKind, id: targetId },
    from: fromState as AlertState,
    to: toState as AlertState,
    severity: severity as Severity,
  };
}

export function incidentRow(record: IncidentRecord): IncidentRow {
  const { id, openedAtMs, resolvedAtMs, severity } = record.incident;
  return {
    id,
    openedAtMs,
    resolvedAtMs: resolvedAtMs ?? 0,
    severity,
    foldedInto: record.foldedInto ?? '',
    body: JSON.stringify(record),
  };
}

export function toIncident({ body }: IncidentRow): readonly IncidentRecord[] {
  const record = parse<IncidentRecord>(body);
  return record ? [record] : [];
}

export function eventRow(id: string, event: IncidentEvent): IncidentEventRow {
  return { id, ...event };
}

export function toEvent({ id: _id, kind, ...event }: IncidentEventRow): IncidentEvent {
  return { ...event, kind: kind as IncidentEvent['kind'] };
}

export function silenceRow(silence: Silence): SilenceRow {
  const { id, fromMs, untilMs } = silence;
  return { id, fromMs, untilMs, body: JSON.stringify(silence) };
}

export function toSilence({ body }: SilenceRow): readonly Silence[] {
  const silence = parse<Silence>(body);
  return silence ? [silence] : [];
}

export function noticeRow(notice: InboxNotice): NoticeRow {
  const { id, atMs, incidentId, kind, severity, suppressed, seen, title, body } = notice;
  return {
    id,
    atMs,
    incidentId,
    kind,
    severity,
    suppressed: suppressed ?? '',
    seen: Number(seen),
    body: JSON.stringify({ title, body }),
  };
}

export function toNotice({ kind, severity, suppressed, seen, body, ...same }: NoticeRow): readonly InboxNotice[] {
  const words = parse<{ readonly title: string; readonly body: string }>(body);
  if (!words) return [];
  return [
    {
      ...same,
      ...words,
      kind: kind as NoticeKind,
      severity: severity as Severity,
      suppressed: suppressed === '' ? null : suppressed,
      seen: seen === 1,
    },
  ];
}
