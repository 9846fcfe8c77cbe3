// The fields of a channel: what kind, under which name, where to, and what it is for.
import { Checkbox, NativeSelect, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { AppError } from '../../../../../shared/contract/envelope';
import { SEVERITIES } from '../../../../../shared/domain/alerts';
import { REMOTE_CHANNEL_KINDS } from '../../../../../shared/domain/delivery';
import { errorAt } from '../../../components/fieldError';
import { SEVERITY_LOOKS } from '../../../components/status/statusMark';
import { type ChannelForm, KIND_WORDS } from './channelForm';
import classes from './channels.module.css';

interface ChannelFieldsProps {
  readonly form: ChannelForm;
  /** Where the address that is kept leads; null when none is. */
  readonly host: string | null;
  readonly refusal: AppError | null;
  readonly onChange: (form: ChannelForm) => void;
}

export function ChannelFields({ form, host, refusal, onChange }: ChannelFieldsProps): ReactNode {
  const change = (part: Partial<ChannelForm>): void => onChange({ ...form, ...part });
  return (
    <>
      {form.kind !== 'desktop' && <RemoteFields {...{ form, host, refusal, change }} kind={form.kind} />}
      <NativeSelect
        label="Told of"
        data-testid="channel-severity"
        value={form.minSeverity}
        onChange={({ currentTarget: { value } }) =>
          change({ minSeverity: SEVERITIES.find((one) => one === value) ?? form.minSeverity })
        }
        data={SEVERITIES.map((value) => ({
          value,
          label: value === 'critical' ? 'Critical only' : `${SEVERITY_LOOKS[value].word} and worse`,
        }))}
      />
      <Checkbox
        label="Send notices here"
        data-testid="channel-enabled"
        checked={form.enabled}
        onChange={(event) => change({ enabled: event.currentTarget.checked })}
      />
    </>
  );
}

interface RemoteFieldsProps extends Omit<ChannelFieldsProps, 'onChange'> {
  readonly kind: keyof typeof KIND_WORDS;
  readonly change: (part: Partial<ChannelForm>) => void;
}

function RemoteFields({ form, kind, host, refusal, change }: RemoteFieldsProps): ReactNode {
  const kindLabel = useId();
  const words = KIND_WORDS[kind];
  const kept = form.id !== null;
  return (
    <>
      {!kept && (
        <div>
          <p id={kindLabel} className={classes.label}>
            Kind
          </p>
          <SegmentedControl
            fullWidth
            aria-labelledby={kindLabel}
            data-testid="channel-kind"
            value={kind}
            onChange={(value) => change({ kind: REMOTE_CHANNEL_KINDS.find((one) => one === value) ?? kind })}
            data={REMOTE_CHANNEL_KINDS.map((value) => ({ value, label: KIND_WORDS[value].title }))}
          />
        </div>
      )}
      <TextInput
        label="Name"
        description="As it is called in the log of deliveries."
        data-testid="channel-title"
        data-autofocus
        error={errorAt(refusal, 'title')}
        value={form.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <TextInput
        label={kept ? 'Another address' : 'Address'}
        description={kept ? `Empty keeps the one that leads to ${host ?? 'its host'}.` : words.hint}
        placeholder={words.example}
        data-testid="channel-url"
        autoComplete="off"
        spellCheck={false}
        error={errorAt(refusal, 'address.url')}
        value={form.url}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
      {kind !== 'slack' && (
        <PasswordInput
          label={kept ? 'Token for that address' : 'Token'}
          description="Only if the receiver wants one; sent as a bearer token."
          size="xs"
          data-testid="channel-token"
          autoComplete="off"
          spellCheck={false}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the token' }}
          error={errorAt(refusal, 'address.token')}
          value={form.token}
          onChange={(event) => change({ token: event.currentTarget.value })}
        />
      )}
      <p className={classes.hint}>
        Addresses and tokens are secrets: they are kept in the keychain of this system where there is one, never in a
        settings file or a log. Of an address only the host is shown.
      </p>
    </>
  );
}
