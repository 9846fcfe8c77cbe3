// Holding notices back for a while: about what, until when and why. States and history go on; only nobody is told.
import { Button, Modal, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { SilenceArgs } from '../../../../shared/contract/alerts';
import type { Incident, Silence } from '../../../../shared/domain/alerts';
import { useSnapshot } from '../../store/selectors';
import { orderSilence } from './incidentOrders';
import { ScopeFields } from './scopeFields';
import { type Scope, scopesOf } from './silenceScopes';
import { LONGEST_NOTE } from './ackDialog';
import classes from './incidentDialogs.module.css';

const HOUR_MS = 3_600_000;
const ENDS = [
  { value: '1', label: 'in 1 hour' },
  { value: '4', label: 'in 4 hours' },
  { value: '24', label: 'in 1 day' },
  { value: '168', label: 'in 1 week' },
] as const;
const OWN_END = 'own';
const KINDS = [
  { value: 'silence', label: 'Silence' },
  { value: 'maintenance', label: 'Maintenance' },
] as const satisfies readonly { readonly value: Silence['kind']; readonly label: string }[];

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
      title="Hold notices back"
      size={480}
      closeButtonProps={{ 'aria-label': 'Close' }}
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

  const ownMs = new Date(ownEnd).getTime();
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
          Kind
        </p>
        <SegmentedControl
          fullWidth
          aria-labelledby={kindLabel}
          value={kind}
          onChange={(value) => setKind(value === 'maintenance' ? 'maintenance' : 'silence')}
          data={[...KINDS]}
        />
        <p className={classes.hint}>
          {kind === 'silence'
            ? 'The fault stays a fault; only nobody is told of it.'
            : 'Planned work: what happens meanwhile counts as maintenance.'}
        </p>
      </div>
      {about === null ? (
        <ScopeFields scope={ownScope} onChange={setOwnScope} />
      ) : (
        <NativeSelect
          label="About"
          data-testid="silence-scope"
          value={String(picked)}
          onChange={(event) => setPicked(Number(event.currentTarget.value))}
          data={scopes.map(({ label }, index) => ({ value: String(index), label }))}
        />
      )}
      <NativeSelect
        label="Until"
        data-testid="silence-end"
        value={end}
        onChange={(event) => setEnd(event.currentTarget.value)}
        data={[...ENDS, { value: OWN_END, label: 'a time of your own…' }]}
      />
      {end === OWN_END && (
        <TextInput
          label="Ends at (local time)"
          type="datetime-local"
          data-testid="silence-own-end"
          error={ownEnd !== '' && !(ownMs > Date.now()) ? 'This must be in the future.' : null}
          value={ownEnd}
          onChange={(event) => setOwnEnd(event.currentTarget.value)}
        />
      )}
      <TextInput
        label="Reason"
        required
        data-autofocus
        data-testid="silence-reason"
        maxLength={LONGEST_NOTE}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button onClick={onClose}>Not now</Button>
        <Button variant="filled" type="submit" disabled={!ready} loading={asked} data-testid="confirm-silence">
          Hold back
        </Button>
      </div>
    </form>
  );
}
