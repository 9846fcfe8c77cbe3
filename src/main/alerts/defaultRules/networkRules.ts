// Rules about the network of this computer and the API hosts.
import type { AlertRule } from '../../../shared/domain/alerts';
import { FLAG, MINUTE_MS, rule } from './rule';

export const NETWORK_RULES: readonly AlertRule[] = [
  rule('network.unreachable', {
    id: 'network-down',
    title: 'This computer has no network',
    ...FLAG,
    severity: 'critical',
    needsNetwork: true,
    advice: 'Check the cable, the Wi-Fi or the VPN. Collecting goes on by itself once the network is back.',
  }),
  rule('host.breakerOpen', {
    id: 'host-down',
    title: '{target} is out of reach',
    ...FLAG,
    severity: 'critical',
    needsNetwork: true,
    advice:
      'Poolwatch tries again every few seconds and catches up by itself. See whether the source reports an outage.',
  }),
  rule('host.throttledFor', {
    id: 'host-throttles',
    title: '{target} throttles calls',
    fire: MINUTE_MS,
    clear: 1,
    severity: 'warning',
    keepForMs: MINUTE_MS,
    advice: 'Collect less often, follow fewer pools, or use an API key with more calls.',
  }),
  rule('host.quotaUsed', {
    id: 'host-quota',
    title: 'The calls of {target} are nearly used up',
    fire: 0.98,
    clear: 0.9,
    forMs: 15 * MINUTE_MS,
    keepForMs: 5 * MINUTE_MS,
    severity: 'info',
    advice: 'Collectors take turns now and may be late. Collect less often, or use an API key with more calls.',
  }),
  rule('host.errorRate', {
    id: 'host-errors',
    title: 'Many calls of {target} fail',
    fire: 0.1,
    clear: 0.05,
    // A single failed call in a quiet minute is a large share of few.
    forMs: 5 * MINUTE_MS,
    keepForMs: MINUTE_MS,
    severity: 'warning',
    needsNetwork: true,
    advice: 'The source answers some calls only. Data may be late; nothing needs to be done unless it goes on.',
  }),
];
