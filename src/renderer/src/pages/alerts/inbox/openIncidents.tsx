// One heap of the open incidents. Where there is nothing, it says whether that is good news, and how fresh the news is.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Incident } from '../../../../../shared/domain/alerts';
import { Age } from '../../../components/age';
import { IncidentCard } from '../../../components/incidents/incidentCard';
import type { Heap } from '../../../components/incidents/incidentWords';
import { Notice } from '../../../components/notice';
import { useConnectionLost } from '../../../components/shell/connectionBar';
import { useSnapshot } from '../../../store/selectors';
import { rich } from '../../../texts/rich';
import { t } from '../../../texts/texts';
import classes from '../alerts.module.css';

interface OpenIncidentsProps {
  readonly heap: Exclude<Heap, 'resolved'>;
  readonly incidents: readonly Incident[];
  /** Open ones of every heap. */
  readonly total: number;
  /** Open ones that are in no heap, because the list does not have them. */
  readonly unlisted: number;
  readonly onShowAll: (() => void) | null;
  readonly selectedId: string | null;
}

export function OpenIncidents(props: OpenIncidentsProps): ReactNode {
  const { heap, incidents, total, unlisted, onShowAll, selectedId } = props;
  return (
    <>
      {incidents.length === 0 ? (
        <div className={classes.empty}>{total === 0 ? <AllQuiet /> : <HeapEmpty heap={heap} total={total} />}</div>
      ) : (
        <ul className={classes.cards}>
          {incidents.map((incident) => (
            <li key={incident.id}>
              <IncidentCard incident={incident} selected={incident.id === selectedId} />
            </li>
          ))}
        </ul>
      )}
      {unlisted > 0 && (
        <p className={classes.more} data-testid="unlisted">
          {rich('alerts.openToo', {
            unlisted: t('alerts.milderOpen', { count: unlisted }),
            showAll: onShowAll !== null && <Button onClick={onShowAll}>{t('alerts.showAll', { total })}</Button>,
          })}
        </p>
      )}
    </>
  );
}

function AllQuiet(): ReactNode {
  const lookedAtMs = useSnapshot((snapshot) => snapshot.atMs);
  const lost = useConnectionLost();
  if (lost) {
    return (
      <Notice title={t('alerts.nothingWasWrong')}>
        {rich('alerts.nothingWasWrongHint', { age: <Age atMs={lookedAtMs} ago /> })}
      </Notice>
    );
  }
  return (
    <Notice title={t('alerts.nothingWrong')}>
      <span aria-hidden="true">{rich('alerts.lastLooked', { age: <Age atMs={lookedAtMs} ago /> })} </span>
      {t('alerts.nothingWrongHint')}
    </Notice>
  );
}

function HeapEmpty({ heap, total }: Pick<OpenIncidentsProps, 'heap' | 'total'>): ReactNode {
  return (
    <Notice title={t(`alerts.nothing.${heap}`)}>
      {t('alerts.openElsewhere', { total: t('alerts.incidentsAre', { count: total }) })}
    </Notice>
  );
}
