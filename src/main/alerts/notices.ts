// What ought to be said about an incident now, from what is the case and what has been said. Knows no channels: whether a notice
// still makes sense when its turn comes is the outbox' concern. Pure.
import type { IncidentEvent, Notice, NoticeKind, Severity, Silence } from '../../shared/domain/alerts';
import { event, type IncidentRecord, isActiveMember, type Told } from './incidentRecord';
import type { Moment } from './instance';
import { isMadeUpFor, suppression } from './overlays';
import { rank } from './severity';

/**
 * Others that follow from the same cause usually show within this observed time; critical ones are not held back for them. Longer
 * than what turns a lock into a database that takes no rows: that is told once, as what it is, and not a second later as worse.
 */
export const GROUP_WAIT_MS = 7_000;
/** What is good again gets this much longer to prove it before anybody is told: a lock of a moment is no news. */
const PROVING_MS = 10_000;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Observed time from one notice to the next reminder; the last one repeats. */
const REMINDERS: Readonly<Record<Severity, readonly number[]>> = {
  critical: [30 * MINUTE_MS, 2 * HOUR_MS, 4 * HOUR_MS],
  warning: [8 * HOUR_MS],
  info: [],
};

export interface Telling {
  readonly record: IncidentRecord;
  readonly notices: readonly Notice[];
  readonly events: readonly IncidentEvent[];
}

/** @param groupWaitMs observed time after opening before the first notice, unless it is critical */
export function tell(
  record: IncidentRecord,
  silences: readonly Silence[],
  now: Moment,
  groupWaitMs = GROUP_WAIT_MS,
): Telling {
  const heldBack = suppression(record.incident, silences, now.wallMs);
  const kind = dueKind(record, heldBack, now, groupWaitMs);
  const { told } = record;
  if (kind === null) {
    if (record.incident.state === 'resolved' && !told.resolved) return closedUnsaid(record, now);
    // What was held back stays noted until something is said after all; an acknowledgement leaves nothing to be made up for.
    const noted = isMadeUpFor(heldBack) && told.fired ? heldBack : told.heldBack;
    return {
      record: noted === told.heldBack ? record : { ...record, told: { ...told, heldBack: noted } },
      notices: [],
      events: [],
    };
  }
  const suppressed = kind === 'resolved' ? resolvedSuppression(record) : heldBack;
  const notice = write(record, kind, suppressed, now);
  const saying =
    suppressed === null
      ? event(notice.incidentId, now.wallMs, 'notified', SAYS[kind])
      : event(notice.incidentId, now.wallMs, 'not_notified', `${SAYS[kind]} Held back: ${suppressed}.`);
  return {
    record: { ...record, notices: record.notices + 1, told: afterNotice(record, kind, suppressed, now) },
    notices: [notice],
    events: [saying],
  };
}

const SAYS: Readonly<Record<NoticeKind, string>> = {
  fired: 'Said that it began.',
  raised: 'Said that it got worse.',
  reminder: 'Reminded of it.',
  unstable: 'Said that it goes back and forth.',
  settled: 'Said that it has settled.',
  still_firing: 'Said that it still lasts.',
  resolved: 'Said that it is over.',
};

function dueKind(
  { incident, told, openedObservedMs }: IncidentRecord,
  heldBack: string | null,
  now: Moment,
  groupWaitMs: number,
): NoticeKind | null {
  if (incident.state === 'resolved') return told.fired && !told.resolved ? 'resolved' : null;
  if (!told.fired) {
    const waitMs = groupWaitMs + (incident.state === 'recovering' ? PROVING_MS : 0);
    const waits = incident.severity !== 'critical' && now.observedMs - openedObservedMs < waitMs;
    return waits ? null : 'fired';
  }
  if (rank(incident.severity) > rank(told.severity)) return 'raised';
  if (incident.flapping !== told.unstable) return incident.flapping ? 'unstable' : 'settled';
  if (incident.state !== 'open' || heldBack !== null) return null;
  if (told.heldBack !== null) return 'still_firing';
  if (incident.flapping) return null;
  const waits = REMINDERS[incident.severity];
  const waitMs = waits[Math.min(told.reminders, waits.length - 1)];
  return waitMs !== undefined && now.observedMs - told.atObservedMs >= waitMs ? 'reminder' : null;
}

function resolvedSuppression({ told: { delivered, heldBack }, foldedInto }: IncidentRecord): string | null {
  if (foldedInto !== null) return 'another incident says it';
  return delivered ? null : (heldBack ?? 'nobody was told that it began');
}

function afterNotice(
  { incident, told }: IncidentRecord,
  kind: NoticeKind,
  suppressed: string | null,
  now: Moment,
): Told {
  const said: Told = { ...told, atObservedMs: now.observedMs, heldBack: isMadeUpFor(suppressed) ? suppressed : null };
  const delivered = told.delivered || suppressed === null;
  switch (kind) {
    case 'fired':
    case 'raised':
      return {
        ...said,
        fired: true,
        delivered,
        severity: incident.severity,
        unstable: incident.flapping,
        reminders: 0,
      };
    case 'still_firing':
      return { ...said, delivered };
    case 'reminder':
      return { ...said, delivered, reminders: told.reminders + 1 };
    case 'unstable':
    case 'settled':
      return { ...said, delivered, unstable: kind === 'unstable' };
    case 'resolved':
      return { ...said, resolved: true };
  }
}

/** It was over before anybody had to be told. */
function closedUnsaid(record: IncidentRecord, now: Moment): Telling {
  const told: Told = { ...record.told, resolved: true };
  const { id } = record.incident;
  const why =
    record.foldedInto === null ? 'Nobody was told: it was over at once.' : 'Nobody was told: another incident says it.';
  return { record: { ...record, told }, notices: [], events: [event(id, now.wallMs, 'not_notified', why)] };
}

function write(
  { incident, notices }: IncidentRecord,
  kind: NoticeKind,
  suppressed: string | null,
  now: Moment,
): Notice {
  return {
    id: `${incident.id}|${kind}|${notices + 1}`,
    incidentId: incident.id,
    kind,
    severity: incident.severity,
    title: titleFor(kind, incident.title),
    body: [incident.cause, consequences(incident), kind === 'resolved' ? null : incident.advice]
      .filter((part) => part !== null && part !== '')
      .join('\n'),
    atMs: now.wallMs,
    suppressed,
  };
}

function titleFor(kind: NoticeKind, title: string): string {
  switch (kind) {
    case 'fired':
      return title;
    case 'raised':
      return `Worse: ${title}`;
    case 'reminder':
    case 'still_firing':
      return `Still: ${title}`;
    case 'unstable':
      return `Unstable: ${title}`;
    case 'settled':
      return `Settled: ${title}`;
    case 'resolved':
      return `Over: ${title}`;
  }
}

function consequences({ members }: IncidentRecord['incident']): string | null {
  const explained = new Set(
    members
      .filter((member) => member.explained && isActiveMember(member))
      .map(({ target }) => `${target.kind} ${target.id}`),
  );
  if (explained.size === 0) return null;
  return explained.size === 1 ? 'One more thing suffers from it.' : `${explained.size} more things suffer from it.`;
}
