// How long rows are kept, beside what that costs. Keeping less deletes, so it is asked about.
import { type ReactNode, useState } from 'react';
import type { SavedSettings } from '../../../../../shared/contract/settings';
import { ConfirmDialog } from '../../../components/confirmDialog';
import { Panel } from '../../../components/panel';
import { RetentionPanel } from '../../database/retentionPanel';
import { type SettingField, valueAt } from '../form/settingField';
import { SaveBar, SettingInputs } from '../form/settingInputs';
import { type SettingsForm, useSettingsForm } from '../form/useSettingsForm';
import { t } from '../../../texts/texts';
import classes from '../settings.module.css';

export const KEEPING_FIELDS: readonly SettingField[] = [
  {
    path: 'retention.candlesDays.minute',
    label: () => t('settings.field.minuteCandles'),
    kind: 'days',
    hint: () => t('settings.field.minuteCandlesHint'),
  },
  { path: 'retention.candlesDays.hour', label: () => t('settings.field.hourCandles'), kind: 'days' },
  { path: 'retention.candlesDays.day', label: () => t('settings.field.dayCandles'), kind: 'days' },
  { path: 'retention.tradesDays', label: () => t('settings.field.trades'), kind: 'days' },
  {
    path: 'retention.poolHistoryDays',
    label: () => t('settings.field.poolHistory'),
    kind: 'days',
    hint: () => t('settings.field.poolHistoryHint'),
  },
  { path: 'retention.runsDays', label: () => t('settings.field.runs'), kind: 'days' },
  { path: 'retention.samplesDays', label: () => t('settings.field.samples'), kind: 'days' },
];

interface KeepingSectionProps {
  readonly settings: SavedSettings;
  readonly onSaved: () => void;
}

export function KeepingSection({ settings, onSaved }: KeepingSectionProps): ReactNode {
  const form = useSettingsForm({ fields: KEEPING_FIELDS, saved: settings.saved, onSaved });
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Panel title={t('settings.keptFor')} aside={t('settings.keptForAside')} testId="panel-keeping">
        <div className={classes.body}>
          <SettingInputs form={form} fields={KEEPING_FIELDS} />
          <SaveBar form={form} name="keeping" {...(keepsLess(form, settings) && { onSave: () => setAsking(true) })} />
          <ConfirmDialog
            opened={asking}
            title={t('settings.keepLess')}
            confirm={t('common.save')}
            onClose={() => setAsking(false)}
            onConfirm={() => void form.save()}
          >
            <p>{t('settings.keepLessHint')}</p>
          </ConfirmDialog>
        </div>
      </Panel>
      {/* What is saved now is shown at once. */}
      <RetentionPanel key={JSON.stringify(settings.saved.retention)} />
    </>
  );
}

/** Null is for ever. */
function keepsLess({ values }: SettingsForm, { saved }: SavedSettings): boolean {
  const days = (value: unknown): number => (typeof value === 'number' ? value : Infinity);
  return [...(values ?? [])].some(([path, value]) => days(value) < days(valueAt(saved, path)));
}
