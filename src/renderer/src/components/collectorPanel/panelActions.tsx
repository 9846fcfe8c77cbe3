// The orders that a person can give: each button is there only while it means something, and says at once what came of it.
import { Button, Menu, Tooltip } from '@mantine/core';
import { Pause, Play, RotateCw, Undo2, Zap } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { CollectorSlice } from '../../../../shared/contract/snapshot';
import { formatClock } from '../../../../shared/util/format';
import { useSnapshot } from '../../store/selectors';
import { PAUSES, pauseFor, resetBreaker, resume, runNow } from '../collectors/collectorOrders';
import classes from './collectorPanel.module.css';

const ICON_PROPS = { size: 13, strokeWidth: 2, 'aria-hidden': true } as const;

export function PanelActions({ collector }: { readonly collector: CollectorSlice }): ReactNode {
  const { pause, running, streak, lastRun } = collector;
  const host = useSnapshot(
    (snapshot) => snapshot.hosts.find(({ breaker }) => breaker.state !== 'closed')?.host ?? null,
  );
  const [asked, setAsked] = useState(false);
  const order = async (give: () => Promise<boolean>): Promise<void> => {
    setAsked(true);
    await give();
    setAsked(false);
  };
  // A run that failed for its host's sake does not count towards the streak.
  const failed = streak.failures > 0 || lastRun?.outcome === 'failed';
  return (
    <div className={classes.actions} role="group" aria-label="Orders">
      <Tooltip
        label={
          running !== null
            ? 'A run is under way'
            : failed
              ? 'Runs at once, also while it waits after failures'
              : 'Runs at once; the regular slots stay where they are'
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
          {failed ? 'Retry' : 'Run now'}
        </Button>
      </Tooltip>
      {pause === null ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button leftSection={<Pause {...ICON_PROPS} />} data-testid="panel-pause" disabled={asked}>
              Pause
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Pause {collector.title}</Menu.Label>
            {PAUSES.map(({ key, label, forMs }) => (
              <Menu.Item
                key={key}
                data-testid={`panel-pause-${key}`}
                onClick={() => void order(() => pauseFor(collector, forMs))}
              >
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Button
          variant="light"
          leftSection={<Play {...ICON_PROPS} />}
          data-testid="panel-resume"
          disabled={asked}
          onClick={() => void order(() => resume(collector))}
        >
          {pause.untilMs === null ? 'Resume' : `Resume (else at ${formatClock(pause.untilMs)})`}
        </Button>
      )}
      {host !== null && (
        <Tooltip label={`Asks ${host} at once whether it is back; only its answer closes the breaker`}>
          <Button
            leftSection={<Zap {...ICON_PROPS} />}
            data-testid="panel-reset-breaker"
            disabled={asked}
            onClick={() => void order(() => resetBreaker(host))}
          >
            Reset breaker
          </Button>
        </Tooltip>
      )}
    </div>
  );
}
