// The worst open incidents on the first page. The one that the verdict is about stands inside it, under one heading, so that no
// fault is told twice.
import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ShownSnapshot } from '../../../../shared/contract/shownSnapshot';
import type { Incident } from '../../../../shared/domain/alerts';
import { IncidentCard } from '../../components/incidents/incidentCard';
import { isPlain } from '../../components/incidents/incidentWords';
import { useNow } from '../../hooks/useNow';
import { navigate } from '../../store/route';
import { useSnapshot } from '../../store/selectors';
import { t } from '../../texts/texts';
import classes from './now.module.css';

const SHOWN = 3;

/** Open incidents that nobody has put aside, worst first. */
function usePlain(): readonly Incident[] {
  const incidents = useSnapshot((snapshot) => snapshot.alerts.incidents);
  const plain = useNow((nowMs) => incidents.map((incident) => Number(isPlain(incident, nowMs))).join(''));
  return incidents.filter((_, index) => plain[index] === '1');
}

/** The incident that tells the same as the verdict, or null. */
export function useToldByVerdict(): Incident | null {
  const plain = usePlain();
  const subjects = useSnapshot((snapshot) => subjectsOf(snapshot));
  return (
    plain.find(({ root }) => subjects.includes(`${root.kind}/${root.id}`)) ??
    plain.find((incident) => explains(incident, subjects)) ??
    null
  );
}

/** What the verdict is about, as it judges: a database in trouble first, else every collector that is not fine. */
function subjectsOf({ verdict, databases, collectors }: ShownSnapshot): readonly string[] {
  if (verdict.level !== 'degraded' && verdict.level !== 'down') return [];
  const database = databases.find(({ state }) => state !== 'ok' && state !== 'starting' && state !== 'closed');
  if (database) return [`database/${database.name}`];
  return collectors
    .filter(({ health }) => health === 'down' || health === 'degraded' || health === 'late')
    .map(({ id }) => `collector/${id}`);
}

function explains({ members }: Incident, subjects: readonly string[]): boolean {
  return members.some(({ target, state }) => state !== 'resolved' && subjects.includes(`${target.kind}/${target.id}`));
}

export function OtherIncidents(): ReactNode {
  const told = useToldByVerdict();
  const plain = usePlain();
  const open = useSnapshot((snapshot) => snapshot.alerts.open);
  const others = plain.filter(({ id }) => id !== told?.id);
  const shown = others.slice(0, told === null ? SHOWN : SHOWN - 1);
  const rest = open.critical + open.warning + open.info - shown.length - (told === null ? 0 : 1);
  if (shown.length === 0 && rest <= 0) return null;
  return (
    <section className={classes.incidents} aria-label={t('now.openIncidents')}>
      {shown.map((incident) => (
        <IncidentCard key={incident.id} incident={incident} />
      ))}
      {rest > 0 && (
        <Anchor
          component="button"
          type="button"
          size="sm"
          data-testid="more-incidents"
          onClick={() => navigate('alerts')}
        >
          {shown.length === 0 && told === null
            ? t('now.seeIncidents', { count: rest })
            : t('now.seeMoreIncidents', { count: rest })}
        </Anchor>
      )}
    </section>
  );
}
