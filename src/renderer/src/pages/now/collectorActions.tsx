// Pause, resume and run now. Buttons say at once whether the order was accepted; the row shows what came of it. Plain buttons: there
// are three in every row of a long list, and the menu exists only while it is open.
import { Loader, Menu } from '@mantine/core';
import { Pause, Play, RotateCw } from 'lucide-react';
import { memo, type ReactNode, useRef, useState } from 'react';
import type { CollectorState } from '../../../../shared/contract/snapshot';
import { PAUSES, pauseFor, resume, runNow } from '../../components/collectors/collectorOrders';
import { t } from '../../texts/texts';
import classes from './now.module.css';

const ICON_SIZE = 14;
const ICON_PROPS = { size: ICON_SIZE, strokeWidth: 2, 'aria-hidden': true } as const;
const BUTTON_CLASS = `pw-plain-button ${classes.action}`;

interface CollectorActionsProps {
  readonly collector: CollectorState;
}

/** Only what the buttons show: with every push other things of a collector change. */
export const CollectorActions = memo(Actions, ({ collector: before }, { collector: after }) => {
  const { id, title, pause, running } = after;
  return before.id === id && before.title === title && before.pause === pause && before.running === running;
});

function Actions({ collector }: CollectorActionsProps): ReactNode {
  const { id, title, pause, running } = collector;
  const [asked, setAsked] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const pauseButton = useRef<HTMLButtonElement>(null);
  const endChoosing = (): void => {
    setChoosing(false);
    pauseButton.current?.focus();
  };

  const order = async (give: () => Promise<boolean>): Promise<void> => {
    setAsked(true);
    await give();
    setAsked(false);
  };

  return (
    <div className={classes.actions}>
      <button
        type="button"
        className={BUTTON_CLASS}
        data-tip={running === null ? t('now.runNow') : t('now.runningAlready')}
        data-testid={`run-now-${id}`}
        aria-label={t('now.runOneNow', { title })}
        disabled={asked}
        data-disabled={running !== null || undefined}
        aria-disabled={running !== null}
        onClick={() => running === null && void order(() => runNow(collector))}
      >
        {asked ? <Loader size={ICON_SIZE} color="currentColor" /> : <RotateCw {...ICON_PROPS} />}
      </button>
      {pause === null ? (
        <span className={classes.menuPlace}>
          <button
            ref={pauseButton}
            type="button"
            className={BUTTON_CLASS}
            data-testid={`pause-${id}`}
            aria-label={t('now.pauseOne', { title })}
            aria-haspopup="menu"
            aria-expanded={choosing}
            disabled={asked}
            data-disabled={asked || undefined}
            onClick={() => setChoosing(true)}
          >
            <Pause {...ICON_PROPS} />
          </button>
          {choosing && (
            <PauseMenu
              collector={collector}
              onChoose={(forMs) => void order(() => pauseFor(collector, forMs))}
              onClose={endChoosing}
            />
          )}
        </span>
      ) : (
        <button
          type="button"
          className={BUTTON_CLASS}
          data-tip={t('now.resume')}
          data-testid={`resume-${id}`}
          aria-label={t('now.resumeOne', { title })}
          data-resume
          disabled={asked}
          data-disabled={asked || undefined}
          onClick={() => void order(() => resume(collector))}
        >
          <Play {...ICON_PROPS} />
        </button>
      )}
    </div>
  );
}

interface PauseMenuProps {
  readonly collector: CollectorState;
  readonly onChoose: (forMs: number | null) => void;
  readonly onClose: () => void;
}

/** Lies over its button, so that a click on the button while it is open closes it; the focus goes back to the button. */
function PauseMenu({ collector: { id, title }, onChoose, onClose }: PauseMenuProps): ReactNode {
  return (
    <Menu opened position="bottom-end" onClose={onClose}>
      <Menu.Target>
        <span className={classes.menuAnchor} aria-hidden="true" onMouseDown={(event) => event.preventDefault()} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('now.pauseOne', { title })}</Menu.Label>
        {PAUSES.map(({ key, labelKey, forMs }) => (
          <Menu.Item key={key} data-testid={`pause-${id}-${key}`} onClick={() => onChoose(forMs)}>
            {t(labelKey)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
