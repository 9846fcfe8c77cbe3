// How an API host is, in one word.
import type { ReactNode } from 'react';
import type { ApiHostSlice } from '../../../../shared/contract/snapshot';
import { StatusMark } from '../status/statusMark';

export function HostStatus({ host }: { readonly host: ApiHostSlice }): ReactNode {
  if (host.breaker.state !== 'closed') return <StatusMark tone="down" word="Down" />;
  if (host.throttledUntilMs !== null) return <StatusMark tone="degraded" word="Throttled" />;
  return <StatusMark tone="ok" word="OK" />;
}
