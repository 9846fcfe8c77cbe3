// What became of a notice on a channel, in a word with its shape.
import type { ChannelStatus } from '../../../../../shared/contract/delivery';
import type { DeliveryState } from '../../../../../shared/domain/delivery';
import type { StatusLook, StatusMarkProps } from '../../../components/status/statusMark';
import { t } from '../../../texts/texts';

export const DELIVERY_LOOKS: Readonly<Record<DeliveryState, StatusLook>> = {
  queued: { tone: 'running', wordKey: 'alerts.delivery.waiting' },
  sending: { tone: 'running', wordKey: 'alerts.delivery.sending' },
  sent: { tone: 'ok', wordKey: 'alerts.delivery.sent' },
  retry: { tone: 'late', wordKey: 'alerts.delivery.retrying' },
  dead: { tone: 'down', wordKey: 'alerts.delivery.given_up' },
  superseded: { tone: 'paused', wordKey: 'alerts.delivery.not_needed' },
  suppressed: { tone: 'paused', wordKey: 'alerts.delivery.held_back' },
  digested: { tone: 'ok', wordKey: 'alerts.delivery.summary' },
};

export function channelMark({ enabled, failures }: ChannelStatus): StatusMarkProps {
  if (!enabled) return { tone: 'paused', word: t('alerts.channelOff') };
  return failures === 0
    ? { tone: 'ok', word: t('alerts.channelOk') }
    : { tone: 'degraded', word: t('alerts.channelFailing', { failures }) };
}
