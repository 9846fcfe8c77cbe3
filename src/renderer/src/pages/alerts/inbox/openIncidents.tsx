// One heap of the open incidents. Where there is nothing, it says whether that is good news, and how fresh the news is.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Incident } from '../../../../../shared/domain/alerts';
import { formatQuantity } from '../../../../../shared/util/format';
import { Age } from '../../../components/age';
import { IncidentCard } from '../../../components/incidents/incidentCard';
import type { Heap } from '../../../components/incidents/incidentWords';
import { Notice } from '../../../components/notice';
import { useConnectionLost } from '../../../components/shell/connectionBar';
import { useSnapshot } from '../../../store/selectors';
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
          {formatQuantity(unlisted, 'milder incident is', 'milder incidents are')} open too.
          {onShowAll !== null && <Button onClick={onShowAll}>Show all {total}</Button>}
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
      <Notice title="Nothing was wrong when Poolwatch last answered">
        That was <Age atMs={lookedAtMs} suffix=" ago" />. What has happened since is not known here.
      </Notice>
    );
  }
  return (
    <Notice title="Nothing is wrong">
      <span aria-hidden="true">
        Last looked: <Age atMs={lookedAtMs} suffix=" ago" />.{' '}
      </span>
      Faults appear here as soon as they are seen, with their cause.
    </Notice>
  );
}

const EMPTY_WORDS: Readonly<Record<OpenIncidentsProps['heap'], string>> = {
  firing: 'Nothing is waiting for an answer',
  acknowledged: 'Nothing is acknowledged',
  snoozed: 'Nothing is snoozed',
  silenced: 'Nothing that is silenced is firing',
};

function HeapEmpty({ heap, total }: Pick<OpenIncidentsProps, 'heap' | 'total'>): ReactNode {
  return (
    <Notice title={EMPTY_WORDS[heap]}>
      {formatQuantity(total, 'incident is', 'incidents are')} open under the other headings.
    </Notice>
  );
}
