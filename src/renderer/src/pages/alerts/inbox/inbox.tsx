// The incidents, by what has been said about them, and the details of one beside the list. The snapshot carries the worst open
// ones; when there are more, all of them are asked for on demand.
import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Incident } from '../../../../../shared/domain/alerts';
import { type Heap, heapOf, HEAPS, worstFirst } from '../../../components/incidents/incidentWords';
import { useNow } from '../../../hooks/useNow';
import { useQuery } from '../../../hooks/useQuery';
import { useSnapshot } from '../../../store/selectors';
import { IncidentDetailsPanel } from './incidentDetailsPanel';
import { OpenIncidents } from './openIncidents';
import { ResolvedIncidents } from './resolvedIncidents';
import { t } from '../../../texts/texts';
import classes from '../alerts.module.css';

const MOST_LISTED = 500;
const REFRESH_MS = 5_000;

export function Inbox({ incidentId }: { readonly incidentId: string | null }): ReactNode {
  const { incidents } = useSnapshot((snapshot) => snapshot.alerts);
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<Heap | null>(null);
  const shared = { incidentId, chosen, onChoose: setChosen };
  if (all) return <FullInbox {...shared} />;
  return <InboxView {...shared} incidents={incidents} onShowAll={() => setAll(true)} />;
}

interface Shared {
  readonly incidentId: string | null;
  readonly chosen: Heap | null;
  readonly onChoose: (heap: Heap) => void;
}

function FullInbox(shared: Shared): ReactNode {
  const worst = useSnapshot((snapshot) => snapshot.alerts.incidents);
  const args = { state: 'open', beforeMs: null, limit: MOST_LISTED } as const;
  const { data } = useQuery('incidents.list', args, { everyMs: REFRESH_MS });
  return <InboxView {...shared} incidents={data === null ? worst : worstFirst(data.incidents)} onShowAll={null} />;
}

interface InboxViewProps extends Shared {
  readonly incidents: readonly Incident[];
  /** Null when all that can be shown are. */
  readonly onShowAll: (() => void) | null;
}

function InboxView({ incidentId, chosen, onChoose, incidents, onShowAll }: InboxViewProps): ReactNode {
  const open = useSnapshot((snapshot) => snapshot.alerts.open);
  const lately = useSnapshot((snapshot) => snapshot.alerts.lately.length);
  const heaps = useHeaps(incidents);
  // What nobody has answered yet comes first; where there is none of it, the first heap that has something.
  const heap = chosen ?? HEAPS.find((name) => heaps[name].length > 0) ?? 'firing';
  const total = open.critical + open.warning + open.info;
  const unlisted = Math.max(0, total - incidents.length);
  return (
    <div className={classes.panes} data-split={incidentId !== null || undefined}>
      <div className={classes.list}>
        <SegmentedControl
          className={classes.filter}
          aria-label={t('alerts.whichIncidents')}
          data-testid="incident-heaps"
          value={heap}
          onChange={(value) => onChoose(HEAPS.find((name) => name === value) ?? 'firing')}
          data={HEAPS.map((name) => ({
            value: name,
            label: <HeapLabel heap={name} count={name === 'resolved' ? lately : heaps[name].length} />,
          }))}
        />
        {heap === 'resolved' ? (
          <ResolvedIncidents selectedId={incidentId} />
        ) : (
          <OpenIncidents
            heap={heap}
            incidents={heaps[heap]}
            total={total}
            unlisted={unlisted}
            onShowAll={onShowAll}
            selectedId={incidentId}
          />
        )}
      </div>
      {incidentId !== null && <IncidentDetailsPanel key={incidentId} incidentId={incidentId} />}
    </div>
  );
}

function HeapLabel({ heap, count }: { readonly heap: Heap; readonly count: number }): ReactNode {
  return (
    <span className={classes.heap} title={heap === 'resolved' ? t('alerts.lastHourHint') : undefined}>
      {t(`incidents.state.${heap}`)}
      {count > 0 && <span className={classes.count}>{count}</span>}
    </span>
  );
}

/** A snooze ends by the clock, so the heaps follow it without a push. */
function useHeaps(incidents: readonly Incident[]): Readonly<Record<Heap, readonly Incident[]>> {
  const sorted = useNow((nowMs) => incidents.map((incident) => heapOf(incident, nowMs)).join(' ')).split(' ');
  const lyingIn = (heap: Heap): readonly Incident[] => incidents.filter((_, index) => sorted[index] === heap);
  return {
    firing: lyingIn('firing'),
    acknowledged: lyingIn('acknowledged'),
    snoozed: lyingIn('snoozed'),
    silenced: lyingIn('silenced'),
    resolved: lyingIn('resolved'),
  };
}
