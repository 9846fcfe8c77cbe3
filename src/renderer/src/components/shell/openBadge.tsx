// How many open incidents nobody has put aside, with the worst of them in shape and colour.
import type { ReactNode } from 'react';
import { useNow } from '../../hooks/useNow';
import { useSnapshotStore } from '../../store/snapshotStore';
import { isPlain } from '../incidents/incidentWords';
import { t } from '../../texts/texts';
import classes from './openBadge.module.css';

const MOST_SHOWN = 99;

export function OpenBadge(): ReactNode {
  const alerts = useSnapshotStore((state) => state.snapshot?.alerts ?? null);
  const aside = useNow((nowMs) => alerts?.incidents.filter((incident) => !isPlain(incident, nowMs)).length ?? 0);
  const critical = useNow(
    (nowMs) => alerts?.incidents.some((one) => one.severity === 'critical' && isPlain(one, nowMs)) ?? false,
  );
  if (alerts === null) return null;
  const count = alerts.open.critical + alerts.open.warning + alerts.open.info - aside;
  if (count <= 0) return null;
  return (
    <span className={classes.badge} data-critical={critical || undefined} data-testid="open-badge">
      <span aria-hidden="true">{count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}</span>
      <span className="pw-visually-hidden">
        {critical ? t('shell.openIncidentsCritical', { count }) : t('shell.openIncidents', { count })}
      </span>
    </span>
  );
}
