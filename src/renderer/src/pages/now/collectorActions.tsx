// Pause, resume and run now. Buttons say at once whether the order was accepted; the row shows what came of it.
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { Pause, Play, RotateCw } from 'lucide-react';
import { memo, type ReactNode, useState } from 'react';
import type { CollectorSlice } from '../../../../shared/contract/snapshot';
import { PAUSES, pauseFor, resume, runNow } from '../../components/collectors/collectorOrders';
import { t } from '../../texts/texts';
import classes from './now.module.css';

const ICON_PROPS = { size: 14, strokeWidth: 2, 'aria-hidden': true } as const;

interface CollectorActionsProps {
  readonly collector: CollectorSlice;
}

/** Only what the buttons show: with every push other things of a collector change. */
export const CollectorActions = memo(Actions, ({ collector: before }, { collector: after }) => {
  const { id, title, pause, running } = after;
  return before.id === id && before.title === title && before.pause === pause && before.running === running;
});

function Actions({ collector }: CollectorActionsProps): ReactNode {
  const { id, title, pause, running } = collector;
  const [asked, setAsked] = useState(false);

  const order = async (give: () => Promise<boolean>): Promise<void> => {
    setAsked(true);
    await give();
    setAsked(false);
  };

  return (
    <div className={classes.actions}>
      <Tooltip label={running === null ? t('now.runNow') : t('now.runningAlready')}>
        <ActionIcon
          data-testid={`run-now-${id}`}
          aria-label={t('now.runOneNow', { title })}
          loading={asked}
          data-disabled={running !== null || undefined}
          aria-disabled={running !== null}
          onClick={() => running === null && void order(() => runNow(collector))}
        >
          <RotateCw {...ICON_PROPS} />
        </ActionIcon>
      </Tooltip>
      {pause === null ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon data-testid={`pause-${id}`} aria-label={t('now.pauseOne', { title })} disabled={asked}>
              <Pause {...ICON_PROPS} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('now.pauseOne', { title })}</Menu.Label>
            {PAUSES.map(({ key, labelKey, forMs }) => (
              <Menu.Item
                key={key}
                data-testid={`pause-${id}-${key}`}
                onClick={() => void order(() => pauseFor(collector, forMs))}
              >
                {t(labelKey)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Tooltip label={t('now.resume')}>
          <ActionIcon
            data-testid={`resume-${id}`}
            aria-label={t('now.resumeOne', { title })}
            variant="light"
            color="accent"
            disabled={asked}
            onClick={() => void order(() => resume(collector))}
          >
            <Play {...ICON_PROPS} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
