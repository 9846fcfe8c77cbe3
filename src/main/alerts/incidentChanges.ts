// How an incident begins, becomes one for a whole storm, and what its timeline says when it changes. Pure.
import type { AlertRule, Incident, IncidentEvent, IncidentMember } from '../../shared/domain/alerts';
import type { Target } from '../../shared/domain/metrics';
import {
  event,
  faceOf,
  type IncidentRecord,
  isActiveMember,
  type JudgedFault,
  memberOf,
  NOTHING_TOLD,
  ruleTitle,
} from './incidentRecord';
import type { Moment } from './instance';
import { type AlertFacts, nodeOf, type Suspect } from './rootCause';

export function faultAt({ rule, instance }: JudgedFault): {
  readonly metric: AlertRule['metric'];
  readonly target: Target;
} {
  return { metric: rule.metric, target: instance.target };
}

export function nodeOfFault(fault: JudgedFault): string {
  return nodeOf(faultAt(fault));
}

export function newRecord(
  id: string,
  atMs: number,
  fault: JudgedFault,
  facts: AlertFacts,
  now: Moment,
): IncidentRecord {
  const { instance, rule } = fault;
  const node = nodeOfFault(fault);
  const incident: Incident = {
    id,
    state: 'open',
    severity: rule.severity,
    ...faceOf(rule, instance.target, instance.detail, facts),
    root: instance.target,
    rootRuleId: rule.id,
    openedAtMs: atMs,
    seenAtMs: now.wallMs,
    resolvedAtMs: null,
    members: [memberOf(fault, node, facts)],
    flips: 0,
    flapping: instance.flap.flapping,
    ack: null,
    snoozed: null,
    silencedBy: null,
  };
  return {
    incident,
    node,
    storm: false,
    openedObservedMs: now.observedMs,
    rootGoneObservedMs: null,
    told: NOTHING_TOLD,
    ackSeverity: null,
    snoozeMark: null,
    notices: 0,
    foldedInto: null,
  };
}

/** @param detail what the first of them said */
export function asStorm(
  record: IncidentRecord,
  parent: Suspect,
  title: string,
  name: string,
  detail: string | null,
): IncidentRecord {
  return {
    ...record,
    node: parent.node,
    storm: true,
    rootGoneObservedMs: null,
    incident: {
      ...record.incident,
      title,
      cause: `What they have in common is ${name}.${detail === null ? '' : ` The first said: ${detail}`}`,
      root: parent.target,
      members: record.incident.members.map((member) => ({ ...member, explained: true })),
    },
  };
}

/** As it goes on in a session that could not read it at its start, and whose observed time began elsewhere. */
export function asOf(record: IncidentRecord, { observedMs }: Moment): IncidentRecord {
  const told = { ...record.told, atObservedMs: observedMs };
  return { ...record, openedObservedMs: observedMs, rootGoneObservedMs: null, told };
}

/** As it goes on after it had ended. @param elsewhere keys that other incidents hold by now */
export function reopened(
  record: IncidentRecord,
  elsewhere: ReadonlySet<string>,
  { observedMs }: Moment,
): IncidentRecord {
  const { incident } = record;
  const members = incident.members.filter(({ key }) => !elsewhere.has(key));
  return {
    ...record,
    openedObservedMs: observedMs,
    rootGoneObservedMs: null,
    told: { ...record.told, fired: false, delivered: false, severity: null, resolved: false },
    incident: { ...incident, state: 'open', resolvedAtMs: null, flips: incident.flips + 1, members },
  };
}

/** Whether both are about the same place, or about a fault that both hold. */
export function isSameCause(a: IncidentRecord, b: IncidentRecord): boolean {
  const keys = new Set(a.incident.members.filter(isActiveMember).map(({ key }) => key));
  return a.node === b.node || b.incident.members.some((member) => isActiveMember(member) && keys.has(member.key));
}

/** What a person has already been told goes on; else what began first. The one at home never gives way. */
export function inFoldingOrder(
  records: readonly IncidentRecord[],
  home: IncidentRecord | null,
): readonly IncidentRecord[] {
  const order = (record: IncidentRecord): number => {
    if (record === home) return 0;
    return record.told.fired ? 1 : 2;
  };
  return [...records].sort((a, b) => order(a) - order(b) || a.incident.openedAtMs - b.incident.openedAtMs);
}

/** What a timeline begins with: what is wrong, and why, unless that says it already. */
export function openedWords({ title, cause }: Incident): string {
  return cause === null || title.includes(cause.replace(/\.$/, '')) ? `${title}.` : `${title}. ${cause}`;
}

/** What a timeline says of a cause that shows for the first time. @param cause with its full stop */
export function otherCause(incidentId: string, wallMs: number, cause: string): IncidentEvent {
  return event(incidentId, wallMs, 'rooted', `The cause is another one: ${cause}`);
}

/** What it says of a fault that is back, in the words of the newest reading. */
export function againWords({ instance, rule }: JudgedFault, facts: AlertFacts): string {
  const said = instance.detail?.trim() ?? '';
  return `${ruleTitle(rule, instance.target, facts)}, again${said === '' ? '.' : `: ${said}`}`;
}

/** The lines of the timeline from one state of an incident to the next. @param changedTo its cause, when that is another one */
export function changesOf(
  before: Incident,
  after: Incident,
  changedTo: string | null,
  wallMs: number,
): readonly IncidentEvent[] {
  const { id, title, severity, flapping, flips, state } = after;
  const wereActive = new Set(before.members.filter(isActiveMember).map(({ key }) => key));
  const lines = after.members
    .filter((member) => !isActiveMember(member) && wereActive.has(member.key))
    .map((member) => event(id, member.sinceMs, 'left', `${member.title}: over.`));
  if (changedTo !== null) lines.push(otherCause(id, wallMs, changedTo));
  if (severity !== before.severity) lines.push(event(id, wallMs, 'raised', `It is ${severity} now.`));
  if (flapping !== before.flapping) {
    lines.push(
      flapping
        ? event(id, wallMs, 'flapping', `Unstable: ${flips} changes so far.`)
        : event(id, wallMs, 'settled', 'It has settled.'),
    );
  }
  if (state === before.state) return lines;
  if (state === 'recovering') lines.push(event(id, wallMs, 'recovering', 'All readings are good again.'));
  if (state === 'resolved') lines.push(event(id, wallMs, 'resolved', `${title}: over.`));
  return lines;
}

/** Values and details move with every reading; only what is worth a row counts as a change. */
export function sameIncident(a: Incident, b: Incident): boolean {
  return (
    a.state === b.state &&
    a.severity === b.severity &&
    a.title === b.title &&
    a.cause === b.cause &&
    a.flips === b.flips &&
    a.flapping === b.flapping &&
    a.members.length === b.members.length &&
    a.members.every((member, index) => sameMember(member, b.members[index]))
  );
}

function sameMember(a: IncidentMember, b: IncidentMember | undefined): boolean {
  return a.key === b?.key && a.state === b.state && a.sinceMs === b.sinceMs && a.explained === b.explained;
}
