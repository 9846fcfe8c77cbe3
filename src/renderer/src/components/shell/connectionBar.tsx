// Says so when the program stops talking: numbers that may be old must never look fresh.
import type { ReactNode } from 'react';
import { WifiOff } from 'lucide-react';
import { formatAge, formatClock } from '../../../../shared/util/format';
import { useNow } from '../../hooks/useNow';
import { useSnapshotStore } from '../../store/snapshotStore';
import { t } from '../../texts/texts';
import { rich } from '../../texts/rich';
import classes from './banners.module.css';

/** Two heartbeats: the program pushes at least every 5 s, changed or not. */
export const PUSHES_STOPPED_MS = 10_000;

/** Seconds since the newest push once that is too long, else 0. */
function useSilenceS(): number {
  const lastPushMs = useSnapshotStore((state) => state.lastPushMs);
  return useNow(() => {
    if (lastPushMs === null) return 0;
    const silenceMs = performance.now() - lastPushMs;
    return silenceMs > PUSHES_STOPPED_MS ? Math.floor(silenceMs / 1_000) : 0;
  });
}

export function useConnectionLost(): boolean {
  return useSilenceS() > 0;
}

export function ConnectionBar(): ReactNode {
  const silenceS = useSilenceS();
  const asOfMs = useSnapshotStore((state) => state.snapshot?.atMs ?? null);
  if (silenceS === 0 || asOfMs === null) return null;
  return (
    <div className={classes.banner} data-level="error" data-testid="connection-lost">
      <WifiOff size={16} strokeWidth={1.75} aria-hidden />
      <p className={classes.message}>
        {rich('shell.stoppedAnswering', {
          stopped: <span role="alert">{t('shell.stoppedAt', { time: formatClock(asOfMs) })}</span>,
          age: formatAge(silenceS * 1_000),
        })}
      </p>
    </div>
  );
}
