// The open incidents: look at one, answer it, put it aside.
import type { Incident } from '../../../../../shared/domain/alerts';
import { formatClock } from '../../../../../shared/util/format';
import { showOverlay } from '../../../store/overlayStore';
import { navigate } from '../../../store/route';
import { orderSilenceEnd, orderSnooze, orderUnack } from '../../incidents/incidentOrders';
import { isSnoozed } from '../../incidents/incidentWords';
import { SNOOZES } from '../../incidents/snoozeTimes';
import type { PaletteAction, PaletteContext } from '../paletteAction';
import { t } from '../../../texts/texts';

export function incidentActions({ snapshot, nowMs }: PaletteContext): readonly PaletteAction[] {
  return snapshot.alerts.incidents.flatMap((incident) => [
    {
      id: `incident.open.${incident.id}`,
      group: 'incidents',
      title: t('palette.openIncident', { title: incident.title }),
      keywords: t('palette.openIncidentWords'),
      note: t('palette.sinceTime', { openedAtMs: formatClock(incident.openedAtMs) }),
      run: () => navigate('alerts', incident.id),
    },
    ...answers(incident, nowMs),
  ]);
}

function answers(incident: Incident, nowMs: number): readonly PaletteAction[] {
  const { id, title, ack, silencedBy, state } = incident;
  if (state === 'resolved') return [];
  const order = (key: string, words: string, run: () => void): PaletteAction => {
    return {
      id: `incident.${key}.${id}`,
      group: 'incidents',
      title: `${words}: ${title}`,
      keywords: t('palette.incidentWords'),
      run,
    };
  };
  return [
    ack === null
      ? order('ack', t('incidents.acknowledge'), () => showOverlay({ kind: 'ack', incidentId: id }))
      : order('unack', t('incidents.unacknowledge'), () => void orderUnack(id)),
    ...(isSnoozed(incident, nowMs)
      ? [order('unsnooze', t('palette.endSnooze'), () => void orderSnooze(id, null))]
      : SNOOZES.map(({ key, until }) =>
          order(`snooze.${key}`, t(`palette.snooze.${key}`), () => void orderSnooze(id, until(Date.now()))),
        )),
    silencedBy === null
      ? order('silence', t('palette.silence'), () => showOverlay({ kind: 'silence', incidentId: id }))
      : order('unsilence', t('palette.endSilence'), () => void orderSilenceEnd(silencedBy)),
  ];
}
