// Adds a place where notices go, or changes one. Its address goes to the program at once and is forgotten here when the dialog closes.
import { Button, Modal } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { AppError } from '../../../../../shared/contract/envelope';
import type { ChannelStatus } from '../../../../../shared/contract/delivery';
import { errorBeside } from '../../../components/fieldError';
import { submitOrder } from '../../../components/orders';
import { StatusMark } from '../../../components/status/statusMark';
import { ChannelFields } from './channelFields';
import { CHANNEL_FIELDS, type ChannelForm, formOf, NEW_CHANNEL, toOrder } from './channelForm';
import { t } from '../../../texts/texts';
import classes from './channels.module.css';

interface ChannelDialogProps {
  /** Null adds one. */
  readonly channel: ChannelStatus | null;
  readonly opened: boolean;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

export function ChannelDialog({ channel, opened, onSaved, onClose }: ChannelDialogProps): ReactNode {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={channel === null ? t('alerts.addChannel') : t('alerts.changeChannel', { title: channel.title })}
      size={480}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened && <ChannelEditor channel={channel} onSaved={onSaved} onClose={onClose} />}
    </Modal>
  );
}

function ChannelEditor({ channel, onSaved, onClose }: Omit<ChannelDialogProps, 'opened'>): ReactNode {
  const [form, setForm] = useState<ChannelForm>(channel === null ? NEW_CHANNEL : formOf(channel));
  const [refusal, setRefusal] = useState<AppError | null>(null);
  const [tested, setTested] = useState<TestResult | null>(null);
  const [busy, setBusy] = useState(false);
  const unreadable = errorBeside(refusal, CHANNEL_FIELDS);

  /** Returns the id under which it is stored; null when it was refused. */
  const save = async (): Promise<string | null> => {
    let id: string | null = null;
    const refused = await submitOrder({
      name: 'channel.save',
      args: toOrder(form),
      accepted: (answer) => {
        id = answer.id;
        return t('alerts.channelStored', {
          title: form.title.trim() || t('alerts.theChannel'),
          kept: t(`alerts.addressKept.${answer.addressKept}`),
        }).trim();
      },
    });
    setRefusal(refused);
    if (refused === null) onSaved();
    return id;
  };
  const work = async (deed: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setTested(null);
    await deed();
    setBusy(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void work(async () => {
      if ((await save()) !== null) onClose();
    });
  };
  const saveAndTest = (): void =>
    void work(async () => {
      const id = await save();
      if (id === null) return;
      // From here on it is the stored one that is changed, with the address that is kept.
      setForm((written) => ({ ...written, id, url: '', token: '' }));
      const refused = await submitOrder({ name: 'channel.test', args: { channelId: id }, accepted: () => null });
      setTested({ refused: refused?.message ?? null });
      onSaved();
    });

  return (
    <form className={classes.form} onSubmit={submit} data-testid="channel-dialog" noValidate>
      <ChannelFields form={form} host={channel?.host ?? null} refusal={refusal} onChange={setForm} />
      {unreadable !== null && (
        <p className={classes.refusal} role="alert">
          {unreadable}
        </p>
      )}
      {tested !== null && <TestNote {...tested} />}
      <div className={classes.actions}>
        <Button data-testid="save-and-test" disabled={busy} onClick={saveAndTest}>
          {t('alerts.saveAndTest')}
        </Button>
        <span className={classes.spacer} />
        <Button onClick={onClose}>{tested === null ? t('common.notNow') : t('common.close')}</Button>
        <Button variant="filled" type="submit" data-testid="save-channel" loading={busy}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}

interface TestResult {
  /** What the receiver or the desktop said; null when it took the message. */
  readonly refused: string | null;
}

function TestNote({ refused }: TestResult): ReactNode {
  return (
    <p className={classes.tested} role="status" data-testid="test-result">
      {refused === null ? (
        <StatusMark tone="ok" word={t('alerts.testTaken')} size={12} />
      ) : (
        <>
          <StatusMark tone="down" word={t('alerts.storedTestFailed')} size={12} />
          <span className={classes.said}>{refused}</span>
        </>
      )}
    </p>
  );
}
