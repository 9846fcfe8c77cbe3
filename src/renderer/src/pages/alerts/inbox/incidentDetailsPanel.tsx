// The whole story of one incident: what it is, what it explains, and its timeline.
import { CloseButton } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { IncidentDetails } from '../../../../../shared/contract/alerts';
import type { Incident } from '../../../../../shared/domain/alerts';
import { IncidentCard } from '../../../components/incidents/incidentCard';
import { MemberList } from '../../../components/incidents/incidentMembers';
import { Notice } from '../../../components/notice';
import { useQuery } from '../../../hooks/useQuery';
import { navigate } from '../../../store/route';
import { useSnapshot } from '../../../store/selectors';
import { DeliveryLog } from '../deliveries/deliveryLog';
import { IncidentTimeline } from './incidentTimeline';
import { TransitionTable } from './transitionTable';
import { t } from '../../../texts/texts';
import classes from './details.module.css';

/** Notices that were held back make no push of their own. */
const REFRESH_MS = 5_000;

export function IncidentDetailsPanel({ incidentId }: { readonly incidentId: string }): ReactNode {
  const titleId = useId();
  const panel = useRef<HTMLElement>(null);
  const change = useSnapshot((snapshot) => signature(snapshot.alerts.incidents.find(({ id }) => id === incidentId)));
  const { data, error, refresh, asOfMs } = useQuery(
    'incidents.get',
    { incidentId },
    { everyMs: REFRESH_MS, trigger: change },
  );
  useEffect(() => panel.current?.focus(), []);
  return (
    <section
      ref={panel}
      className={classes.panel}
      aria-labelledby={titleId}
      tabIndex={-1}
      data-testid="incident-details-panel"
      onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && navigate('alerts')}
    >
      <header className={classes.head}>
        <h2 id={titleId}>{t('incidents.details')}</h2>
        <CloseButton
          aria-label={t('alerts.closeDetails')}
          data-testid="close-details"
          onClick={() => navigate('alerts')}
        />
      </header>
      {data !== null && <Story details={data} />}
      {data === null && error !== null && (
        <Notice title={t('alerts.incidentNotRead')} tone="error" action={{ label: t('common.tryAgain'), run: refresh }}>
          {error.message}
        </Notice>
      )}
      {data === null && error === null && asOfMs === null && <Notice title={t('alerts.readingStory')} />}
      {data === null && error === null && asOfMs !== null && (
        <Notice title={t('alerts.incidentUnknown')}>{t('alerts.incidentUnknownHint')}</Notice>
      )}
    </section>
  );
}

/** Changes whenever the story has a new line. */
function signature(incident: Incident | undefined): string | null {
  if (incident === undefined) return null;
  const { state, severity, members, flips, ack, snoozed, silencedBy } = incident;
  return JSON.stringify([
    state,
    severity,
    members.map(({ key, state: its }) => key + its),
    flips,
    ack,
    snoozed,
    silencedBy,
  ]);
}

function Story({ details }: { readonly details: IncidentDetails }): ReactNode {
  const { incident, timeline, transitions } = details;
  return (
    <div className={classes.body}>
      <IncidentCard incident={incident} selected />
      <section>
        <h3 className={classes.part}>{t('alerts.whatHappened')}</h3>
        <IncidentTimeline events={timeline} />
      </section>
      <section>
        <h3 className={classes.part}>{t('alerts.whatBelongs')}</h3>
        <MemberList members={incident.members} />
      </section>
      <section>
        <h3 className={classes.part}>{t('alerts.whoWasTold')}</h3>
        <div className={classes.inset}>
          <DeliveryLog incidentId={incident.id} />
        </div>
      </section>
      {transitions.length > 0 && <TransitionTable transitions={transitions} />}
    </div>
  );
}
