// What one fault explains, folded: twenty collectors that fail for one reason are one line until somebody wants to see them.
import type { ReactNode } from 'react';
import type { Incident, IncidentMember } from '../../../../shared/domain/alerts';
import { formatQuantity } from '../../../../shared/util/format';
import { useSnapshot } from '../../store/selectors';
import { Age } from '../age';
import { ALERT_STATE_LOOKS, SEVERITY_LOOKS, StatusGlyph } from '../status/statusMark';
import { targetName } from './incidentWords';
import classes from './incident.module.css';

export function IncidentMembers({ incident }: { readonly incident: Incident }): ReactNode {
  const followers = incident.members.slice(1);
  if (followers.length === 0) return null;
  return (
    <details className={classes.members}>
      <summary>explains {formatQuantity(followers.length, 'more alert')}</summary>
      <MemberList members={followers} />
    </details>
  );
}

export function MemberList({ members }: { readonly members: readonly IncidentMember[] }): ReactNode {
  const collectors = useSnapshot((snapshot) => snapshot.collectors);
  return (
    <ul className={classes.memberList}>
      {members.map((member) => {
        const firing = member.state === 'firing';
        const look = firing ? SEVERITY_LOOKS[member.severity] : ALERT_STATE_LOOKS[member.state];
        return (
          <li key={member.key} data-state={member.state}>
            <StatusGlyph tone={look.tone} size={11} />
            <span className={classes.memberWords}>
              <span className="pw-visually-hidden">{look.word}: </span>
              {member.title}
              <span className={classes.faint}>
                {' '}
                {targetName(member.target, collectors)}
                {!firing && `, ${look.word.toLowerCase()}`}
                {member.detail !== null && ` · ${member.detail}`}
              </span>
            </span>
            <span className={classes.memberSince}>
              <Age atMs={member.sinceMs} short />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
