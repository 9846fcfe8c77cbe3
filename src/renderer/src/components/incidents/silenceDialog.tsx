// Holding notices back for a while: about what, until when and why. States and history go on; only nobody is told.
import { Button, Modal, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { SilenceArgs } from '../../../../shared/contract/alerts';
import type { Incident, Silence } from '../../../../shared/domain/alerts';
import { useSnapshot } from '../../store/selectors';
import { orderSilence } from './incidentOrders';
import { EndField, endMsOf } from '../endField';
import { ScopeFields } from './scopeFields';
import { type Scope, scopesOf } from './silenceScopes';
import { LONGEST_NOTE } from './ackDialog';
import { t } from '../../texts/texts';
import type { PlainTextKey } from '../../texts/textKeys';
import classes from './incidentDialogs.module.css';

const HOUR_MS = 3_600_000;
const ENDS = [
  { value: '1', labelKey: 'incidents.silenceFor.hour' },
  { value: '4', labelKey: 'incidents.silenceFor.hours4' },
  { value: '24', labelKey: 'incidents.silenceFor.day' },
  { value: '168', labelKey: 'incidents.silenceFor.week' },
] as const;
const OWN_END = 'own';
const KINDS = [
  { value: 'silence', labelKey: 'incidents.silenceKind.silence' },
  { value: 'maintenance', labelKey: 'incidents.silenceKind.maintenance' },
] as const satisfies readonly { readonly value: Silence['kind']; readonly labelKey: PlainTextKey }[];

interface SilenceDialogProps {
  /** Null: about anything. */
  readonly about: Incident | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function SilenceDialog({ about, opened, onClose }: SilenceDialogProps): ReactNode {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('incidents.holdBackTitle')}
      size={480}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened && <SilenceForm about={about} onClose={onClose} />}
    </Modal>
  );
}

const EVERYTHING: Scope = { ruleId: null, targetKind: null, targetId: null };

function SilenceForm({ about, onClose }: Omit<SilenceDialogProps, 'opened'>): ReactNode {
  const collectors = useSnapshot((snapshot) => snapshot.collectors);
  const scopes = about === null ? [] : scopesOf(about, collectors);
  const [kind, setKind] = useState<Silence['kind']>('silence');
  const [picked, setPicked] = useState(0);
  const [ownScope, setOwnScope] = useState(EVERYTHING);
  const scope = scopes[picked]?.scope ?? ownScope;
  const [end, setEnd] = useState<string>(ENDS[0].value);
  const [ownEnd, setOwnEnd] = useState('');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const kindLabel = useId();

  const ownMs = endMsOf(ownEnd);
  const ready = reason.trim() !== '' && (end !== OWN_END || ownMs > Date.now());
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!ready) return;
    const untilMs = end === OWN_END ? ownMs : Date.now() + Number(end) * HOUR_MS;
    const args: SilenceArgs = { kind, ...scope, untilMs, reason: reason.trim() };
    setAsked(true);
    const accepted = await orderSilence(args);
    setAsked(false);
    if (accepted) onClose();
  };

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} data-testid="silence-dialog">
      <div>
        <p id={kindLabel} className={classes.label}>
          {t('incidents.silenceKindLabel')}
        </p>
        <SegmentedControl
          fullWidth
          aria-labelledby={kindLabel}
          value={kind}
          onChange={(value) => setKind(value === 'maintenance' ? 'maintenance' : 'silence')}
          data={KINDS.map(({ value, labelKey }) => ({ value, label: t(labelKey) }))}
        />
        <p className={classes.hint}>
          {kind === 'silence' ? t('incidents.silenceHint') : t('incidents.maintenanceHint')}
        </p>
      </div>
      {about === null ? (
        <ScopeFields scope={ownScope} onChange={setOwnScope} />
      ) : (
        <NativeSelect
          label={t('incidents.about')}
          data-testid="silence-scope"
          value={String(picked)}
          onChange={(event) => setPicked(Number(event.currentTarget.value))}
          data={scopes.map(({ label }, index) => ({ value: String(index), label }))}
        />
      )}
      <NativeSelect
        label={t('incidents.until')}
        data-testid="silence-end"
        value={end}
        onChange={(event) => setEnd(event.currentTarget.value)}
        data={[
          ...ENDS.map(({ value, labelKey }) => ({ value, label: t(labelKey) })),
          { value: OWN_END, label: t('incidents.ownTime') },
        ]}
      />
      {end === OWN_END && <EndField testId="silence-own-end" value={ownEnd} onChange={setOwnEnd} />}
      <TextInput
        label={t('incidents.reason')}
        required
        data-autofocus
        data-testid="silence-reason"
        maxLength={LONGEST_NOTE}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button onClick={onClose}>{t('common.notNow')}</Button>
        <Button variant="filled" type="submit" disabled={!ready} loading={asked} data-testid="confirm-silence">
          {t('incidents.holdBack')}
        </Button>
      </div>
    </form>
  );
}
