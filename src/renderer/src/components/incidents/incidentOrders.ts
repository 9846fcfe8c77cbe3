// What a person orders about an incident. What came of it shows in the next snapshot; only silences say when they end.
import type { SilenceArgs } from '../../../../shared/contract/alerts';
import { formatDateTime } from '../../../../shared/util/format';
import { giveOrder } from '../orders';

export function orderAck(incidentId: string, note: string): Promise<boolean> {
  return giveOrder({
    name: 'incident.ack',
    args: { incidentId, note },
    accepted: () => null,
    refused: 'The incident was not acknowledged',
  });
}

export function orderUnack(incidentId: string): Promise<boolean> {
  return giveOrder({
    name: 'incident.unack',
    args: { incidentId },
    accepted: () => null,
    refused: 'The acknowledgement was not taken back',
  });
}

/** `until` is wall time; null ends the snooze. */
export function orderSnooze(incidentId: string, until: number | 'until_change' | null): Promise<boolean> {
  return giveOrder({
    name: 'incident.snooze',
    args: { incidentId, until },
    accepted: () => null,
    refused: until === null ? 'The snooze was not ended' : 'The incident was not snoozed',
  });
}

export function orderSilence(args: SilenceArgs): Promise<boolean> {
  return giveOrder({
    name: 'silence.start',
    args,
    accepted: () => `Notices are held back until ${formatDateTime(args.untilMs)}.`,
    refused: 'Nothing was silenced',
  });
}

export function orderSilenceEnd(id: string): Promise<boolean> {
  return giveOrder({
    name: 'silence.end',
    args: { id },
    accepted: () => 'The silence has ended.',
    refused: 'The silence goes on',
  });
}
