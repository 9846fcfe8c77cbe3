// What became of a notice on a channel, in a word with its shape.
import type { ChannelStatus } from '../../../../../shared/contract/delivery';
import type { DeliveryState } from '../../../../../shared/domain/delivery';
import type { StatusLook } from '../../../components/status/statusMark';

export const DELIVERY_LOOKS: Readonly<Record<DeliveryState, StatusLook>> = {
  queued: { tone: 'running', word: 'Waiting' },
  sending: { tone: 'running', word: 'Sending' },
  sent: { tone: 'ok', word: 'Sent' },
  retry: { tone: 'late', word: 'Trying again' },
  dead: { tone: 'down', word: 'Given up' },
  superseded: { tone: 'paused', word: 'Not needed' },
  suppressed: { tone: 'paused', word: 'Held back' },
  digested: { tone: 'ok', word: 'In a summary' },
};

export function channelLook({ enabled, failures }: ChannelStatus): StatusLook {
  if (!enabled) return { tone: 'paused', word: 'Off' };
  return failures === 0 ? { tone: 'ok', word: 'OK' } : { tone: 'degraded', word: `Failing (${failures})` };
}
