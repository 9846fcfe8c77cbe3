// The fields of a channel: what kind, under which name, where to, and what it is for.
import { Checkbox, NativeSelect, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { AppError } from '../../../../../shared/contract/envelope';
import { SEVERITIES } from '../../../../../shared/domain/alerts';
import { REMOTE_CHANNEL_KINDS } from '../../../../../shared/domain/delivery';
import { errorAt } from '../../../components/fieldError';
import { SEVERITY_LOOKS } from '../../../components/status/statusMark';
import { type ChannelForm, KIND_WORDS } from './channelForm';
import { t } from '../../../texts/texts';
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
        label={t('alerts.toldOf')}
        data-testid="channel-severity"
        value={form.minSeverity}
        onChange={({ currentTarget: { value } }) =>
          change({ minSeverity: SEVERITIES.find((one) => one === value) ?? form.minSeverity })
        }
        data={SEVERITIES.map((value) => ({
          value,
          label:
            value === 'critical'
              ? t('alerts.criticalOnly')
              : t('alerts.andWorse', { word: t(SEVERITY_LOOKS[value].wordKey) }),
        }))}
      />
      <Checkbox
        label={t('alerts.sendHere')}
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
            {t('alerts.kind')}
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
        label={t('alerts.name')}
        description={t('alerts.nameHint')}
        data-testid="channel-title"
        data-autofocus
        error={errorAt(refusal, 'title')}
        value={form.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <TextInput
        label={kept ? t('alerts.anotherAddress') : t('alerts.address')}
        description={kept ? t('alerts.emptyKeepsAddress', { host: host ?? t('alerts.itsHost') }) : t(words.hintKey)}
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
          label={kept ? t('alerts.tokenFor') : t('alerts.token')}
          description={t('alerts.tokenHint')}
          size="xs"
          data-testid="channel-token"
          autoComplete="off"
          spellCheck={false}
          visibilityToggleButtonProps={{ 'aria-label': t('alerts.showToken') }}
          error={errorAt(refusal, 'address.token')}
          value={form.token}
          onChange={(event) => change({ token: event.currentTarget.value })}
        />
      )}
      <p className={classes.hint}>{t('alerts.secretsHint')}</p>
    </>
  );
}
