// What holds notices back without changing any state: acknowledgement, snooze, silence, maintenance. Pure.
import type { Incident, IncidentEvent, Silence } from '../../shared/domain/alerts';
import type { Target } from '../../shared/domain/metrics';
import { event, type IncidentRecord, isActiveMember } from './incidentRecord';
import { rank } from './severity';

export interface Overlaid {
  readonly record: IncidentRecord;
  readonly events: readonly IncidentEvent[];
}

/** Why nothing is said about an incident now, for the record; null when it is. */
export function suppression(incident: Incident, silences: readonly Silence[], wallMs: number): string | null {
  const silence = silenceOf(incident, silences, wallMs);
  if (silence) return `${silence.kind === 'maintenance' ? 'maintenance' : 'silenced'}: ${silence.reason}`;
  if (isSnoozed(incident, wallMs)) return 'snoozed';
  return incident.ack ? `${ACKNOWLEDGED}: ${incident.ack.note}` : null;
}

const ACKNOWLEDGED = 'acknowledged';

/** Silences and snoozes end by themselves, so that what they held back is said once when they do. */
export function isMadeUpFor(heldBack: string | null): boolean {
  return heldBack !== null && !heldBack.startsWith(ACKNOWLEDGED);
}

export function isSnoozed({ snoozed }: Incident, wallMs: number): boolean {
  return snoozed === 'until_change' || (snoozed !== null && snoozed > wallMs);
}

export function acknowledged(record: IncidentRecord, note: string, wallMs: number): Overlaid {
  const { incident } = record;
  return {
    record: {
      ...record,
      incident: { ...incident, ack: { atMs: wallMs, note } },
      ackSeverity: incident.severity,
    },
    events: [event(incident.id, wallMs, 'acknowledged', note)],
  };
}

export function unacknowledged(record: IncidentRecord, why: string, wallMs: number): Overlaid {
  const { incident } = record;
  if (incident.ack === null) return { record, events: [] };
  return {
    record: { ...record, incident: { ...incident, ack: null }, ackSeverity: null },
    events: [event(incident.id, wallMs, 'ack_ended', why)],
  };
}

/** A person who ends a snooze knows that it still lasts, and is not told so. */
export function snoozed(record: IncidentRecord, until: Incident['snoozed'], wallMs: number): Overlaid {
  const { incident, told } = record;
  if (until === null) {
    if (incident.snoozed === null) return { record, events: [] };
    return {
      record: {
        ...record,
        incident: { ...incident, snoozed: null },
        snoozeMark: null,
        told: { ...told, heldBack: null },
      },
      events: [event(incident.id, wallMs, 'snooze_ended', 'By hand.')],
    };
  }
  const text =
    until === 'until_change' ? 'Until something changes.' : `For ${Math.ceil((until - wallMs) / 60_000)} min.`;
  return {
    record: { ...record, incident: { ...incident, snoozed: until }, snoozeMark: markOf(incident) },
    events: [event(incident.id, wallMs, 'snoozed', text)],
  };
}

/** Ends what has come to its end: a worse incident is a new one to whoever acknowledged or snoozed it. */
export function overlaysAfter(record: IncidentRecord, silences: readonly Silence[], wallMs: number): Overlaid {
  const events: IncidentEvent[] = [];
  let next = record;
  if (next.incident.ack && rank(next.incident.severity) > rank(next.ackSeverity)) {
    const broken = unacknowledged(next, `It is ${next.incident.severity} now.`, wallMs);
    next = broken.record;
    events.push(...broken.events);
  }
  const why = endOfSnooze(next, wallMs);
  if (why !== null) {
    next = { ...next, incident: { ...next.incident, snoozed: null }, snoozeMark: null };
    events.push(event(next.incident.id, wallMs, 'snooze_ended', why));
  }
  const silencedBy = silenceOf(next.incident, silences, wallMs)?.id ?? null;
  if (silencedBy !== next.incident.silencedBy) next = { ...next, incident: { ...next.incident, silencedBy } };
  return { record: next, events };
}

function endOfSnooze({ incident, snoozeMark }: IncidentRecord, wallMs: number): string | null {
  if (incident.snoozed === null) return null;
  const mark = markOf(incident);
  if (incident.snoozed === 'until_change') return mark === snoozeMark ? null : 'Something has changed.';
  if (incident.snoozed <= wallMs) return 'Its time was up.';
  const [severity] = snoozeMark?.split('|') ?? [];
  return severity !== undefined && severity !== incident.severity ? `It is ${incident.severity} now.` : null;
}

/** What "until it changes" means: the severity, and who is affected. */
function markOf({ severity, members }: Incident): string {
  const affected = members.filter(isActiveMember).map(({ key }) => key);
  return [severity, ...affected.sort()].join('|');
}

/** The silence that covers everything about the incident that is not explained by its root; of several, the one that ends last. */
export function silenceOf(incident: Incident, silences: readonly Silence[], wallMs: number): Silence | null {
  const running = silences.filter((silence) => isRunning(silence, wallMs)).sort((a, b) => b.untilMs - a.untilMs);
  return running.find((silence) => covers(silence, incident)) ?? null;
}

export function isRunning({ fromMs, untilMs }: Silence, wallMs: number): boolean {
  return fromMs <= wallMs && wallMs < untilMs;
}

function covers(silence: Silence, incident: Incident): boolean {
  const standing = incident.members.filter((member) => !member.explained && isActiveMember(member));
  if (standing.length === 0) return matches(silence, incident.rootRuleId, incident.root);
  return standing.every((member) => matches(silence, member.ruleId, member.target));
}

function matches({ ruleId, targetKind, targetId }: Silence, rule: string, target: Target): boolean {
  return (
    (ruleId === null || ruleId === rule) &&
    (targetKind === null || targetKind === target.kind) &&
    (targetId === null || targetId === target.id)
  );
}
