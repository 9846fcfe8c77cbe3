// Where the cause of an incident lies: whether a place in the tree of causes is its home, whether something further out explains
// all of it, and what it is with another root. Pure.
import type { Incident, IncidentMember } from '../../shared/domain/alerts';
import type { MetricName } from '../../shared/domain/metrics';
import { faultAt, nodeOfFault } from './incidentChanges';
import { type IncidentRecord, isActiveMember, type JudgedFault } from './incidentRecord';
import type { Moment } from './instance';
import { type AlertFacts, explainedBy, looksBack } from './rootCause';

type Faults = ReadonlyMap<string, JudgedFault>;

/** Something is wrong at its root itself; a storm's suspected root counts as long as it lasts. What is good again is not wrong. */
export function isRooted({ incident, storm }: IncidentRecord): boolean {
  return storm || incident.members.some(({ state, explained }) => state === 'firing' && !explained);
}

/** What is wrong at its root is good again, and has to stay so for a while. */
export function isProving({ incident }: IncidentRecord): boolean {
  return incident.members.some(({ state, explained }) => state === 'recovering' && !explained);
}

/** Members at the place are its roots, or it has no root of its own. @param isHere whether a member is at the place */
export function isHome({ incident, storm }: IncidentRecord, isHere: (member: IncidentMember) => boolean): boolean {
  const active = incident.members.filter(isActiveMember);
  const isRooted = !storm && active.some(({ explained }) => !explained);
  return active.filter(isHere).some(({ explained }) => !explained || !isRooted);
}

/** Whether everything that an incident has for its root follows from the fault, which lies elsewhere. */
export function isCauseOf(
  fault: JudgedFault,
  { node, incident, storm }: IncidentRecord,
  faults: Faults,
  facts: AlertFacts,
): boolean {
  const cause = nodeOfFault(fault);
  const roots = incident.members.filter((member) => isActiveMember(member) && (storm || !member.explained));
  if (node === cause || roots.length === 0) return false;
  return roots.every(({ key }) => {
    const root = faults.get(key);
    return root !== undefined && root !== fault && explainedBy(faultAt(root), new Set([cause]), facts) === cause;
  });
}

/** @param isHere whether a member is at the new root */
export function rerooted(
  record: IncidentRecord,
  node: string,
  root: Pick<Incident, 'title' | 'cause' | 'advice' | 'root' | 'rootRuleId'>,
  isHere: (member: IncidentMember) => boolean,
): IncidentRecord {
  const members = record.incident.members.map((member) => ({ ...member, explained: !isHere(member) }));
  const incident = { ...record.incident, ...root, members };
  return { ...record, node, storm: false, rootGoneObservedMs: null, incident };
}

export function withoutMember(record: IncidentRecord, key: string): IncidentRecord {
  const members = record.incident.members.filter((member) => member.key !== key);
  return { ...record, incident: { ...record.incident, members } };
}

/** Observed time for which what is left may follow its cause into recovery before it counts as a cause itself. */
export const FOLLOWS_MS = 2 * 60_000;

/** It is there, or was so lately that others still follow from it. */
function isLately({ instance: { state, sinceObservedMs } }: JudgedFault, now: Moment): boolean {
  return state === 'firing' || now.observedMs - sinceObservedMs < FOLLOWS_MS;
}

/** What begins now may follow from its root, or from what is suspected there. */
function explainsStill({ incident, storm, rootGoneObservedMs }: IncidentRecord, faults: Faults, now: Moment): boolean {
  if (!storm) return rootGoneObservedMs === null || now.observedMs - rootGoneObservedMs < FOLLOWS_MS;
  return incident.members.some(({ key }) => {
    const fault = faults.get(key);
    return fault !== undefined && !looksBack(fault.rule.metric) && isLately(fault, now);
  });
}

/** Places where something is wrong now, or is suspected. */
export function faultyNodes(open: readonly IncidentRecord[], faults: Faults, now: Moment): ReadonlySet<string> {
  return new Set([
    ...[...faults.values()].filter((fault) => isLately(fault, now)).map((fault) => nodeOfFault(fault)),
    ...open.filter((record) => explainsStill(record, faults, now)).map(({ node }) => node),
  ]);
}

/** A fault that is back, and followed from the root of the incident that holds it: it does so no more. */
export function hasLeft(
  holding: IncidentRecord,
  fault: JudgedFault,
  faults: Faults,
  facts: AlertFacts,
  now: Moment,
): boolean {
  const member = holding.incident.members.find(({ key }) => key === fault.instance.key);
  if (member?.explained !== true) return false;
  if (!explainsStill(holding, faults, now)) return true;
  return !holding.storm && explainedBy(faultAt(fault), new Set([holding.node]), facts) === null;
}

interface Stray {
  /** Ids of incidents. */
  readonly from: string;
  readonly to: string;
  readonly fault: JudgedFault;
}

/** What their faults are blamed on is known from the run that failed. */
const OF_A_RUN: ReadonlySet<MetricName> = new Set(['collector.lastRunFault', 'collector.failureStreak']);

/**
 * What still fails in incidents whose root is good, or suspected of what nobody fails for any more, and follows from what is wrong at
 * the root of another one.
 */
export function strays(open: readonly IncidentRecord[], faults: Faults, facts: AlertFacts): readonly Stray[] {
  const firing = (record: IncidentRecord) =>
    record.incident.members.flatMap(({ key, state, explained }) => {
      const fault = state === 'firing' && explained ? faults.get(key) : undefined;
      return fault ? [{ fault, at: faultAt(fault) }] : [];
    });
  const isPresent = (record: IncidentRecord): boolean =>
    record.storm
      ? firing(record).some(
          ({ at }) => OF_A_RUN.has(at.metric) && explainedBy(at, new Set([record.node]), facts) !== null,
        )
      : isRooted(record);
  // A program that was held up for a moment may explain what begins then, but nothing that was there before.
  const homes = new Map(
    open
      .filter((record) => isPresent(record) && record.incident.root.kind !== 'app')
      .map(({ node, incident }) => [node, incident.id]),
  );
  return open
    .filter((record) => !isPresent(record))
    .flatMap((record) =>
      firing(record).flatMap(({ fault, at }) => {
        const to = looksBack(at.metric) ? undefined : homes.get(explainedBy(at, homes, facts) ?? '');
        return to === undefined ? [] : [{ from: record.incident.id, to, fault }];
      }),
    );
}
