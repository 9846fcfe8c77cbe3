// What a person orders about an incident. What came of it shows in the next snapshot; only silences say when they end.
import type { SilenceArgs } from '../../../../shared/contract/alerts';
import { formatDateTime } from '../../../../shared/util/format';
import { giveOrder } from '../orders';
import { t } from '../../texts/texts';

export function orderAck(incidentId: string, note: string): Promise<boolean> {
  return giveOrder({
    name: 'incident.ack',
    args: { incidentId, note },
    accepted: () => null,
    refused: t('incidents.notAcknowledged'),
  });
}

export function orderUnack(incidentId: string): Promise<boolean> {
  return giveOrder({
    name: 'incident.unack',
    args: { incidentId },
    accepted: () => null,
    refused: t('incidents.ackNotTakenBack'),
  });
}

/** `until` is wall time; null ends the snooze. */
export function orderSnooze(incidentId: string, until: number | 'until_change' | null): Promise<boolean> {
  return giveOrder({
    name: 'incident.snooze',
    args: { incidentId, until },
    accepted: () => null,
    refused: until === null ? t('incidents.snoozeNotEnded') : t('incidents.notSnoozed'),
  });
}

export function orderSilence(args: SilenceArgs): Promise<boolean> {
  return giveOrder({
    name: 'silence.start',
    args,
    accepted: () => t('incidents.noticesHeld', { untilMs: formatDateTime(args.untilMs) }),
    refused: t('incidents.notSilenced'),
  });
}

export function orderSilenceEnd(id: string): Promise<boolean> {
  return giveOrder({
    name: 'silence.end',
    args: { id },
    accepted: () => t('incidents.silenceEnded'),
    refused: t('incidents.silenceGoesOn'),
  });
}
