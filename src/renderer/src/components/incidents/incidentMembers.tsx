// What one fault explains, folded: twenty collectors that fail for one reason are one line until somebody wants to see them.
import type { ReactNode } from 'react';
import type { Incident, IncidentMember } from '../../../../shared/domain/alerts';
import { Age } from '../age';
import { ALERT_STATE_LOOKS, SEVERITY_LOOKS, StatusGlyph } from '../status/statusMark';
import { t } from '../../texts/texts';
import classes from './incident.module.css';

export function IncidentMembers({ incident }: { readonly incident: Incident }): ReactNode {
  const { members, root, rootRuleId } = incident;
  // Where many failed at once for a cause that is only suspected, no member is the root.
  const followers = members.filter(
    ({ ruleId, target }) => ruleId !== rootRuleId || target.kind !== root.kind || target.id !== root.id,
  );
  if (followers.length === 0) return null;
  return (
    <details className={classes.members}>
      <summary>{t('incidents.explains', { alerts: t('incidents.moreAlerts', { count: followers.length }) })}</summary>
      <MemberList members={followers} />
    </details>
  );
}

export function MemberList({ members }: { readonly members: readonly IncidentMember[] }): ReactNode {
  return (
    <ul className={classes.memberList}>
      {members.map((member) => {
        const firing = member.state === 'firing';
        const look = firing ? SEVERITY_LOOKS[member.severity] : ALERT_STATE_LOOKS[member.state];
        return (
          <li key={member.key} data-state={member.state}>
            <StatusGlyph tone={look.tone} size={11} />
            <span className={classes.memberWords}>
              <span className="pw-visually-hidden">{t(look.wordKey)}: </span>
              {member.title}
              <span className={classes.faint}>
                {!firing && `, ${t(`status.inSentence.alert.${member.state}`)}`}
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
