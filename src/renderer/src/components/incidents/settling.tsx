// Said for a while after a start or a sleep: silence of the alerts does not yet mean that all is well.
import type { ReactNode } from 'react';
import { Countdown } from '../age';
import { useNow } from '../../hooks/useNow';
import { useSnapshot } from '../../store/selectors';
import { rich } from '../../texts/rich';
import { t } from '../../texts/texts';

export function Settling(): ReactNode {
  const untilMs = useSnapshot((snapshot) => snapshot.alerts.settlingUntilMs);
  const settling = useNow((nowMs) => untilMs !== null && untilMs > nowMs);
  if (!settling) return null;
  return (
    <span data-testid="settling">
      {rich('incidents.settling', { countdown: <Countdown atMs={untilMs} due={t('common.aMoment')} /> })}
    </span>
  );
}
