// What holds notices of an incident back, or makes them more: acknowledged, snoozed, silenced, unstable. Never its state.
import { BellOff, Check, Clock, Waves } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Incident } from '../../../../shared/domain/alerts';
import { formatClock, formatDateTime } from '../../../../shared/util/format';
import { useNow } from '../../hooks/useNow';
import { useSnapshot } from '../../store/selectors';
import { isSnoozed } from './incidentWords';
import { t } from '../../texts/texts';
import classes from './incident.module.css';

const ICON_PROPS = { size: 13, strokeWidth: 1.75, 'aria-hidden': true } as const;

export function IncidentOverlays({ incident }: { readonly incident: Incident }): ReactNode {
  const { ack, snoozed, silencedBy, flapping, flips, state } = incident;
  const stillSnoozed = useNow((nowMs) => isSnoozed(incident, nowMs));
  const silence = useSnapshot((snapshot) => snapshot.alerts.silences.find(({ id }) => id === silencedBy) ?? null);
  const lines: ReactNode[] = [];
  if (ack !== null) {
    lines.push(
      <>
        <Check {...ICON_PROPS} />
        {ack.note === ''
          ? t('incidents.ackAt', { time: formatClock(ack.atMs) })
          : t('incidents.ackAtWith', { time: formatClock(ack.atMs), note: ack.note })}
      </>,
    );
  }
  if (stillSnoozed) {
    lines.push(
      <>
        <Clock {...ICON_PROPS} />
        {typeof snoozed === 'number'
          ? t('incidents.snoozedUntil', { time: formatDateTime(snoozed) })
          : t('incidents.snoozedUntilChange')}
      </>,
    );
  }
  if (silencedBy !== null) {
    lines.push(
      <>
        <BellOff {...ICON_PROPS} />
        {silence === null
          ? t('incidents.silenced')
          : t(`incidents.heldUntil.${silence.kind}`, { time: formatDateTime(silence.untilMs), reason: silence.reason })}
      </>,
    );
  }
  if (flapping && state !== 'resolved') {
    lines.push(
      <>
        <Waves {...ICON_PROPS} />
        {t('incidents.unstable', { flips })}
      </>,
    );
  }
  if (lines.length === 0) return null;
  return (
    <ul className={classes.overlays}>
      {lines.map((line, index) => (
        <li key={index}>{line}</li>
      ))}
    </ul>
  );
}
