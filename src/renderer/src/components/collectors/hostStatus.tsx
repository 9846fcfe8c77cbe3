// How an API host is, in one word.
import type { ReactNode } from 'react';
import type { ApiHostSlice } from '../../../../shared/contract/snapshot';
import { StatusMark } from '../status/statusMark';
import { t } from '../../texts/texts';

export function HostStatus({ host }: { readonly host: ApiHostSlice }): ReactNode {
  if (host.breaker.state !== 'closed') return <StatusMark tone="down" word={t('status.host.down')} />;
  if (host.throttledUntilMs !== null) return <StatusMark tone="degraded" word={t('status.host.throttled')} />;
  return <StatusMark tone="ok" word={t('status.host.ok')} />;
}
