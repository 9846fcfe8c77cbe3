// A form over some entries of the settings: what was written and not saved yet, what is wrong with it, and saving it in one order.
import { useState } from 'react';
import type { AppError } from '../../../../../shared/contract/envelope';
import type { Settings } from '../../../../../shared/domain/settings';
import { errorAt, errorBeside } from '../../../components/fieldError';
import { submitOrder } from '../../../components/orders';
import { changeOf, readField, type SettingField, valueAt, writeField } from './settingField';
import { t } from '../../../texts/texts';

export interface SettingsForm {
  readonly text: (field: SettingField) => string;
  readonly write: (field: SettingField, text: string) => void;
  /** What to say at the field; null when there is nothing wrong. */
  readonly error: (field: SettingField) => string | null;
  /** What to say beside the form; null when there is nothing. */
  readonly refusal: string | null;
  readonly isChanged: boolean;
  readonly isBusy: boolean;
  /** The values that were written, by path; null while one of them cannot be read. */
  readonly values: ReadonlyMap<string, unknown> | null;
  readonly save: () => Promise<void>;
  readonly reset: () => void;
}

interface FormOptions {
  readonly fields: readonly SettingField[];
  readonly saved: Settings;
  readonly onSaved: () => void;
}

export function useSettingsForm({ fields, saved, onSaved }: FormOptions): SettingsForm {
  const [edits, setEdits] = useState<ReadonlyMap<string, string>>(new Map());
  const [refused, setRefused] = useState<AppError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const stored = ({ kind, path }: SettingField): string => writeField(kind, valueAt(saved, path));
  const read = fields.flatMap((field) => {
    const text = edits.get(field.path);
    if (text === undefined) return [];
    const outcome = readField(field.kind, text);
    // "60 s" and "1 min" are the same setting.
    return 'value' in outcome && writeField(field.kind, outcome.value) === stored(field) ? [] : [{ field, outcome }];
  });
  const values = new Map(
    read.flatMap(({ field, outcome }) => ('value' in outcome ? [[field.path, outcome.value]] : [])),
  );

  return {
    text: (field) => edits.get(field.path) ?? stored(field),
    write(field, text) {
      setEdits(new Map([...edits, [field.path, text]]));
      if (refused?.field === field.path) setRefused(null);
    },
    error(field) {
      const outcome = read.find((each) => each.field.path === field.path)?.outcome;
      return outcome && 'problem' in outcome ? outcome.problem : errorAt(refused, field.path);
    },
    refusal: errorBeside(
      refused,
      fields.map(({ path }) => path),
    ),
    isChanged: read.length > 0,
    isBusy,
    values: values.size === read.length ? values : null,
    async save() {
      setBusy(true);
      const refusal = await submitOrder({
        name: 'settings.change',
        args: { change: changeOf(values) },
        accepted: () => t('settings.saved'),
      });
      setBusy(false);
      setRefused(refusal);
      // What was written stays: it equals what is saved as soon as that is read again.
      if (refusal === null) onSaved();
    },
    reset() {
      setEdits(new Map());
      setRefused(null);
    },
  };
}
