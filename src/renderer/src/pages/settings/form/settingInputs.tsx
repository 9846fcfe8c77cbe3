// Fields of a settings form, and the line below them that saves.
import { Button, Checkbox, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SettingField } from './settingField';
import type { SettingsForm } from './useSettingsForm';
import { t } from '../../../texts/texts';
import classes from '../settings.module.css';

interface InputProps {
  readonly form: SettingsForm;
  readonly field: SettingField;
  /** In a table the column says what it is. */
  readonly bare?: boolean;
}

export function SettingInput({ form, field, bare = false }: InputProps): ReactNode {
  const shared = { 'data-testid': `setting-${field.path}`, error: form.error(field) };
  const named = bare ? { 'aria-label': field.label() } : { label: field.label() };
  if (field.kind === 'flag')
    return (
      <Checkbox
        {...shared}
        {...named}
        {...(!bare && { description: field.hint?.() })}
        checked={form.text(field) === 'true'}
        onChange={(event) => form.write(field, String(event.currentTarget.checked))}
      />
    );
  return (
    <TextInput
      {...shared}
      {...named}
      {...(!bare && { description: field.hint?.() })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={
        field.kind === 'days' ? t('settings.forEver') : field.kind === 'optional_count' ? t('settings.ofThePlan') : ''
      }
      autoComplete="off"
      value={form.text(field)}
      onChange={(event) => form.write(field, event.currentTarget.value)}
    />
  );
}

export function SettingInputs({
  form,
  fields,
}: {
  readonly form: SettingsForm;
  readonly fields: readonly SettingField[];
}): ReactNode {
  return (
    <div className={classes.fields}>
      {fields.map((field) => (
        <SettingInput key={field.path} form={form} field={field} />
      ))}
    </div>
  );
}

interface SaveBarProps {
  readonly form: SettingsForm;
  /** Tells the buttons of several forms apart. */
  readonly name: string;
  /** What saving does besides; said before it is done. */
  readonly note?: string;
  /** Asked in place of saving at once. */
  readonly onSave?: () => void;
}

export function SaveBar({ form, name, note, onSave }: SaveBarProps): ReactNode {
  const { isChanged, isBusy, values, refusal } = form;
  return (
    <div className={classes.saveBar}>
      <p
        className={classes.saveNote}
        data-refused={refusal !== null || undefined}
        role={refusal === null ? undefined : 'alert'}
      >
        {refusal ?? (isChanged ? note : null)}
      </p>
      <Button disabled={!isChanged || isBusy} onClick={form.reset}>
        {t('settings.undo')}
      </Button>
      <Button
        variant="filled"
        data-testid={`save-${name}`}
        disabled={!isChanged || values === null}
        loading={isBusy}
        onClick={onSave ?? (() => void form.save())}
      >
        {t('common.save')}
      </Button>
    </div>
  );
}
