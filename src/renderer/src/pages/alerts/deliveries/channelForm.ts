// A channel while it is being written. Its address and token never come back from the program: empty means "the ones that are kept".
import type { ChannelStatus, SaveChannelArgs } from '../../../../../shared/contract/delivery';
import type { Severity } from '../../../../../shared/domain/alerts';
import type { ChannelKind, RemoteChannelKind } from '../../../../../shared/domain/delivery';
import type { PlainTextKey } from '../../../texts/textKeys';

export interface ChannelForm {
  /** Null for one that is not stored yet. */
  readonly id: string | null;
  readonly kind: ChannelKind;
  readonly title: string;
  readonly enabled: boolean;
  readonly minSeverity: Severity;
  readonly url: string;
  readonly token: string;
}

interface KindWords {
  readonly title: string;
  /** What an address looks like. */
  readonly example: string;
  readonly hintKey: PlainTextKey;
}

export const KIND_WORDS: Readonly<Record<RemoteChannelKind, KindWords>> = {
  webhook: {
    title: 'Webhook',
    example: 'https://alerts.example/poolwatch',
    hintKey: 'alerts.channelHint.webhook',
  },
  slack: {
    title: 'Slack',
    example: 'https://hooks.slack.example/services/…',
    hintKey: 'alerts.channelHint.slack',
  },
  ntfy: {
    title: 'ntfy',
    example: 'https://ntfy.example/my-topic',
    hintKey: 'alerts.channelHint.ntfy',
  },
};

/** The arguments that have a field of their own in the form. */
export const CHANNEL_FIELDS = ['title', 'address.url', 'address.token'] as const;

export const NEW_CHANNEL: ChannelForm = {
  id: null,
  kind: 'webhook',
  title: '',
  enabled: true,
  minSeverity: 'warning',
  url: '',
  token: '',
};

export function formOf({ id, kind, title, enabled, minSeverity }: ChannelStatus): ChannelForm {
  return { id, kind, title, enabled, minSeverity, url: '', token: '' };
}

export function toOrder({ id, kind, title, enabled, minSeverity, url, token }: ChannelForm): SaveChannelArgs {
  if (kind === 'desktop') return { kind, enabled, minSeverity };
  // Slack's secret is the address itself.
  const bearer = kind === 'slack' || token.trim() === '' ? null : token.trim();
  const address = url.trim() !== '' || bearer !== null ? { url: url.trim(), token: bearer } : null;
  return { kind, id, title: title.trim(), enabled, minSeverity, address };
}
