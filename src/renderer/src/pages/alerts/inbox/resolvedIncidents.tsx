// What is over, newest first, as far back as somebody wants to look.
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { IncidentCard } from '../../../components/incidents/incidentCard';
import { Notice } from '../../../components/notice';
import { useQuery } from '../../../hooks/useQuery';
import { useSnapshot } from '../../../store/selectors';
import { t } from '../../../texts/texts';
import classes from '../alerts.module.css';

const STEP = 25;
/** What was resolved longer ago than that many incidents is a matter for the export, not for scrolling. */
const MOST = 500;

export function ResolvedIncidents({ selectedId }: { readonly selectedId: string | null }): ReactNode {
  const [limit, setLimit] = useState(STEP);
  const newest = useSnapshot((snapshot) => snapshot.alerts.lately[0]?.id ?? null);
  const args = { state: 'resolved', beforeMs: null, limit } as const;
  const { data, error, refresh } = useQuery('incidents.list', args, {
    trigger: `${newest} ${limit}`,
    identity: 'resolved',
  });
  if (data === null) {
    return (
      <div className={classes.empty}>
        {error === null ? (
          <Notice title={t('alerts.readingPast')} />
        ) : (
          <Notice title={t('alerts.listNotRead')} tone="error" action={{ label: t('common.tryAgain'), run: refresh }}>
            {error.message}
          </Notice>
        )}
      </div>
    );
  }
  if (data.incidents.length === 0) {
    return (
      <div className={classes.empty}>
        <Notice title={t('alerts.nothingHappened')}>{t('alerts.nothingHappenedHint')}</Notice>
      </div>
    );
  }
  return (
    <>
      <ul className={classes.cards}>
        {data.incidents.map((incident) => (
          <li key={incident.id}>
            <IncidentCard incident={incident} selected={incident.id === selectedId} />
          </li>
        ))}
      </ul>
      {data.incidents.length >= limit && limit < MOST && (
        <p className={classes.more}>
          <Button onClick={() => setLimit(Math.min(MOST, limit + STEP))}>{t('common.showOlder')}</Button>
        </p>
      )}
    </>
  );
}
