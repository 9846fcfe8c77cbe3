// Channels and what was sent on them, for the window's tests.
import type { ChannelStatus } from '../../../../src/shared/contract/delivery';
import type { Delivery } from '../../../../src/shared/domain/delivery';

export function fakeChannels(nowMs: number): readonly ChannelStatus[] {
  const desktop = {
    id: 'desktop',
    kind: 'desktop',
    title: 'Desktop',
    enabled: true,
    minSeverity: 'warning',
    host: null,
    failures: 0,
    lastError: null,
    lastSentAtMs: nowMs - 124_000,
    waiting: 0,
  } as const;
  const failing = { failures: 3, lastError: 'The receiver answered 500.', lastSentAtMs: null, waiting: 2 } as const;
  return [
    desktop,
    {
      ...desktop,
      id: 'hook',
      kind: 'webhook',
      title: 'Team hook',
      host: 'hooks.example',
      minSeverity: 'critical',
      ...failing,
    },
  ];
}

export function fakeDeliveries(nowMs: number): readonly Delivery[] {
  const sent: Delivery = {
    key: 'incident-1|fired|1|desktop',
    channelId: 'desktop',
    noticeId: 'incident-1|fired|1',
    incidentId: 'incident-1',
    kind: 'fired',
    severity: 'critical',
    title: 'api.geckoterminal.com is out of reach',
    body: 'Two collectors cannot run.',
    noticeAtMs: nowMs - 124_000,
    offeredAtMs: nowMs - 124_000,
    state: 'sent',
    reason: null,
    attempts: 1,
    nextAtMs: null,
    digestKey: null,
    observedAtMs: nowMs - 123_000,
  };
  const retry = {
    state: 'retry',
    reason: 'The receiver answered 500.',
    attempts: 3,
    nextAtMs: nowMs + 40_000,
  } as const;
  return [{ ...sent, key: 'incident-1|fired|1|hook', channelId: 'hook', ...retry }, sent];
}
