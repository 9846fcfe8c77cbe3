// Pause, resume and run now. Buttons say at once whether the order was accepted; the row shows what came of it.
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { Pause, Play, RotateCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { CollectorSlice } from '../../../../shared/contract/snapshot';
import { formatClock } from '../../../../shared/util/format';
import { giveOrder } from '../../components/orders';
import classes from './now.module.css';

const MINUTE_MS = 60_000;
const PAUSES = [
  { key: '15m', label: 'For 15 minutes', forMs: 15 * MINUTE_MS },
  { key: '1h', label: 'For 1 hour', forMs: 60 * MINUTE_MS },
  { key: 'open', label: 'Until resumed', forMs: null },
] as const;

const ICON_PROPS = { size: 14, strokeWidth: 2, 'aria-hidden': true } as const;

export function CollectorActions({ collector }: { readonly collector: CollectorSlice }): ReactNode {
  const { id, title, pause, running } = collector;
  const [asked, setAsked] = useState(false);

  const order = async (give: () => Promise<boolean>): Promise<void> => {
    setAsked(true);
    await give();
    setAsked(false);
  };
  const pauseFor = (forMs: number | null): Promise<boolean> => {
    const untilMs = forMs === null ? null : Date.now() + forMs;
    return giveOrder({
      name: 'collector.pause',
      args: { collectorId: id, untilMs },
      accepted: () => `${title} paused ${untilMs === null ? 'until resumed' : `until ${formatClock(untilMs)}`}.`,
      refused: `${title} was not paused`,
    });
  };
  const resume = (): Promise<boolean> =>
    giveOrder({
      name: 'collector.resume',
      args: { collectorId: id },
      accepted: () => `${title} resumed.`,
      refused: `${title} was not resumed`,
    });
  const runNow = (): Promise<boolean> =>
    giveOrder({
      name: 'collector.runNow',
      args: { collectorId: id },
      accepted: () => `${title}: run accepted.`,
      refused: `${title} was not started`,
    });

  return (
    <div className={classes.actions}>
      <Tooltip label={running === null ? 'Run now' : 'Already running'}>
        <ActionIcon
          data-testid={`run-now-${id}`}
          aria-label={`Run ${title} now`}
          loading={asked}
          data-disabled={running !== null || undefined}
          aria-disabled={running !== null}
          onClick={() => running === null && void order(runNow)}
        >
          <RotateCw {...ICON_PROPS} />
        </ActionIcon>
      </Tooltip>
      {pause === null ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon data-testid={`pause-${id}`} aria-label={`Pause ${title}`} disabled={asked}>
              <Pause {...ICON_PROPS} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Pause {title}</Menu.Label>
            {PAUSES.map(({ key, label, forMs }) => (
              <Menu.Item key={key} data-testid={`pause-${id}-${key}`} onClick={() => void order(() => pauseFor(forMs))}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Tooltip label="Resume">
          <ActionIcon
            data-testid={`resume-${id}`}
            aria-label={`Resume ${title}`}
            variant="light"
            color="accent"
            disabled={asked}
            onClick={() => void order(resume)}
          >
            <Play {...ICON_PROPS} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
