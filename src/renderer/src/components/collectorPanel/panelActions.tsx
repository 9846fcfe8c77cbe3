// The orders that a person can give: each button is there only while it means something, and says at once what came of it.
import { Button, Tooltip } from '@mantine/core';
import { Play, RotateCw, Undo2, Zap } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { CollectorState } from '../../../../shared/contract/snapshot';
import { formatUntil } from '../../../../shared/util/format';
import { useSnapshot } from '../../store/selectors';
import { resetBreaker, resume, runNow } from '../collectors/collectorOrders';
import { PauseMenu } from './pauseMenu';
import { t } from '../../texts/texts';
import classes from './collectorPanel.module.css';

const ICON_PROPS = { size: 13, strokeWidth: 2, 'aria-hidden': true } as const;

export function PanelActions({ collector }: { readonly collector: CollectorState }): ReactNode {
  const { pause, running, streak, lastRun } = collector;
  const host = useSnapshot(
    (snapshot) => snapshot.hosts.find(({ breaker }) => breaker.state !== 'closed')?.host ?? null,
  );
  const [asked, setAsked] = useState(false);
  const order = async (give: () => Promise<boolean>): Promise<boolean> => {
    setAsked(true);
    const accepted = await give();
    setAsked(false);
    return accepted;
  };
  // A run that failed for its host's sake does not count towards the streak.
  const failed = streak.failures > 0 || lastRun?.outcome === 'failed';
  return (
    <div className={classes.actions} role="group" aria-label={t('collector.orders')}>
      <Tooltip
        label={
          running !== null ? t('collector.runUnderWay') : failed ? t('collector.retryHint') : t('collector.runNowHint')
        }
      >
        <Button
          variant={failed ? 'filled' : 'default'}
          leftSection={failed ? <Undo2 {...ICON_PROPS} /> : <RotateCw {...ICON_PROPS} />}
          data-testid={failed ? 'panel-retry' : 'panel-run-now'}
          data-disabled={running !== null || undefined}
          aria-disabled={running !== null}
          loading={asked}
          onClick={() => running === null && void order(() => runNow(collector))}
        >
          {failed ? t('collector.retry') : t('collector.runNow')}
        </Button>
      </Tooltip>
      {pause === null ? (
        <PauseMenu collector={collector} disabled={asked} order={order} />
      ) : (
        <Button
          variant="light"
          leftSection={<Play {...ICON_PROPS} />}
          data-testid="panel-resume"
          disabled={asked}
          onClick={() => void order(() => resume(collector))}
        >
          {pause.untilMs === null
            ? t('collector.resume')
            : t('collector.resumeElse', { untilMs: formatUntil(pause.untilMs, Date.now()) })}
        </Button>
      )}
      {host !== null && (
        <Tooltip label={t('collector.resetBreakerHint', { host })}>
          <Button
            leftSection={<Zap {...ICON_PROPS} />}
            data-testid="panel-reset-breaker"
            disabled={asked}
            onClick={() => void order(() => resetBreaker(host))}
          >
            {t('collector.resetBreaker')}
          </Button>
        </Tooltip>
      )}
    </div>
  );
}
