// Pausing a collector: for a usual while, until a moment that one chooses, or until it is resumed.
import { Button, Menu, Modal } from '@mantine/core';
import { Pause } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { CollectorState } from '../../../../shared/contract/snapshot';
import { PAUSES, pauseFor, pauseUntil } from '../collectors/collectorOrders';
import { EndField, endMsOf } from '../endField';
import { t } from '../../texts/texts';
import classes from './collectorPanel.module.css';

interface PauseMenuProps {
  readonly collector: CollectorState;
  readonly disabled: boolean;
  /** Gives the order while the other buttons wait. */
  readonly order: (give: () => Promise<boolean>) => Promise<boolean>;
}

export function PauseMenu({ collector, disabled, order }: PauseMenuProps): ReactNode {
  const [choosing, setChoosing] = useState(false);
  const close = (): void => setChoosing(false);
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button leftSection={<Pause size={13} aria-hidden />} data-testid="panel-pause" disabled={disabled}>
            {t('collector.pause')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('collector.pauseOne', { title: collector.title })}</Menu.Label>
          {PAUSES.map(({ key, labelKey, forMs }) => (
            <Menu.Item
              key={key}
              data-testid={`panel-pause-${key}`}
              onClick={() => void order(() => pauseFor(collector, forMs))}
            >
              {t(labelKey)}
            </Menu.Item>
          ))}
          <Menu.Item data-testid="panel-pause-until" onClick={() => setChoosing(true)}>
            {t('collector.pauseUntil')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={choosing}
        onClose={close}
        title={t('collector.pauseUntilTitle', { title: collector.title })}
        size={360}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {choosing && (
          <PauseUntilForm onClose={close} onChosen={(untilMs) => order(() => pauseUntil(collector, untilMs))} />
        )}
      </Modal>
    </>
  );
}

interface PauseUntilFormProps {
  readonly onClose: () => void;
  /** @returns whether it was accepted */
  readonly onChosen: (untilMs: number) => Promise<boolean>;
}

function PauseUntilForm({ onClose, onChosen }: PauseUntilFormProps): ReactNode {
  const [end, setEnd] = useState('');
  const ready = endMsOf(end) > Date.now();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (ready && (await onChosen(endMsOf(end)))) onClose();
  };
  return (
    <form className={classes.pauseForm} onSubmit={(event) => void submit(event)}>
      <EndField testId="pause-own-end" isFirst value={end} onChange={setEnd} />
      <div className={classes.formActions}>
        <Button onClick={onClose}>{t('common.notNow')}</Button>
        <Button variant="filled" type="submit" disabled={!ready} data-testid="confirm-pause">
          {t('collector.pause')}
        </Button>
      </div>
    </form>
  );
}
