// "I have seen it", with a note for whoever looks next.
import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Incident } from '../../../../shared/domain/alerts';
import { orderAck } from './incidentOrders';
import { t } from '../../texts/texts';
import classes from './incidentDialogs.module.css';

export const LONGEST_NOTE = 500;

interface AckDialogProps {
  readonly incident: Incident;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function AckDialog({ incident, opened, onClose }: AckDialogProps): ReactNode {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('incidents.ackTitle')}
      size={460}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened && <AckForm incident={incident} onClose={onClose} />}
    </Modal>
  );
}

function AckForm({ incident, onClose }: Omit<AckDialogProps, 'opened'>): ReactNode {
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const written = note.trim();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (written === '') return;
    setAsked(true);
    const accepted = await orderAck(incident.id, written);
    setAsked(false);
    if (accepted) onClose();
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} data-testid="ack-dialog">
      <p className={classes.about}>{incident.title}</p>
      <TextInput
        label={t('incidents.ackNote')}
        description={t('incidents.ackHint')}
        required
        data-autofocus
        data-testid="ack-note"
        maxLength={LONGEST_NOTE}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button onClick={onClose}>{t('common.notNow')}</Button>
        <Button variant="filled" type="submit" disabled={written === ''} loading={asked} data-testid="confirm-ack">
          {t('incidents.acknowledge')}
        </Button>
      </div>
    </form>
  );
}
