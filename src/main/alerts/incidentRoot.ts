// Where the cause of an incident lies: whether a place in the tree of causes is its home, whether something further out explains
// all of it, and what it is with another root. Pure.
import type { Incident, IncidentMember } from '../../shared/domain/alerts';
import type { MetricName } from '../../shared/domain/metrics';
import { faultAt, nodeOfFault } from './incidentChanges';
import { type IncidentRecord, isActiveMember, type JudgedFault } from './incidentRecord';
import type { Moment } from './instance';
import { type AlertFacts, explainedBy, looksBack } from './rootCause';

/** Every active one, by its key. */
export type Faults = ReadonlyMap<string, JudgedFault>;

/** What their faults are blamed on is known from the run that failed. */
const OF_A_RUN: ReadonlySet<MetricName> = new Set(['collector.lastRunFault', 'collector.failureStreak']);

export function isOfRun(metric: MetricName | undefined): boolean {
  return metric !== undefined && OF_A_RUN.has(metric);
}

/** Something is wrong at its root itself, or makes one suspect the root of a storm. What is good again is not wrong. */
export function isRooted({ incident, storm }: IncidentRecord, faults: Faults): boolean {
  return incident.members.some(({ key, state, explained }) => {
    if (state !== 'firing') return false;
    const metric = faults.get(key)?.rule.metric;
    return storm ? metric !== undefined && !looksBack(metric) : !explained;
  });
}

/** What is wrong at its root is good again, and has to stay so for a while. */
export function isProving({ incident }: IncidentRecord): boolean {
  return incident.members.some(({ state, explained }) => state === 'recovering' && !explained);
}

/** Members at the place are its roots, or go on though its root has gone. @param isHere whether a member is at the place */
export function isHome({ incident, storm }: IncidentRecord, isHere: (member: IncidentMember) => boolean): boolean {
  const active = incident.members.filter(isActiveMember);
  const isRooted = !storm && active.some(({ explained }) => !explained);
  const goesOn = !isRooted && active.some(({ state }) => state === 'firing');
  return active.filter(isHere).some(({ explained }) => !explained || goesOn);
}

/** Observed time after which what is good again turns out to have been a part of something else no more. */
const TURNS_OUT_MS = 30_000;

/** Whether everything that an incident has for its root follows from the fault, which lies elsewhere. What looks back does not say. */
export function isCauseOf(
  fault: JudgedFault,
  record: IncidentRecord,
  faults: Faults,
  facts: AlertFacts,
  now: Moment,
): boolean {
  const { node, incident, storm } = record;
  // Whatever of it is back for this cause leaves it: it was told, and is over.
  if (storm && !explainsStill(record, now)) return false;
  const cause = nodeOfFault(fault);
  const active = incident.members
    .filter((member) => isActiveMember(member) && (storm || !member.explained))
    .flatMap(({ key }) => faults.get(key) ?? []);
  // A storm is about what was made of its runs, as long as anything was.
  const ofRuns = storm ? active.filter(({ rule }) => isOfRun(rule.metric)) : [];
  const roots = (ofRuns.length > 0 ? ofRuns : active).filter(
    (root) => !looksBack(root.rule.metric) && isLately(root, now, TURNS_OUT_MS),
  );
  if (node === cause || roots.length === 0) return false;
  return roots.every((root) => root !== fault && explainedBy(faultAt(root), new Set([cause]), facts) === cause);
}

/** Nothing is wrong in it now: all that it is about looks back. */
export function isLookingBack({ incident }: IncidentRecord, faults: Faults): boolean {
  const active = incident.members.filter(isActiveMember).flatMap(({ key }) => faults.get(key) ?? []);
  return active.length > 0 && active.every(({ rule }) => looksBack(rule.metric));
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
function isLately({ instance: { state, sinceObservedMs } }: JudgedFault, now: Moment, withinMs = FOLLOWS_MS): boolean {
  return state === 'firing' || now.observedMs - sinceObservedMs < withinMs;
}

/** What begins now may follow from its root, or from what is suspected there. */
export function explainsStill({ rootGoneObservedMs }: IncidentRecord, now: Moment): boolean {
  return rootGoneObservedMs === null || now.observedMs - rootGoneObservedMs < FOLLOWS_MS;
}

/** Where something is wrong, or is suspected. */
export interface Faulty {
  /** Now. */
  readonly firing: ReadonlySet<string>;
  /** Or so lately that others still follow from it. */
  readonly lately: ReadonlySet<string>;
}

export function faultyNodes(open: readonly IncidentRecord[], faults: Faults, now: Moment): Faulty {
  const all = [...faults.values()];
  return {
    firing: new Set(all.filter(({ instance }) => instance.state === 'firing').map(nodeOfFault)),
    lately: new Set([
      ...all.filter((fault) => isLately(fault, now)).map(nodeOfFault),
      ...open.filter((record) => explainsStill(record, now)).map(({ node }) => node),
    ]),
  };
}

/** What is wrong now explains better than what was. */
export function causeOf(fault: JudgedFault, { firing, lately }: Faulty, facts: AlertFacts): string | null {
  return explainedBy(faultAt(fault), firing, facts) ?? explainedBy(faultAt(fault), lately, facts);
}

/** A fault that is back, and followed from the root of the incident that holds it: it does so no more. */
export function hasLeft(holding: IncidentRecord, fault: JudgedFault, facts: AlertFacts, now: Moment): boolean {
  const member = holding.incident.members.find(({ key }) => key === fault.instance.key);
  if (member?.explained !== true) return false;
  if (!explainsStill(holding, now)) return true;
  return !holding.storm && explainedBy(faultAt(fault), new Set([holding.node]), facts) === null;
}

interface Stray {
  /** Ids of incidents. */
  readonly from: string;
  readonly to: string;
  readonly fault: JudgedFault;
}

/**
 * What still fails in incidents whose root is good, or suspected of what nobody fails for any more, and follows from what is wrong at
 * the root of another one.
 */
export function strays(open: readonly IncidentRecord[], faults: Faults, facts: AlertFacts): readonly Stray[] {
  const firing = ({ incident }: IncidentRecord, isExplained: boolean) =>
    incident.members.flatMap(({ key, explained }) => {
      const fault = explained === isExplained ? faults.get(key) : undefined;
      return fault?.instance.state === 'firing' ? [{ fault, at: faultAt(fault) }] : [];
    });
  const isPresent = (record: IncidentRecord): boolean =>
    record.storm
      ? firing(record, true).some(
          ({ at }) => isOfRun(at.metric) && explainedBy(at, new Set([record.node]), facts) !== null,
        )
      : firing(record, false).length > 0;
  // A program that was held up for a moment may explain what begins then, but nothing that was there before.
  const homes = new Map(
    open
      .filter((record) => isPresent(record) && record.incident.root.kind !== 'app')
      .map(({ node, incident }) => [node, incident.id]),
  );
  return open
    .filter((record) => !isPresent(record))
    .flatMap((record) =>
      firing(record, true).flatMap(({ fault, at }) => {
        const to = looksBack(at.metric) ? undefined : homes.get(explainedBy(at, homes, facts) ?? '');
        return to === undefined ? [] : [{ from: record.incident.id, to, fault }];
      }),
    );
}
