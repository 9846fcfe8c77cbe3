// An incident as the newest readings have it: members, title, severity and state. Pure.
import type { AlertRule, Incident, IncidentMember } from '../../shared/domain/alerts';
import {
  holders,
  type IncidentRecord,
  inOrder,
  isActiveMember,
  type JudgedFault,
  memberOf,
  NO_DOUBT,
  severityOf,
  stateOf,
} from './incidentRecord';
import { isOfRun } from './incidentRoot';
import type { Moment } from './instance';
import { type Present, withPresentCause } from './presentCause';
import type { AlertFacts } from './rootCause';

export interface Newest {
  /** Every active fault. */
  readonly faults: ReadonlyMap<string, JudgedFault>;
  /** One that has ended lately; null when it is not known any more. */
  readonly ended: (key: string) => JudgedFault | null;
  readonly facts: AlertFacts;
  /** Of the present book of rules, or null once it was removed. */
  readonly rule: (ruleId: string) => AlertRule | null;
}

export function refreshed(record: IncidentRecord, { faults, ended, facts, rule }: Newest, now: Moment): Present {
  const before = record.incident;
  const members = before.members.map((member) => {
    const fault = faults.get(member.key) ?? ended(member.key);
    if (!fault) return isActiveMember(member) ? { ...member, state: 'resolved' as const, sinceMs: now.wallMs } : member;
    const fresh = memberOf(fault, record.node, facts);
    return { ...fresh, explained: record.storm || fresh.explained };
  });
  // What merely follows has nothing to prove once it is good again.
  const proves = ({ explained, ruleId }: IncidentMember): boolean =>
    !explained || (record.storm && isOfRun(rule(ruleId)?.metric));
  const state = stateOf(holders(members, rule), proves);
  const incident: Incident = {
    ...before,
    state,
    members: inOrder(members),
    severity: severityOf(before.severity, members, record.storm),
    // What has another cause for now is not settled by that.
    flapping: members.some(
      ({ key, explained }) => (!explained || before.flapping) && faults.get(key)?.instance.flap.flapping === true,
    ),
    resolvedAtMs: state === 'resolved' ? Math.max(now.wallMs, before.openedAtMs) : null,
  };
  const doubt = record.doubt ?? NO_DOUBT;
  if (record.storm) return { incident, doubt, changedTo: null };
  return withPresentCause(incident, before.members, doubt, faults, facts, now);
}
