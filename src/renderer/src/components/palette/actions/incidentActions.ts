// The open incidents: look at one, answer it, put it aside.
import type { Incident } from '../../../../../shared/domain/alerts';
import { formatClock } from '../../../../../shared/util/format';
import { showOverlay } from '../../../store/overlayStore';
import { navigate } from '../../../store/route';
import { orderSilenceEnd, orderSnooze, orderUnack } from '../../incidents/incidentOrders';
import { isSnoozed } from '../../incidents/incidentWords';
import { SNOOZES } from '../../incidents/snoozeTimes';
import type { PaletteAction, PaletteContext } from '../paletteAction';

export function incidentActions({ snapshot, nowMs }: PaletteContext): readonly PaletteAction[] {
  return snapshot.alerts.incidents.flatMap((incident) => [
    {
      id: `incident.open.${incident.id}`,
      group: 'Incidents',
      title: `Open: ${incident.title}`,
      keywords: 'incident alert details',
      note: `since ${formatClock(incident.openedAtMs)}`,
      run: () => navigate('alerts', incident.id),
    },
    ...answers(incident, nowMs),
  ]);
}

function answers(incident: Incident, nowMs: number): readonly PaletteAction[] {
  const { id, title, ack, silencedBy, state } = incident;
  if (state === 'resolved') return [];
  const order = (key: string, words: string, run: () => void): PaletteAction => {
    return { id: `incident.${key}.${id}`, group: 'Incidents', title: `${words}: ${title}`, keywords: 'incident', run };
  };
  return [
    ack === null
      ? order('ack', 'Acknowledge', () => showOverlay({ kind: 'ack', incidentId: id }))
      : order('unack', 'Unacknowledge', () => void orderUnack(id)),
    ...(isSnoozed(incident, nowMs)
      ? [order('unsnooze', 'End the snooze', () => void orderSnooze(id, null))]
      : SNOOZES.map(({ key, label, until }) =>
          order(`snooze.${key}`, `Snooze ${label.toLowerCase()}`, () => void orderSnooze(id, until(Date.now()))),
        )),
    silencedBy === null
      ? order('silence', 'Silence', () => showOverlay({ kind: 'silence', incidentId: id }))
      : order('unsilence', 'End the silence', () => void orderSilenceEnd(silencedBy)),
  ];
}
