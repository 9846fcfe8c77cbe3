// Asks once more before something that cannot simply be taken back, and says what is kept.
import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../texts/texts';
import classes from './confirmDialog.module.css';

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** What the button says: the deed, never "OK". */
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function ConfirmDialog({ opened, title, confirm, onConfirm, onClose, children }: ConfirmDialogProps): ReactNode {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={460}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      data-testid="confirm-dialog"
    >
      <div className={classes.body}>
        <div className={classes.words}>{children}</div>
        <div className={classes.actions}>
          <Button onClick={onClose}>{t('common.notNow')}</Button>
          <Button
            variant="filled"
            data-autofocus
            data-testid="confirm"
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
