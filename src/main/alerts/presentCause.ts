// Which cause an open incident names while its evidence changes. What begins anew is believed at once; what changes while it lasts
// has to stand first, and longer with each change, so that the words do not go back and forth. Pure.
import type { Incident, IncidentMember } from '../../shared/domain/alerts';
import type { MetricName } from '../../shared/domain/metrics';
import { type Doubt, faceOf, inOrder, type JudgedFault } from './incidentRecord';
import type { Moment } from './instance';
import { type AlertFacts, looksBack } from './rootCause';

/** Observed time for which another cause must show without a break before the first change; doubles with each one. */
const STANDS_MS = 10_000;
const STANDS_LONGEST_MS = 15 * 60_000;

/** Their readings say which of several causes it is; elsewhere other words only say it better: who holds the lock, say. */
const OF_MANY_CAUSES: ReadonlySet<MetricName> = new Set([
  'host.breakerOpen',
  'database.unavailableFor',
  'collector.lastRunFault',
  'collector.failureStreak',
]);

export interface Present {
  readonly incident: Incident;
  readonly doubt: Doubt;
  /** The cause, in one sentence, when it is another one than before; null otherwise. */
  readonly changedTo: string | null;
}

/**
 * The incident in the words of what is wrong at its root now.
 * @param before members as they were at the last look: what did not fire then begins anew
 */
export function withPresentCause(
  incident: Incident,
  before: readonly IncidentMember[],
  doubt: Doubt,
  faults: ReadonlyMap<string, JudgedFault>,
  facts: AlertFacts,
  now: Moment,
): Present {
  const fault = presentFault(incident, faults);
  if (fault === null) return { incident, doubt: { ...doubt, other: null }, changedTo: null };
  const { instance, rule } = fault;
  const face = faceOf(rule, instance.target, instance.detail, facts);
  const said: Incident = { ...incident, ...face, rootRuleId: rule.id };
  if (!isAnother(incident, said, rule.metric))
    return { incident: said, doubt: { ...doubt, other: null }, changedTo: null };
  const changedTo = isSame(incident.title, said.title) ? (said.cause ?? said.title) : `${said.title}.`;
  const isNew = before.find(({ key }) => key === instance.key)?.state !== 'firing';
  if (isNew) return { incident: said, doubt: { ...doubt, other: null }, changedTo };
  const other = essence(`${said.title} ${said.cause ?? ''}`);
  const sinceObservedMs = other === doubt.other ? doubt.sinceObservedMs : now.observedMs;
  const standsMs = Math.min(STANDS_LONGEST_MS, STANDS_MS * 2 ** doubt.changes);
  if (now.observedMs - sinceObservedMs < standsMs)
    return { incident, doubt: { ...doubt, other, sinceObservedMs }, changedTo: null };
  return { incident: said, doubt: { ...doubt, other: null, changes: doubt.changes + 1 }, changedTo };
}

/** The fault that the incident is called after while it fires; else the worst one at the same place that does. */
function presentFault({ members, rootRuleId }: Incident, faults: ReadonlyMap<string, JudgedFault>): JudgedFault | null {
  const firing = inOrder(members.filter(({ state, explained }) => state === 'firing' && !explained)).flatMap(
    ({ key }) => faults.get(key) ?? [],
  );
  const fresh = firing.filter(({ rule }) => !looksBack(rule.metric));
  const candidates = fresh.length > 0 ? fresh : firing;
  return candidates.find(({ rule }) => rule.id === rootRuleId) ?? candidates[0] ?? null;
}

function isAnother(before: Incident, after: Incident, metric: MetricName): boolean {
  if (before.rootRuleId === after.rootRuleId && !OF_MANY_CAUSES.has(metric)) return false;
  return !isSame(before.title, after.title) || !isSame(before.cause ?? '', after.cause ?? '');
}

/** One may say more than the other. */
function isSame(a: string, b: string): boolean {
  const [one, two] = [essence(a), essence(b)];
  return one.includes(two) || two.includes(one);
}

/** Without numbers, addresses and the end of the sentence. */
function essence(text: string): string {
  return text
    .replaceAll(/\S*\d\S*/g, '')
    .replaceAll(/[\s.]+/g, ' ')
    .trim();
}
